"""Chinese names of states, actions, roles, documents, words, and of the fields that conditions read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from ..policy.strict_yaml import Located, read_file
from ..policy.text import Text

FILE = Path(__file__).with_name("terms.yaml")
SECTIONS = ("states", "actions", "roles", "documents", "words", "fields", "values", "stages")


@lru_cache(maxsize=1)
def sections() -> dict[str, dict[str, str]]:
    """Section → English name → Chinese."""
    return load_terms(read_file(FILE))


def load_terms(located: Located) -> dict[str, dict[str, str]]:
    """Terms of one file.

    Raises:
        InputError: unknown or missing section, an entry that is no text, or a name with two Chinese forms.
    """
    data = located.data
    if not isinstance(data, dict) or set(data) != set(SECTIONS):
        raise located.error((), f"术语文件分为 {'、'.join(SECTIONS)}。", f"A file of terms has {', '.join(SECTIONS)}.")
    seen: dict[str, str] = {}
    for section, entries in data.items():
        if not isinstance(entries, dict):
            raise located.error((section,), "每节是“英文: 中文”的列表。", "Each section maps English to Chinese.")
        for name, chinese in entries.items():
            if not isinstance(chinese, str) or not chinese.strip():
                raise located.error((section, name), "中文名应是文字。", "The Chinese name must be text.")
            if seen.setdefault(name, chinese) != chinese:
                raise located.error((section, name), f"“{name}”有两个中文名。", f"“{name}” has two Chinese names.")
    return data


def known(section: str) -> frozenset[str]:
    """All names of a section."""
    return frozenset(sections()[section])


@lru_cache(maxsize=1)
def _flat() -> dict[str, str]:
    return {name: chinese for entries in sections().values() for name, chinese in entries.items()}


def zh(name: str) -> str:
    """The Chinese of a name; a name that an administrator made stays as he wrote it."""
    return _flat().get(name, name)


def term(name: str) -> Text:
    """A name in both languages; in English DocTypes and roles without their prefix, fieldnames as words."""
    return Text(zh(name), name.removeprefix("IT Project ").replace("_", " "))


def quoted(names: Iterable[str]) -> Text:
    """Several names, each in quotation marks."""
    items = [term(name) for name in names]
    return Text("".join(f"“{t.zh}”" for t in items), ", ".join(f"“{t.en}”" for t in items))


def joined(texts: Iterable[Text]) -> Text:
    """Several texts as a list."""
    items = list(texts)
    return Text("、".join(t.zh for t in items), ", ".join(t.en for t in items))
