"""Organs and review dimensions: as parameters name them, as forms store them and as people read them."""

from __future__ import annotations

from .text import Text

ORGANS = {
    "data_centre": Text("县大数据中心", "the Big Data Centre"),
    "drb": Text("县发改局", "the Development and Reform Bureau"),
    "finance": Text("县财政局", "the Finance Bureau"),
}
"""Organs that sign reviews and joint examinations, by the key that parameters use."""

DIMENSIONS = {
    "investment_budget": Text("投资预算", "investment budget"),
    "resource_integration": Text("资源整合", "resource integration"),
    "departmental_coordination": Text("部门协同", "departmental coordination"),
    "data_sharing": Text("数据共享", "data sharing"),
    "security_level": Text("安全等级", "security level"),
    "efficiency_comparison": Text("效能比对", "efficiency comparison"),
}
"""Dimensions of the preliminary review, by the key that parameters use."""


def option_key(name: str) -> str:
    """A form's option as parameters key it: ``Data Centre`` → ``data_centre``."""
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def dimension_text(name: str) -> Text:
    """A dimension as people read it; one that an administrator added has its own words."""
    return DIMENSIONS.get(option_key(name), Text(name, name))


def organ_text(name: str) -> Text:
    """An organ as people read it; one that an administrator added has its own words."""
    return ORGANS.get(option_key(name), Text(name, name))
