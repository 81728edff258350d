"""Kaihua county's measure for government IT projects, as a Frappe/ERPNext app."""

__version__ = "0.1.0"
