"""Article 3: seven kinds of project that are not established: the unit answers, the system finds, the Centre judges.

Each item has two doors: an exemption by an explicit requirement of law, state, province, city or county, and an
exception to which the county consented. Item 7 bars the declaration itself, for every nature.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .calendar import period
from .comparison import compared
from .exception_path import INSTRUCTION, RecordedException, settle
from .finding import Finding, Severity, found
from .labels import ended, item_label, label
from .parameter import ResolvedSet
from .proposal import ProposalFacts
from .proposal_paper import NegativeAnswer, SystemRow
from .text import Text

ITEMS = tuple(range(1, 8))
BAN = 7
"""The item that bars declaring."""

STAND_ALONE_APP = "stand-alone APP"
_NOT_ON_CLOUD = {"no": "art3.3.no", "not applicable": "art3.3.not_applicable"}


def check_negative_list(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """All seven items: answers, what the registers and the paper show, doors."""
    yield from check_answers(facts)
    for item in ITEMS:
        yield from check_item(item, facts, rules)


def check_answers(facts: ProposalFacts) -> Iterator[Finding]:
    """Each of the seven is answered once (an empty table is a missing field, not seven findings)."""
    rows = [row.item for row in facts.form.negative_checks]
    for item in ITEMS if rows else ():
        if item not in rows:
            yield found("art3.unanswered", {"item": item_label(item)}, field="negative_checks")
        elif rows.count(item) > 1:
            yield found(
                "art3.answered_twice", {"item": item_label(item), "times": rows.count(item)}, field="negative_checks"
            )


def check_item(item: int, facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """What one item comes to."""
    answer = facts.form.answer(item)
    if answer.exempted:
        yield from _exemption(answer, rules)
        return
    evidence = tuple(_SYSTEM_CHECKS[item](facts, rules)) if item in _SYSTEM_CHECKS else ()
    if dismissed(answer, rules):
        evidence = tuple(_as_dismissed(finding, answer) for finding in evidence)
    elif not evidence and answer.involved:
        evidence = (_involved(answer),)
    yield from settle(evidence, recorded_exception(answer, facts), rules)


def check_ban(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Item 7 alone, which is tested when the unit signs and sends."""
    yield from check_item(BAN, facts, rules)


def foretell(facts: ProposalFacts, rules: ResolvedSet, *items: int) -> Iterator[Finding]:
    """What some items come to, as notes: whether they hold is judged later, in the preliminary review or at sending."""
    for item in items:
        for finding in check_item(item, facts, rules):
            yield replace(finding, severity=Severity.NOTE)


