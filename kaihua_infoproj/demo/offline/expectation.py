"""Whether an act went as its scenario expects, and if not, the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ...flow.terms import term
from ...policy.finding import Finding, blocking
from ...policy.text import Text
from .scenario import Act

NO_TEXT = Text("", "")
_NONE = Text("无", "none")


def unmet(act: Act, findings: Sequence[Finding], refused: str, refusal: Finding | None, route: str, state: str) -> Text:
    """What of the act's expectation is not met, in one sentence; empty if all is.

    Args:
        findings: of the act. refused, refusal: code of what refused it, and the flow's own finding if it was the flow.
        route: of a change. state: of the document afterwards.
    """
    expect = act.expect
    forbidding = {f.code for f in blocking(findings)} | ({refused} if refused else set())
    if expect.refused and expect.refused not in forbidding:
        return _not_refused(expect.refused, forbidding)
    if refused and not expect.refused:
        return _refused(act, findings, refusal, forbidding)
    codes = sorted(finding.code for finding in findings)
    if expect.findings is not None and codes != sorted(expect.findings):
        due, found = _listed(sorted(expect.findings)), _listed(codes)
        return Text(
            f"应有的核查问题为 {due.zh}，实际为 {found.zh}。", f"The findings should be {due.en}, they are {found.en}."
        )
    if expect.route and expect.route != route:
        return Text(
            f"审核方式应为“{expect.route}”，实际为“{route or _NONE.zh}”。",
            f"The route should be “{expect.route}”, it is “{route or _NONE.en}”.",
        )
    if expect.state and expect.state != state:
        due, found = term(expect.state), term(state) if state else _NONE
        return Text(
            f"办理后应为“{due.zh}”，实际为“{found.zh}”。", f"It should be in “{due.en}” then, it is in “{found.en}”."
        )
    return NO_TEXT


def _listed(codes: Iterable[str]) -> Text:
    codes = tuple(codes)
    return Text("、".join(codes), ", ".join(codes)) if codes else _NONE


def _not_refused(due: str, forbidding: Iterable[str]) -> Text:
    if not forbidding:
        return Text(f"应以 {due} 拒绝，实际未被拒绝。", f"It should be refused by {due}, it was not refused.")
    found = _listed(sorted(forbidding))
    return Text(f"应以 {due} 拒绝，实际以 {found.zh} 拒绝。", f"It should be refused by {due}, it was by {found.en}.")


def _refused(act: Act, findings: Iterable[Finding], refusal: Finding | None, forbidding: Iterable[str]) -> Text:
    why = blocking(findings) or ((refusal,) if refusal else ())
    what, codes = term(act.action or act.do), _listed(sorted(forbidding))
    return Text(
        f"“{what.zh}”被拒绝（{codes.zh}）：{''.join(f.zh for f in why)}",
        f"“{what.en}” was refused ({codes.en}): {' '.join(f.en for f in why)}",
    )
