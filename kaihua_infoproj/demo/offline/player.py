"""Playing scenarios: every act through flow, policy and after-effects, and what came of it.

Nothing else decides: a state changes only by ``flow.step``, findings come only from ``policy.procedures.ask``, and what
follows is named by ``flow.effects``. A refused act leaves the world as it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from ...flow.definition import shipped, shipped_doctypes
from ...flow.document import FlowDocument, SealedPaper
from ...flow.effects import CHANGE
from ...flow.person import Person
from ...flow.refusal import Refused
from ...flow.roles import organ_of
from ...flow.step import step
from ...policy.calendar import day_of
from ...policy.change_route import route_change
from ...policy.errors import InputError
from ...policy.finding import Finding, blocking
from ...policy.implementation import check_contracts
from ...policy.procedures import ask
from ...policy.scope import ClassifiedStubFacts, check_classified_stub
from ...policy.text import Text
from .after_effects import after, refresh_stage
from .editing import check_editing, check_fields, check_making
from .entering import enter
from .expectation import NO_TEXT, unmet
from .facts import facts_of, rules_day
from .facts_declaration import extended
from .facts_delivery import ORDER, implementation_facts
from .holders import Holder, holder_of
from .ledgers import SITE, chain_of, decision_row, site_row
from .making import CLASSIFIED, competent_of, make
from .registers import drawn, record_master
from .scenario import CREATE, DECIDE, DRAW, EDIT, MASTER, Act, Scenario, load
from .world import Record, World, Writing

PAPER_FIELDS = ("entered_from_paper", "signed_paper", "paper")
"""What says that a decision is entered from a sealed paper; not fields of the document."""


UNREADABLE = "input"
"""Code of an act whose data cannot be read."""


@dataclass(frozen=True)
class PlayedAct:
    """One act and what came of it.

    Attributes:
        number: 1-based. article: of the action taken; empty for what no article speaks of. project: key, or empty.
        state_before, state: of the document. complete: whether the action took effect (signatures complete).
        findings: what the rules said. refused: code of the refusal or of the first finding that forbids it, or empty.
        problem: what could not be read, or an expectation that was not met; empty if all is as expected.
        papers: papers issued. holder: who has the project's next step. touched: projects whose documents it changed.
        stages: (project, stage) of those that came into another stage.
    """

    number: int
    act: Act
    person: Person
    project: str = ""
    doctype: str = ""
    article: str = ""
    role: str = ""
    state_before: str = ""
    state: str = ""
    complete: bool = True
    findings: tuple[Finding, ...] = ()
    refused: str = ""
    refusal: Finding | None = None
    route: str = ""
    papers: tuple[str, ...] = ()
    holder: Holder | None = None
    touched: tuple[str, ...] = ()
    stages: tuple[tuple[str, str], ...] = ()
    problem: Text = NO_TEXT

    @property
    def ok(self) -> bool:
        """Whether it went as the scenario expects."""
        return not self.problem.zh


@dataclass(frozen=True)
class Played:
    """A whole play.

    Attributes:
        acts: in order of time. world: documents, projects and ledgers at the end. failed: acts that did not go as
            expected.
    """

    scenario: Scenario
    acts: tuple[PlayedAct, ...]
    world: World

    @property
    def failed(self) -> tuple[PlayedAct, ...]:
        """Acts that did not go as expected."""
        return tuple(act for act in self.acts if not act.ok)

    @property
    def ok(self) -> bool:
        """Whether every act went as expected."""
        return not self.failed

    @property
    def ledgers(self) -> Mapping[str, list[str]]:
        """Chain → its canonical lines."""
        return self.world.chains


def play(source: Scenario | Iterable[str | Path] | str | Path) -> Played:
    """Play scenarios to their end.

    Args:
        source: a scenario that was read, or paths of scenario files or folders.

    Raises:
        InputError: a scenario cannot be read.
    """
    scenario = source if isinstance(source, Scenario) else load(source)
    world = World(scenario.cast)
    return Played(scenario, tuple(steps(scenario, world)), world)


def steps(scenario: Scenario, world: World | None = None) -> Iterator[PlayedAct]:
    """Play act by act, so that progress can be shown; ``world`` is filled as it goes on."""
    world = World(scenario.cast) if world is None else world
    for number, act in enumerate(scenario.acts, 1):
        yield play_act(world, act, number)


def play_act(world: World, act: Act, number: int) -> PlayedAct:
    """Play one act on the world: all of it, or nothing where it is refused."""
    person = world.cast.people[act.by]
    before = world.records.get(act.doc)
    played = PlayedAct(
        number,
        act,
        person,
        before.project if before else "",
        before.doc.doctype if before else act.doctype,
        state_before=before.doc.state if before else "",
        state=before.doc.state if before else "",
    )
    writing = Writing(world)
    try:
        played = _DOING[act.do](writing, played)
        if not played.refused:
            played = replace(played, touched=touched(writing), stages=stages(writing))
            writing.commit()
    except Refused as refused:
        played = replace(played, refused=refused.code, refusal=refused.finding)
    except InputError as error:
        expected = act.expect.refused == UNREADABLE
        unread = NO_TEXT if expected else Text(error.message("zh"), error.message("en"))
        return replace(played, refused=UNREADABLE, problem=unread)
    after_act = world.records.get(act.doc)
    if not played.refused and after_act is not None:
        played = replace(played, project=after_act.project, state=after_act.doc.state, papers=tuple(writing.papers))
    played = replace(played, holder=holder_of(world, played.project, after_act))
    return replace(played, problem=_unmet(played))


def _unmet(played: PlayedAct) -> Text:
    return unmet(played.act, played.findings, played.refused, played.refusal, played.route, played.state)


def touched(writing: Writing) -> tuple[str, ...]:
    """The projects of which an act writes documents."""
    records = (record.project for record in writing.changed["records"].values() if record is not None)
    return tuple(dict.fromkeys(key for key in records if key))


def stages(writing: Writing) -> tuple[tuple[str, str], ...]:
    """The projects that an act brings into another stage, with the stage."""
    before = writing.world.projects
    return tuple(
        (key, project.stage)
        for key, project in writing.changed["projects"].items()
        if project.stage != (before[key].stage if key in before else "")
    )


# --- the five things people do --------------------------------------------------------------------


def _create(writing: Writing, played: PlayedAct) -> PlayedAct:
    act, person = played.act, played.person
    record = make(writing, act, person)
    check_making(record.doc, person)
    if act.doctype in shipped_doctypes():
        check_fields(record.doc, person, act.data, {organ_of(role) for role in person.roles})
    findings = _creation_findings(writing, record, act.at)
    if blocking(findings):
        return replace(played, findings=findings, refused=blocking(findings)[0].code)
    writing.put_record(record)
    refresh_stage(writing, record.project)
    return replace(played, findings=findings, doctype=act.doctype)


def _creation_findings(writing: Writing, record: Record, at: datetime) -> tuple[Finding, ...]:
    """What binds when a document is made: a classified project's stub, and a contract that is to be concluded."""
    if record.doc.doctype == CLASSIFIED:
        return check_classified_stub(ClassifiedStubFacts(record.fields), writing.rules(day_of(at)))
    if record.doc.doctype != ORDER:
        return ()
    trial = Writing(writing.world)
    trial.put_record(record)
    works = trial.of_project(record.project, "IT Project Implementation")
    if not works:
        return ()
    return check_contracts(implementation_facts(trial, works[-1], at), trial.rules(day_of(at)))


