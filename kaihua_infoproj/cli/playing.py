"""Showing a play act by act: for a person as it goes on, and as plain values for JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from kaihua_infoproj.demo.offline.holders import NOBODY
from kaihua_infoproj.demo.offline.player import Played, PlayedAct, steps
from kaihua_infoproj.demo.offline.scenario import Scenario, load
from kaihua_infoproj.demo.offline.world import World
from kaihua_infoproj.flow.terms import term
from kaihua_infoproj.policy import ledger
from kaihua_infoproj.policy.forms import option_lists
from kaihua_infoproj.policy.parameter import article_text, floor
from kaihua_infoproj.policy.text import Text, amount_text, date_text, yuan_text

from . import output
from .files import read_raw
from .settings import Settings

_DOES = {
    "create": Text("新建", "create"),
    "edit": Text("修改", "edit"),
    "master": Text("登记", "record"),
    "draw": Text("随机抽取", "draw"),
}


def read_scenarios(paths: Iterable[str | Path]) -> Scenario:
    """Scenario files or folders as one world.

    Raises:
        InputError: one is missing or cannot be read, with file, line and field.
    """
    listed = [Path(path) for path in paths]
    for path in listed:
        if not path.is_dir():
            read_raw(str(path), 1)  # says in our words that it is missing
    return load(listed)


def play(scenario: Scenario, settings: Settings, *, quiet: bool) -> Played:
    """Play to the end, telling each act unless it is to be quiet or JSON."""
    world = World(scenario.cast)
    acts: list[PlayedAct] = []
    told = not quiet and not settings.json
    label = settings.say(Text("演示办理过程", "Playing"))
    played = steps(scenario, world)
    for act in played if told else output.followed(played, label, settings, len(scenario.acts)):
        acts.append(act)
        if told:
            tell_act(act, world, settings)
    return Played(scenario, tuple(acts), world)


# --- one act --------------------------------------------------------------------------------------------------------


def tell_act(played: PlayedAct, world: World, settings: Settings) -> None:
    """When, who, what, by which article; what was found; who has it now."""
    zh = settings.lang == "zh"
    act, say = played.act, settings.say
    what = say(term(act.action)) if act.action else say(_DOES[act.do])
    role = _role(played, settings)
    article = article_text(played.article).get(settings.lang) if played.article else ""
    who = f"{played.person.name}（{role}）" if zh else f"{played.person.name} ({role})"
    cited = (f"〔{article}〕" if zh else f" [{article}]") if article else ""
    moment = f"{act.at:%Y-%m-%d %H:%M}"
    output.item(f"{moment}  ", f"{who}{'：' if zh else ': '}{what}{cited}")
    output.item("    ", _where(played, world, settings))
    if played.refusal is not None:
        output.item("    ", output.styled(say(Text(played.refusal.zh, played.refusal.en)), settings, fg="yellow"))
    for finding in played.findings:
        colour = "yellow" if finding.blocking else None
        output.item("    · ", output.styled(say(Text(finding.zh, finding.en)), settings, fg=colour))
    if act.do == "draw" and not played.refused:
        output.item("    ", say(Text("抽中：", "Drawn: ")) + ("、" if zh else ", ").join(_drawn(played, world)))
    if played.papers:
        output.item("    ", say(Text("出具文书：", "Papers: ")) + ("、" if zh else ", ").join(played.papers))
    if not played.ok:
        problem = say(Text(f"与预期不符（{act.place}）：", f"Not as expected ({act.place}): ")) + say(played.problem)
        output.item("    ", output.styled(problem, settings, fg="red", bold=True))


def _role(played: PlayedAct, settings: Settings) -> str:
    """As people call it: 县教育局经办人 for whoever acts for a unit, 县发改局审核人 for an organ's officer."""
    name = settings.say(term(played.role or min(played.person.roles, default="")))
    if settings.lang == "en":
        return f"{name}, {played.person.department}"
    for of_a_unit in ("申报（建设）单位", "主管部门"):
        if name.startswith(of_a_unit):
            return played.person.department + name.removeprefix(of_a_unit)
    return name


def _where(played: PlayedAct, world: World, settings: Settings) -> str:
    say, zh = settings.say, settings.lang == "zh"
    kind = say(term(played.doctype or played.act.doctype))
    title = _title(played, world, settings)
    text = f"{kind}“{title}”" if zh else f"{kind} “{title}”".lstrip()
    if played.refused:
        text += say(Text("：不予办理，一切照旧", ": refused, nothing changed"))
    elif played.state:
        before = say(term(played.state_before)) if played.state_before and played.state_before != played.state else ""
        text += ("：" if zh else ": ") + (f"{before} → " if before else "") + say(term(played.state))
        if not played.complete:
            text += say(Text("（已签署，还须其他部门签署）", " (signed; others have yet to sign)"))
    if played.holder is not None and played.holder.text not in ("", NOBODY):
        due = played.holder.due
        text += say(Text(f"；现由：{played.holder.text}", f"; now with: {played.holder.text}"))
        text += say(Text(f"（{date_text(due, 'zh')}前）", f" (by {due})")) if due else ""
    return text


