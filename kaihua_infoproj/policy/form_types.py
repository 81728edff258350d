"""What a form's schema is made of: forms, sections, fields, options, conditions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from .text import Text

TYPES = (
    "data",
    "text",
    "editor",
    "link",
    "select",
    "multi",
    "check",
    "int",
    "money",
    "percent",
    "decimal",
    "date",
    "datetime",
    "file",
    "table",
)
ACTORS = ("unit", "competent", "centre", "drb", "finance", "expert", "county", "administrator")
DEFAULT_LENGTH = {"data": 140, "link": 140, "file": 255, "text": 2000, "editor": 50000}
"""Most characters of a text where the schema names none: what the database's column holds, or a generous page."""

_DROPPED = re.compile(r"[\s_\-'’‘]+")


def option_key(text: str) -> str:
    """What two ways of writing an option have in common: width, case, spaces, ``_``, ``-`` and apostrophes ignored."""
    return _DROPPED.sub("", unicodedata.normalize("NFKC", text)).casefold()


@dataclass(frozen=True)
class Option:
    """One value of a Select: ``value`` is the normal form that is stored, ``also`` other accepted writings."""

    value: str
    label: Text
    also: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class OptionList:
    """The options of a Select in their order."""

    name: str
    options: tuple[Option, ...]

    @cached_property
    def by_key(self) -> dict[str, str]:
        """Every accepted writing, as :func:`option_key`, → normal form."""
        return {
            option_key(word): option.value
            for option in self.options
            for word in (option.value, option.label.zh, option.label.en, *option.also)
        }

    @cached_property
    def values(self) -> tuple[str, ...]:
        """The normal forms."""
        return tuple(option.value for option in self.options)

    def find(self, text: str) -> str | None:
        """The normal form of what a person wrote, or None."""
        return self.by_key.get(option_key(text))

    def label(self, value: str) -> Text:
        """The label of a normal form.

        Raises:
            KeyError: not one of the options (a mistake in the program).
        """
        for option in self.options:
            if option.value == value:
                return option.label
        raise KeyError(value)


@dataclass(frozen=True)
class Condition:
    """Holds where a sibling field has one of ``values`` (normal forms; True or False for a check, absent is False)."""

    fieldname: str
    values: tuple[str | bool, ...]

    def holds(self, values: Mapping[str, Any]) -> bool:
        """Whether it holds for the fields of the same document, or the columns of the same row."""
        value = values.get(self.fieldname)
        if isinstance(value, (list, tuple)):
            return any(v in self.values for v in value)
        if value is None:
            return False in self.values
        return value in self.values


@dataclass(frozen=True, eq=False)
class Field:
    """One field of a form, or one column of a table.

    Attributes:
        type: one of :data:`TYPES`. A ``money`` is Decimal yuan, ``percent`` Decimal of a hundred, ``file`` a file name.
        section: name of its section. options: of ``select`` and ``multi``. link: DocType that a ``link`` names.
        rows: columns of a ``table``. many: a list of values (file names) instead of one.
        derived: ⚙, the system's to fill in. stated: derived, yet written where a file is checked without the system.
        product: columns whose product is this amount where it was left out.
        required: (all | form kind | nature) → article, or ``form`` where our form asks and no article does.
        when, unless: conditions on the demand: all of ``when`` and none of ``unless`` must hold.
        kinds: form kinds that have the field; empty means all. by: who fills it in (:data:`ACTORS`).
        also: other names that a reader accepts.
        ticked: a ``check`` that must be yes, not only answered.
    """

    fieldname: str
    type: str
    label: Text
    help: Text = Text("", "")
    section: str = ""
    options: OptionList | None = None
    link: str = ""
    rows: tuple[Field, ...] = ()
    many: bool = False
    derived: bool = False
    stated: bool = False
    signed: bool = False
    product: tuple[str, ...] = ()
    length: int = 0
    minimum: int | None = None
    maximum: int | None = None
    required: tuple[tuple[str, str], ...] = ()
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    kinds: tuple[str, ...] = ()
    by: str = "unit"
    also: tuple[str, ...] = ()
    ticked: bool = False

    @cached_property
    def columns(self) -> dict[str, Field]:
        """Columns of a table by name and by their other names."""
        return by_name(self.rows)

    def asked_by(self, form_kind: str, nature: str) -> str:
        """The article that asks for it in such a project (``form`` if none does), or empty: nature before form kind."""
        demands = dict(self.required)
        for key in (nature, form_kind, "all"):
            if key and key in demands:
                return demands[key]
        return ""

    def has_kind(self, form_kind: str) -> bool:
        """Whether a form of this kind has the field at all."""
        return not self.kinds or not form_kind or form_kind in self.kinds

    def condition_holds(self, values: Mapping[str, Any]) -> bool:
        """Whether ``when`` and ``unless`` let the demand stand, given the sibling values."""
        return all(c.holds(values) for c in self.when) and not any(c.holds(values) for c in self.unless)


def by_name(fields: tuple[Field, ...]) -> dict[str, Field]:
    """Fields by fieldname and by every other accepted name."""
    named = {name: field for field in fields for name in field.also}
    named.update({field.fieldname: field for field in fields})
    return named


@dataclass(frozen=True, eq=False)
class Section:
    """A tab of the form, in the order of the paper."""

    name: str
    label: Text
    fields: tuple[Field, ...]
    help: Text = Text("", "")
    kinds: tuple[str, ...] = ()
    by: str = "unit"


@dataclass(frozen=True, eq=False)
class Form:
    """The schema of one document. ``annex`` is the annex of the measure that it stands for, or empty."""

    name: str
    doctype: str
    label: Text
    sections: tuple[Section, ...]
    annex: str = ""

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """Every field of every section, in order."""
        return tuple(field for section in self.sections for field in section.fields)

    @cached_property
    def by_name(self) -> dict[str, Field]:
        """Fields by fieldname and by other accepted names."""
        return by_name(self.fields)

    def field(self, path: str) -> Field:
        """The field or column at ``path``, such as ``targets.unit`` or ``targets[2].unit``.

        Raises:
            KeyError: there is none.
        """
        name, _, column = re.sub(r"\[\d+\]", "", path).partition(".")
        found = self.by_name[name]
        return found.columns[column] if column else found