def _edit(writing: Writing, played: PlayedAct) -> PlayedAct:
    act = played.act
    record = _known(writing, act)
    check_editing(record.doc, played.person, act.data)
    fields = enter(record.doc.doctype, record.fields, act.data)
    writing.put_doc(replace(record.doc, fields=fields, title=str(fields.get("project_name") or record.doc.title)))
    return played


def _known(writing: Writing, act: Act) -> Record:
    record = writing.record(act.doc)
    if record is None:
        raise InputError(
            f"没有“{act.doc}”这份文档。", f"There is no document “{act.doc}”.", file=act.file, line=act.line
        )
    return record


def _decide(writing: Writing, played: PlayedAct) -> PlayedAct:
    """Type what comes with the decision, ask the flow, ask the rules, write, carry out what follows."""
    act, person = played.act, played.person
    record = _known(writing, act)
    definition = shipped(record.doc.doctype)
    typed = {name: value for name, value in act.data.items() if name not in PAPER_FIELDS}
    record = replace(record, doc=replace(record.doc, fields=enter(record.doc.doctype, record.fields, typed)))
    done = step(
        definition,
        record.doc,
        person,
        act.action,
        at=act.at,
        opinion=act.opinion,
        on_behalf_of=act.on_behalf_of,
        from_paper=_paper(act),
        substitutions=writing.substitutions(),
        people=writing.people(),
    )
    check_fields(record.doc, person, typed, {organ_of(done.role)})
    if act.action == "Extend Correction":
        record = extended(record, person.name)
        done = replace(done, document=replace(done.document, fields=record.fields))
    writing.put("records", record.key, record)
    rules = writing.rules(rules_day(writing, record, act.at))
    facts = facts_of(writing, record, act.at, act.opinion)
    findings = ask(record.doc.doctype, act.action, facts, rules)
    route = route_change(facts, rules).route if record.doc.doctype == CHANGE else ""
    played = replace(
        played, article=done.transition.article, role=done.role, findings=findings, complete=done.complete, route=route
    )
    if blocking(findings):
        return replace(played, refused=blocking(findings)[0].code)
    written = writing.put_doc(done.document)
    log_at = len(writing.rows)
    after(writing, written, done, act.at)
    final = writing.record(record.key)
    assert final is not None
    writing.rows.insert(
        log_at, (chain_of(final), decision_row(final, done, act.at, findings, rules=rules.digest, route=route))
    )
    return played


