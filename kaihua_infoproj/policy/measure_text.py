"""How the page of the measure writes its small things: values, sources, places, cells, places in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from .finding import Sentence
from .parameter import UNITS, DatedValue, Parameter, article_text
from .text import Text, date_text, plain_decimal, yuan_text

_PLACE = re.compile(r"\{[a-z0-9_]+(?::[a-z]+)?\}")
_JOINED = {"percent", "month", "year", "working day", "point", "row", "quotation", "expert", "person", "person-hour"}
DIRECTIONS = {
    "lower": Text("只能调低", "may only be lowered"),
    "higher": Text("只能调高", "may only be raised"),
    "none": Text("办法原值不得改，本县判断可改", "the measure's own may not change, a judgement may"),
}


def join(parts: Iterable[str], lang: str) -> str:
    """Parts of one kind in a row."""
    return ("、" if lang == "zh" else ", ").join(parts)


def cell(text: str) -> str:
    """Text that stands in a cell of a table."""
    return text.replace("|", "\\|").replace("\n", " ").strip()


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """A Markdown table, with an empty line after it."""
    lines = ["| " + " | ".join(head) + " |", "|" + " --- |" * len(head)]
    lines += ["| " + " | ".join(cell(part) for part in row) + " |" for row in rows]
    return [*lines, ""]


def value_of(parameter: Parameter, dated: DatedValue, words: Mapping[str, Text], lang: str) -> str:
    """A parameter's value with its unit as a person reads it."""
    value = dated.value
    if parameter.kind == "money" and isinstance(value, Decimal):
        return yuan_text(value, lang)
    if parameter.kind == "month_day":
        month, day = (int(part) for part in str(value).split("-"))
        return f"{month}月{day}日" if lang == "zh" else str(value)
    if isinstance(value, tuple):
        return join((_entry(item, parameter.unit, words, lang) for item in value), lang)
    text = plain_decimal(value) if isinstance(value, Decimal) else str(value)
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
    if parameter.unit in _JOINED:
        unit = UNITS[parameter.unit].get(lang)
        return text + unit if lang == "zh" or parameter.unit == "percent" else f"{text} {unit}"
    return words[text].get(lang) if text in words else text


def _entry(item: object, unit: str, words: Mapping[str, Text], lang: str) -> str:
    if isinstance(item, tuple):
        return f"{_word(item[0], unit, words, lang)} {plain_decimal(item[1])}"
    return _word(str(item), unit, words, lang)


def _word(key: str, unit: str, words: Mapping[str, Text], lang: str) -> str:
    if unit == "article":
        return article_text(key).get(lang)
    return words[key].get(lang) if key in words else key


def source_of(dated: DatedValue, lang: str) -> str:
    """Since when and from which document and article."""
    where = (
        f"{dated.document}{article_text(dated.article).zh}"
        if lang == "zh"
        else f"{dated.document} {article_text(dated.article).en}"
    )
    return f"自{date_text(dated.since, 'zh')}起，{where}" if lang == "zh" else f"since {dated.since}, {where}"


def article_of(sentence: Sentence, lang: str) -> str:
    """The article that a finding cites."""
    return article_text(sentence.article).get(lang)


def pattern_of(sentence: Sentence) -> re.Pattern[str]:
    """What a finding's Chinese fact looks like, its places open."""
    return _compiled(sentence.said.zh)


@lru_cache(maxsize=1024)
def _compiled(said: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in _PLACE.split(said)), re.DOTALL)


def template(sentence: Sentence, lang: str, label: Text | None = None) -> str:
    """A finding's sentence with its places left open, for a code that no case shows filled in.

    Args:
        label: the field that the sentence is about, put where it says ``{label}``.
    """
    said, out = sentence.said.get(lang), sentence.way_out.get(lang)
    head = article_of(sentence, lang)
    whole = f"【{head}】{said}{out}" if lang == "zh" else f"[{head}] {said} {out}".rstrip()
    if label is not None:
        whole = whole.replace("{label}", f"“{label.get(lang)}”")
    return _PLACE.sub("〔…〕" if lang == "zh" else "[…]", whole)