_NAMES = ("expert_name", "system_name", "supplier_name", "name", "system", "reason", "plan_year")


def _title(played: PlayedAct, world: World, settings: Settings) -> str:
    """What a document is called: its title, its project's, or the name in what was typed; else its key."""
    act, record = played.act, world.records.get(played.act.doc)
    if record is not None:
        project = world.projects.get(record.project)
        own = record.doc.title if record.doc.title != act.doc else ""
        purpose = option_lists()["draw_purpose"].label(record.get("purpose")) if record.get("purpose") else None
        return own or (project.title if project else "") or (settings.say(purpose) if purpose else act.doc)
    if act.data.get("parameter") in floor():
        return settings.say(floor()[act.data["parameter"]].label)
    return str(next((act.data[name] for name in _NAMES if act.data.get(name)), act.doc))


def _drawn(played: PlayedAct, world: World) -> list[str]:
    """Whom or what a draw has drawn, by name."""
    record = world.records.get(played.act.doc)
    names = []
    for row in record.get("result") or () if record is not None else ():
        expert = world.tables["masters"].get(("IT Project Expert", row["id"]), {})
        project = world.projects.get(row["id"])
        names.append(str(expert.get("expert_name") or (project.title if project else row["id"])))
    return names


# --- the whole ------------------------------------------------------------------------------------------------------


def tell_end(played: Played, settings: Settings) -> None:
    """Where every project stands, and whether all went as expected."""
    say = settings.say
    headers = [
        say(t)
        for t in (
            Text("项目", "Project"),
            Text("单位", "Unit"),
            Text("计划年度", "Plan year"),
            Text("现行总投资", "Effective total"),
            Text("办到哪一步", "Stage"),
        )
    ]
    rows = [
        (
            p.title,
            p.department,
            str(p.plan_year),
            yuan_text(p.effective_total, settings.lang) if p.effective_total is not None else "—",
            say(term(p.stage)),
        )
        for p in played.world.projects.values()
    ]
    if rows:
        output.line()
        output.table(headers, rows, settings, right=(3,))
    output.line()
    total, failed = len(played.acts), len(played.failed)
    fine = Text(f"共{total}步，全部与预期一致。", f"{total} acts, all as expected.")
    bad = Text(f"共{total}步，{failed}步与预期不符：", f"{total} acts, {failed} not as expected:")
    output.line(output.styled(say(bad if failed else fine), settings, fg="red" if failed else "green"))
    for act in played.failed:
        output.item(f"  {act.act.place}  ", say(act.problem))


def plain(played: Played) -> dict[str, Any]:
    """The play as JSON holds it."""
    return {
        "ok": played.ok,
        "total": len(played.acts),
        "failed": len(played.failed),
        "acts": [_plain_act(act) for act in played.acts],
        "projects": list(_plain_projects(played)),
        "ledgers": [
            {"chain": chain, "rows": len(lines), "head": ledger.head_of(lines)}
            for chain, lines in sorted(played.ledgers.items())
        ],
    }


def _plain_act(played: PlayedAct) -> dict[str, Any]:
    act = played.act
    return {
        "number": played.number,
        "at": act.at.isoformat(),
        "file": act.file,
        "line": act.line,
        "by": act.by,
        "name": played.person.name,
        "on_behalf_of": act.on_behalf_of or None,
        "do": act.do,
        "action": act.action or None,
        "document": act.doc,
        "doctype": played.doctype,
        "project": played.project or None,
        "article": played.article or None,
        "role": played.role or None,
        "state_before": played.state_before or None,
        "state": played.state or None,
        "complete": played.complete,
        "route": played.route or None,
        "findings": [
            {"code": f.code, "article": f.article, "severity": f.severity.value, "zh": f.zh, "en": f.en}
            for f in played.findings
        ],
        "refused": played.refused or None,
        "papers": list(played.papers),
        "holder": played.holder.text if played.holder else None,
        "ok": played.ok,
        "problem": None if played.ok else {"zh": played.problem.zh, "en": played.problem.en},
    }


def _plain_projects(played: Played) -> Iterator[dict[str, Any]]:
    for project in played.world.projects.values():
        yield {
            "project": project.key,
            "title": project.title,
            "department": project.department,
            "plan_year": project.plan_year,
            "stage": project.stage,
            "approved_total": None if project.approved_total is None else amount_text(project.approved_total),
            "effective_total": None if project.effective_total is None else amount_text(project.effective_total),
        }