def _paper(act: Act) -> SealedPaper | None:
    if not act.data.get("entered_from_paper"):
        return None
    return SealedPaper(str(act.data.get("paper") or ""), str(act.data.get("signed_paper") or ""))


def _master(writing: Writing, played: PlayedAct) -> PlayedAct:
    act, person = played.act, played.person
    unit = str(act.data.get("unit") or person.department)
    check_making(FlowDocument(act.doctype, act.doc, "", {}, unit, competent_of(writing, unit)), person)
    record_master(writing, act)
    writing.log(SITE, site_row(act.at, act.doctype, act.doc, "record", person.user, person.name, plain(act.data)))
    return replace(played, doctype=act.doctype)


def _draw(writing: Writing, played: PlayedAct) -> PlayedAct:
    act, person = played.act, played.person
    record = make(writing, act, person)
    check_making(record.doc, person)
    record, result = drawn(writing, record, act.at)
    writing.put_record(record)
    writing.log(
        SITE,
        site_row(
            act.at,
            act.doctype,
            act.doc,
            "draw",
            person.user,
            person.name,
            {
                "purpose": str(record.get("purpose")),
                "algorithm": result.algorithm,
                "seed": result.seed,
                "number": result.number,
                "pool": [{"id": e.id, "excluded": e.excluded} for e in result.pool],
                "result": list(result.result),
                "replacements": list(result.replacements),
            },
        ),
    )
    return replace(played, doctype=act.doctype)


def plain(value: Any) -> Any:
    """Typed data as the ledger holds it: texts, whole numbers, flags, lists and mappings."""
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value if value is None or isinstance(value, (bool, int)) else str(value)


_DOING = {CREATE: _create, EDIT: _edit, DECIDE: _decide, MASTER: _master, DRAW: _draw}

__all__ = ["CLASSIFIED", "Played", "PlayedAct", "play", "play_act", "steps", "unmet"]
