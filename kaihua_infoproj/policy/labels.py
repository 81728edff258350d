"""Stored options as people read them."""

from __future__ import annotations

from .forms import option_lists
from .parameter import article_text
from .text import Text


def label(options: str, value: str) -> Text:
    """The label of an option in its normal form; a value that no option has is shown as it is."""
    normal = option_lists()[options].find(value)
    return Text(value, value) if normal is None else option_lists()[options].label(normal)


def labels(options: str, values: tuple[str, ...]) -> tuple[Text, ...]:
    """The labels of several."""
    return tuple(label(options, value) for value in values)


def ended(text: str) -> Text:
    """What a person wrote, as a sentence inside one of ours; nothing written is said so."""
    written = text.strip()
    if not written:
        return Text("未作说明。", "not explained.")
    closed = written.endswith(("。", "！", "？", "；", ".", "!", "?"))
    return Text(written, written) if closed else Text(written + "。", written + ".")


def item_label(item: int) -> Text:
    """An item of article 3 as it is cited where the article is named before: 第四项."""
    return Text(article_text(f"3.{item}").zh.removeprefix(article_text("3").zh), f"item {item}")
