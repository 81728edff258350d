"""Names of stored values as people read them: options, organs, dimensions, and the keys of parameter tables."""

from __future__ import annotations

from functools import lru_cache

from kaihua_infoproj.policy.text import Text

_TABLE_KEYS = {
    "ilf": Text("ILF", "ILF"),
    "eif": Text("EIF", "EIF"),
    "ei": Text("EI", "EI"),
    "eo": Text("EO", "EO"),
    "eq": Text("EQ", "EQ"),
    "early_budget": Text("预算阶段早期", "early budget"),
    "tender": Text("招标阶段", "tender"),
    "plan": Text("项目计划阶段", "plan"),
    "final": Text("完工阶段", "final"),
    "necessity_and_benefit": Text("必要性与效益", "necessity and benefit"),
    "technical_scheme_and_security": Text("技术方案与安全", "technical scheme and security"),
    "investment": Text("投资合理性", "investment"),
    "decision": Text("决策", "decision"),
    "process": Text("过程", "process"),
    "output": Text("产出", "output"),
    "benefit": Text("效益", "benefit"),
    "satisfaction": Text("满意度", "satisfaction"),
    "execution": Text("预算执行率", "execution"),
    "output_and_cost": Text("产出与成本", "output and cost"),
    "county_government": Text("县政府", "the county government"),
    "handed_in": Text("报送之日", "the day of handing in"),
    "decision_day": Text("办理之日", "the day of decision"),
}


@lru_cache(maxsize=1)
def _known() -> dict[str, Text]:
    from kaihua_infoproj.policy.checklists import checklist
    from kaihua_infoproj.policy.forms import option_lists
    from kaihua_infoproj.policy.organs import DIMENSIONS, ORGANS

    names: dict[str, Text] = {}
    for options in option_lists().values():
        for option in options.options:
            names.setdefault(option.value, option.label)
    archive = {item.code: item.label for edition in checklist("archive").editions for item in edition.items}
    return {**names, **archive, **_TABLE_KEYS, **ORGANS, **DIMENSIONS}


def name_of(value: str, lang: str) -> str:
    """The name of a stored value; as it is where it has none."""
    found = _known().get(value)
    return found.get(lang) if found else value
