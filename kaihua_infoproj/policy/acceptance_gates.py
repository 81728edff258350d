"""The seven gates before an application for acceptance, and the order of its dates [art. 13]."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from .acceptance_facts import AcceptanceFacts
from .finding import Finding, found
from .milestones import (
    APPLICATION,
    DATA_COLLECTED,
    TRIAL_START,
    ZONE_CONNECTED,
    contradictions,
    order_before_trial,
    trial_counted_from,
    trial_period,
)
from .parameter import ResolvedSet
from .text import Text

_GATE_TEXTS = {
    "all built": Text("建设内容全部完成", "all built"),
    "data dictionary handed in": Text("数据字典已提交", "data dictionary handed in"),
    "preliminary acceptance": Text("初验通过", "preliminary acceptance"),
    "trial period over": Text("试运行期满", "trial period over"),
    "stable and normal": Text("系统运行稳定正常", "stable and normal"),
    "connected to the data zone": Text("已接入开化数据专区", "connected to the Kaihua data zone"),
    "trial data collected": Text("试运行数据已归集", "trial data collected"),
}
_OF_DATA = ("connected to the data zone", "trial data collected")


def check_gates(facts: AcceptanceFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Whether each gate is met on the day of the application, has its evidence, and was confirmed by someone."""
    rows = {row.gate: row for row in facts.gates}
    for gate in rules.texts("acceptance_gates"):
        if facts.no_data and gate in _OF_DATA:
            yield found("art13.no_data", {"gate": _GATE_TEXTS[gate]}, field="gates")
            continue
        row = rows.get(gate)
        unmet = _unmet(gate, facts, rules)
        if unmet is None and row is not None and row.state != "met":
            unmet = found("art13.gate_not_met", {"gate": _GATE_TEXTS[gate]}, field="gates")
        if unmet is not None:
            yield unmet
        elif row is None or not row.evidence:
            yield found("art13.gate_evidence", {"gate": _GATE_TEXTS[gate]}, field="gates")
        elif not row.confirmed_by or row.confirmed_at is None:
            yield found("form.acceptance.gate_confirmed", {"gate": _GATE_TEXTS[gate]}, field="gates")
    yield from _collections(facts)


def _unmet(gate: str, facts: AcceptanceFacts, rules: ResolvedSet) -> Finding | None:
    """What the dates say of a gate, whatever its row says."""
    if gate == "trial period over":
        return _trial(facts, rules)
    if gate == "preliminary acceptance" and facts.preliminary_result != "pass":
        return found("art13.gate.preliminary_acceptance", field="preliminary_result")
    if gate == "stable and normal":
        return (
            None
            if facts.stable_and_normal is not False
            else found("art13.gate.stable_and_normal", field="stable_and_normal")
        )
    days: dict[str, tuple[date | None, str]] = {
        "all built": (facts.all_built_on, "all_built_on"),
        "data dictionary handed in": (facts.data_dictionary_received_on, "data_dictionary_received_on"),
        "preliminary acceptance": (facts.preliminary_accepted_on, "preliminary_accepted_on"),
        "connected to the data zone": (facts.zone_connected_on, "zone_connected_on"),
        "trial data collected": (facts.trial_data_collected_on, "trial_data_collected_on"),
    }
    day, field = days[gate]
    return None if day is not None else found(f"art13.gate.{gate.replace(' ', '_')}", field=field)


def _trial(facts: AcceptanceFacts, rules: ResolvedSet) -> Finding | None:
    if facts.trial_start is None:
        return found("art13.gate.no_trial", field="trial_start")
    over = trial_period(facts.trial_start, facts.suspensions, rules)
    if over is None:
        return found("art13.gate.trial_suspended", field="trial_start")
    if facts.day >= over.opens_on:
        return None
    return found(
        "art13.gate.trial_not_over",
        {
            "trial_start": trial_counted_from(facts.trial_start, facts.suspensions),
            "day": facts.day,
            "last_day": over.last_day,
            "opens_on": over.opens_on,
        },
        uses=[rules.use("trial_months")],
        comparison=f"{facts.day} < {over.opens_on}",
        field="trial_start",
    )


def _collections(facts: AcceptanceFacts) -> Iterator[Finding]:
    for number, row in enumerate(facts.collections, 1):
        if row.rows_collected == 0 and not row.reason:
            yield found("art13.collection_row", {"dataset": row.dataset}, field=f"collections[{number}]")


def check_order(facts: AcceptanceFacts) -> Iterator[Finding]:
    """Dates that contradict the order: built, dictionary, preliminary acceptance, trial; trial, then zone and
    collection; all of them before the application."""
    yield from order_before_trial(
        facts.all_built_on, facts.data_dictionary_received_on, facts.preliminary_accepted_on, facts.trial_start
    )
    trial = (TRIAL_START, facts.trial_start)
    zone, collected = (ZONE_CONNECTED, facts.zone_connected_on), (DATA_COLLECTED, facts.trial_data_collected_on)
    applied = (APPLICATION, facts.day)
    yield from contradictions("art13.order", [(trial, zone), (trial, collected), (zone, applied), (collected, applied)])