def check_centre_decisions(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """The Data Centre has decided on every item, with a note where it judges otherwise than answer or system."""
    for item in ITEMS:
        answer = facts.form.answer(item)
        if not answer.centre_decision:
            yield found("art3.centre_undecided", {"item": item_label(item)}, field="negative_checks")
        elif not answer.centre_note and _against_somebody(answer, facts, rules):
            yield found("art3.centre_note", {"item": item_label(item)}, field="negative_checks")


def _against_somebody(answer: NegativeAnswer, facts: ProposalFacts, rules: ResolvedSet) -> bool:
    if answer.overridden:
        return True
    return dismissed(answer, rules) and any(True for _ in _SYSTEM_CHECKS[answer.item](facts, rules))


def dismissed(answer: NegativeAnswer, rules: ResolvedSet) -> bool:
    """Whether the Centre has judged that what the system found does not make the item apply."""
    return (
        str(answer.item) in rules.texts("centre_dismissible_items")
        and bool(answer.centre_decision)
        and not answer.involved
    )


def _as_dismissed(finding: Finding, answer: NegativeAnswer) -> Finding:
    said = found("art3.dismissed", {"note": ended(answer.centre_note)}).said
    return replace(finding, severity=Severity.NOTE, way_out=said)


def _involved(answer: NegativeAnswer) -> Finding:
    code = f"art3.{answer.item}"
    if answer.overridden:
        return found(
            code,
            {"item": item_label(answer.item), "note": ended(answer.centre_note)},
            sentence=f"{code}.centre",
            field="negative_checks",
        )
    return found(code, {"explanation": ended(answer.explanation)}, field="negative_checks")


# --- the two doors ---------------------------------------------------------------------------------------------------


def _exemption(answer: NegativeAnswer, rules: ResolvedSet) -> Iterator[Finding]:
    item = item_label(answer.item)
    missing = tuple(_missing_of_exemption(answer))
    if missing:
        yield found("art3.exemption_incomplete", {"item": item, "missing": missing}, field="negative_checks")
        return
    levels = rules.use("exemption_levels")
    if answer.exemption_level not in rules.texts("exemption_levels"):
        yield found(
            "art3.exemption_level",
            {"item": item, "level": label("exemption_level", answer.exemption_level)},
            uses=[levels],
            field="negative_checks",
        )
        return
    yield found(
        "art3.exempted",
        {
            "item": item,
            "level": label("exemption_level", answer.exemption_level),
            "document": answer.document_title,
            "accepted": found(
                "form.exemption_accepted" if answer.centre_decision else "form.exemption_open", {"by": answer.centre_by}
            ).said,
        },
        field="negative_checks",
    )


def _missing_of_exemption(answer: NegativeAnswer) -> Iterator[Text]:
    if not answer.exemption_level:
        yield Text("依据层级", "the level")
    if not answer.document_title:
        yield Text("依据文件名称", "the document")
    if not answer.document_number and answer.document_kind != INSTRUCTION:
        yield Text("文号", "its number")
    if not answer.file:
        yield Text("依据文件附件", "the document file")


def recorded_exception(answer: NegativeAnswer, facts: ProposalFacts) -> RecordedException | None:
    """The county's exception for an item: as recorded by the county's office, else as the answer states it."""
    code = f"art3.{answer.item}"
    recorded = facts.exception(code)
    if recorded is not None or answer.applies != "exception":
        return recorded
    return RecordedException(
        code,
        answer.explanation,
        answer.document_title,
        answer.document_number,
        answer.document_kind,
        answer.exemption_level,
        answer.approver,
        answer.approved_on,
    )


# --- what the system finds -------------------------------------------------------------------------------------------


def _not_on_cloud(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    form = facts.form
    if form.nature in rules.texts("cloud_required_natures") and form.deploys_on_cloud in _NOT_ON_CLOUD:
        yield found(
            "art3.3",
            {"nature": label("nature", form.nature)},
            uses=[rules.use("cloud_required_natures")],
            sentence=_NOT_ON_CLOUD[form.deploys_on_cloud],
            field="deploys_on_cloud",
        )


def _stand_alone_app(facts: ProposalFacts, _: ResolvedSet) -> Iterator[Finding]:
    if facts.form.kind == "construction" and STAND_ALONE_APP in facts.form.entry_points:
        yield found("art3.4", sentence="art3.4.app", field="entry_points")


def _data_not_shared(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    form = facts.form
    if form.nature not in rules.texts("collection_plan_natures") or form.no_data:
        return
    if not form.collection_plan or not all(row.complete for row in form.collection_plan):
        yield found("art3.5", uses=[rules.use("data_sharing_source")], sentence="art3.5.plan", field="collection_plan")


def _duplicate_or_too_soon(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    for similar in facts.register.similar_projects:
        yield found(
            "art3.6",
            {
                "project": similar.project,
                "project_name": similar.project_name,
                "passage": similar.passage,
            },
            sentence="art3.6.similar",
            field="project_name",
        )
    for row in facts.form.systems:
        if row.involvement == "upgraded" or (facts.form.nature == "upgrade" and not row.involvement):
            yield from _upgraded_too_soon(row, facts, rules)


def _upgraded_too_soon(row: SystemRow, facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    record = facts.register.system(row.system)
    last = record.last_upgraded_on if record else row.last_upgraded_on
    if last is None:
        return
    months = rules.use("upgrade_interval_months")
    opens_on = period(last, months=rules.integer("upgrade_interval_months")).opens_on
    if facts.declared_on < opens_on:
        yield found(
            "art3.6",
            {"system": row.system, "last_upgraded_on": last, "opens_on": opens_on},
            uses=[months],
            comparison=compared(facts.declared_on, "<", opens_on),
            sentence="art3.6.upgraded",
            field="systems",
        )


def _banned(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    years = rules.use("zombie_ban_years")
    length = rules.integer("zombie_ban_years")
    for listing in facts.register.zombie_listings:
        sentence = _concerned(listing.department, facts)
        ban = period(listing.listed_on, years=length)
        if sentence and listing.listed_on <= facts.declared_on <= ban.last_day:
            yield found(
                "art3.7",
                {
                    "department": listing.department,
                    "system": listing.system,
                    "listed_on": listing.listed_on,
                    "opens_on": ban.opens_on,
                },
                uses=[years],
                comparison=compared(facts.declared_on, "≤", ban.last_day),
                sentence=sentence,
                field="department",
            )


def _concerned(department: str, facts: ProposalFacts) -> str:
    form = facts.form
    if department == form.department:
        return "art3.7.applicant"
    if any(department == unit.department for unit in form.co_units):
        return "art3.7.co_unit"
    records = (facts.register.system(row.system) for row in form.systems)
    return "art3.7.owner" if any(record and record.department == department for record in records) else ""


_SYSTEM_CHECKS: dict[int, Callable[[ProposalFacts, ResolvedSet], Iterable[Finding]]] = {
    3: _not_on_cloud,
    4: _stand_alone_app,
    5: _data_not_shared,
    6: _duplicate_or_too_soon,
    BAN: _banned,
}
