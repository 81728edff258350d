"""What a role is bound to, and which organ it speaks for."""

from __future__ import annotations

from enum import Enum

from ..policy.text import Text

APPLICANT = "IT Project Applicant"
UNIT_HEAD = "IT Project Unit Head"
COMPETENT_REVIEWER = "IT Project Competent Reviewer"
CENTRE_OFFICER = "IT Project Data Centre Officer"
CENTRE_HEAD = "IT Project Data Centre Head"
DRB_OFFICER = "IT Project DRB Officer"
FINANCE_OFFICER = "IT Project Finance Officer"
MAGISTRATE = "IT Project Magistrate"
COUNTY_OFFICE = "IT Project County Office"
EXPERT = "IT Project Expert"
SECRECY_OFFICER = "IT Project Secrecy Officer"
POLICY_ADMINISTRATOR = "IT Project Policy Administrator"
AUDITOR = "IT Project Auditor"


class Scope(str, Enum):
    """Which documents a role may act on: of his unit, of the units below his competent department, of the whole
    county, those he was drawn for, or none."""

    UNIT = "unit"
    COMPETENT = "competent department"
    COUNTY = "county"
    ASSIGNED = "assigned"
    NONE = "none"


ORGANS = {
    "unit": Text("申报（建设）单位", "the applicant unit"),
    "competent_department": Text("主管部门", "the competent department"),
    "data_centre": Text("县大数据中心", "the Data Centre"),
    "drb": Text("县发改局", "the DRB"),
    "finance": Text("县财政局", "the Finance Bureau"),
    "magistrate": Text("分管副县长", "the deputy magistrate"),
    "county_government": Text("县政府", "the county government"),
    "expert": Text("评审专家", "the experts"),
}
"""Organs that take part, by key. Their dated names stand in ``policy/parameters``; these are the measure's words."""

_ROLES: dict[str, tuple[Scope, str]] = {
    APPLICANT: (Scope.UNIT, "unit"),
    UNIT_HEAD: (Scope.UNIT, "unit"),
    COMPETENT_REVIEWER: (Scope.COMPETENT, "competent_department"),
    CENTRE_OFFICER: (Scope.COUNTY, "data_centre"),
    CENTRE_HEAD: (Scope.COUNTY, "data_centre"),
    DRB_OFFICER: (Scope.COUNTY, "drb"),
    FINANCE_OFFICER: (Scope.COUNTY, "finance"),
    MAGISTRATE: (Scope.COUNTY, "magistrate"),
    COUNTY_OFFICE: (Scope.COUNTY, "county_government"),
    EXPERT: (Scope.ASSIGNED, "expert"),
    SECRECY_OFFICER: (Scope.NONE, ""),
    POLICY_ADMINISTRATOR: (Scope.NONE, ""),
    AUDITOR: (Scope.NONE, ""),
}

ALL_ROLES = tuple(_ROLES)
DECIDING_ROLES = tuple(role for role, (scope, _) in _ROLES.items() if scope is not Scope.NONE)

ON_PAPER = (MAGISTRATE, COUNTY_OFFICE)
"""Roles whose decisions may be taken on paper and entered by somebody else."""

ENTERING = (COUNTY_OFFICE, CENTRE_OFFICER)
"""Roles that may enter a decision taken on paper."""


def scope_of(role: str) -> Scope:
    """The scope of a role; an unknown one acts on nothing."""
    return _ROLES.get(role, (Scope.NONE, ""))[0]


def organ_of(role: str) -> str:
    """The key of the organ that a role speaks for; empty for roles that decide nothing."""
    return _ROLES.get(role, (Scope.NONE, ""))[1]
