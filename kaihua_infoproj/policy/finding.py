"""What a rule answers: findings that say article, fact, limit and way out.

The sentences stand in ``policy/findings/*.yaml``, one entry a code; a rule names the code and gives the facts,
so that form message, decision row, print and report can never differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from .errors import InputError
from .parameter import ParameterUse, article_text
from .strict_yaml import Located, read_file
from .text import Text, amount_text, fill

FOLDER = Path(__file__).with_name("findings")


class Severity(str, Enum):
    """How heavy a finding is."""

    BLOCKS = "blocks"
    EXCEPTION = "exception"
    NOTE = "note"

    @property
    def label(self) -> Text:
        """As a person reads it."""
        return {
            "blocks": Text("须纠正", "blocks"),
            "exception": Text("须走例外审批", "needs a recorded exception"),
            "note": Text("提示", "note"),
        }[self.value]


@dataclass(frozen=True)
class Sentence:
    """The text of a finding code, with places for facts."""

    code: str
    article: str
    severity: Severity
    said: Text
    way_out: Text
    judgement: bool = False


@dataclass(frozen=True)
class Finding:
    """One answer of a rule.

    Attributes:
        code: stable name, such as ``art12.amount``.
        article: article of the measure, ``12`` or ``3.4``; ``form`` where our form asks and no article does.
        severity: blocks, exception (blocks until an exception is recorded) or note.
        said: the fact and the limit. way_out: what to do now; empty only in a note.
        facts: name → value as used, in order of use. parameters: what the rule read, with since and source.
        comparison: the comparison made, such as ``300000.00 ≥ 200000.00``.
        field: path of the field concerned, such as ``investment_lines[3].amount``.
    """

    code: str
    article: str
    severity: Severity
    said: Text
    way_out: Text
    facts: tuple[tuple[str, Any], ...] = ()
    parameters: tuple[ParameterUse, ...] = ()
    comparison: str = ""
    field: str = ""

    @property
    def blocking(self) -> bool:
        """Whether a decision must wait for it: it blocks, or its exception is not recorded."""
        return self.severity is not Severity.NOTE

    @property
    def zh(self) -> str:
        """The whole Chinese sentence a user reads."""
        return f"【{article_text(self.article).zh}】{self.said.zh}{self.way_out.zh}"

    @property
    def en(self) -> str:
        """The whole English sentence a user reads."""
        return f"[{article_text(self.article).en}] {self.said.en} {self.way_out.en}".rstrip()

    def as_plain(self) -> dict[str, Any]:
        """Plain values for JSON; ``code``, ``article``, ``severity``, ``zh``, ``en`` are fixed for scripts."""
        return {
            "code": self.code,
            "article": self.article,
            "severity": self.severity.value,
            "zh": self.zh,
            "en": self.en,
            "field": self.field,
            "comparison": self.comparison,
            "facts": {name: plain_fact(value) for name, value in self.facts},
            "parameters": [use.as_plain() for use in self.parameters],
        }


def plain_fact(value: Any) -> Any:
    """A fact as JSON holds it: amounts and decimals as text, dates ISO, texts in both languages."""
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, Decimal):
        return amount_text(value) if value == value.quantize(Decimal("0.01")) else format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain_fact(v) for v in value]
    return value


def found(
    code: str,
    facts: Mapping[str, Any] | None = None,
    *,
    uses: Sequence[ParameterUse] = (),
    comparison: str = "",
    field: str = "",
    severity: Severity | None = None,
    way_out: Text | None = None,
    sentence: str = "",
) -> Finding:
    """Make the finding ``code`` with its sentence from the catalogue.

    Args:
        sentence: the catalogue's entry to use where it is not ``code`` itself: a family of codes that shares one
            (``art4.missing.necessity`` → ``art4.missing``), or a code with several (``art3.6`` → ``art3.6.upgraded``).
        facts: values for the places in the sentence; amounts as Decimal yuan, days as date.
        uses: the parameters that the rule read; their values are places too, under the parameter's name.
        severity: other than the catalogue's (a recorded exception turns ``exception`` into ``note``).
        way_out: other than the catalogue's; an empty one where nothing is left to do.

    Raises:
        KeyError: unknown code, or a place in the sentence that no fact fills (a mistake in the program).
    """
    said_by = catalogue()[sentence or code]
    places: dict[str, Any] = {use.name: use.value for use in uses}
    places.update(facts or {})
    out = said_by.way_out if way_out is None else way_out
    return Finding(
        code,
        said_by.article,
        severity or said_by.severity,
        Text(fill(said_by.said.zh, places, "zh"), fill(said_by.said.en, places, "en")),
        Text(fill(out.zh, places, "zh"), fill(out.en, places, "en")),
        tuple((facts or {}).items()),
        tuple(uses),
        comparison,
        field,
    )


def blocking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that a decision must wait for."""
    return tuple(f for f in findings if f.blocking)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Sentence]:
    """Every finding's sentence by code, read once."""
    found_: dict[str, Sentence] = {}
    for path in sorted(FOLDER.glob("*.yaml")):
        for code, sentence in load_sentences(read_file(path)).items():
            if code in found_:
                raise InputError(f"核查问题“{code}”重复定义。", f"Finding “{code}” is defined twice.", file=str(path))
            found_[code] = sentence
    return found_


_KEYS = {"article", "severity", "zh", "en", "way_out_zh", "way_out_en"}


def load_sentences(located: Located) -> dict[str, Sentence]:
    """Sentences of one file.

    Raises:
        InputError: unknown or missing key, wrong severity, or a finding that blocks and has no way out.
    """
    out = {}
    for code, body in located.data.items():
        if not isinstance(body, dict) or not _KEYS - {"way_out_zh", "way_out_en"} <= set(body) <= _KEYS | {"judgement"}:
            raise located.error(
                (code,),
                f"每条须有且只有 {'、'.join(sorted(_KEYS))}（及 judgement）。",
                f"Each entry has exactly {', '.join(sorted(_KEYS))} (and judgement).",
            )
        try:
            severity = Severity(body["severity"])
        except ValueError:
            raise located.error(
                (code, "severity"),
                "severity 只能是 blocks、exception、note。",
                "severity is blocks, exception or note.",
            ) from None
        way_out = Text(body.get("way_out_zh") or "", body.get("way_out_en") or "")
        if severity is not Severity.NOTE and not (way_out.zh and way_out.en):
            raise located.error(
                (code,),
                "须纠正或须走例外审批的问题必须写明出路（way_out_zh、way_out_en）。",
                "A finding that blocks or needs an exception must give its way out.",
            )
        out[code] = Sentence(
            code,
            str(body["article"]),
            severity,
            Text(body["zh"], body["en"]),
            way_out,
            bool(body.get("judgement", False)),
        )
    return out
