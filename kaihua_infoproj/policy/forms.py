"""The forms as plain data: every document's sections, fields, options, and who must fill in what by which article.

The schemas stand in ``policy/forms/*.yaml``; the command line reads papers by them and the DocTypes are made from
them, so that a field can never mean two things. :mod:`.form_reading` reads a paper, :mod:`.form_template` writes one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from .errors import InputError
from .form_files import read_form, read_options
from .form_types import ACTORS, TYPES, Condition, Field, Form, Option, OptionList, Section, option_key
from .strict_yaml import read_file

FOLDER = Path(__file__).with_name("forms")


class Requirement(NamedTuple):
    """A field that a kind of project must fill in. ``path`` is ``targets`` or ``targets.unit``."""

    path: str
    field: Field
    article: str


class Missing(NamedTuple):
    """A required value that is not there. ``path`` is ``targets[2].unit``; article as in :class:`Requirement`."""

    path: str
    field: Field
    article: str


FORM_KIND_OF_NATURE = {
    "new": "construction",
    "continued": "construction",
    "upgrade": "construction",
    "O&M": "O&M",
    "service": "service",
}
"""Article 2: the nature of a project decides its form."""


def form_kind_of(nature: str) -> str:
    """``construction``, ``O&M`` or ``service``; empty while the nature is not given."""
    return FORM_KIND_OF_NATURE.get(nature, "")


def required_fields(form: Form, form_kind: str, nature: str = "", *, by: str = "unit") -> tuple[Requirement, ...]:
    """What must be there to hand the document in, conditions (``when``, ``unless``) not yet looked at.

    Args:
        by: who fills it in; the columns of a table follow the table unless they name somebody else.
    """
    out = []
    for field in form.fields:
        if not field.has_kind(form_kind):
            continue
        article = field.asked_by(form_kind, nature)
        if article and field.by == by and not field.derived:
            out.append(Requirement(field.fieldname, field, article))
        for column in field.rows:
            article = column.asked_by(form_kind, nature)
            if article and column.by == by and not column.derived and column.has_kind(form_kind):
                out.append(Requirement(f"{field.fieldname}.{column.fieldname}", column, article))
    return tuple(out)


def missing_fields(
    form: Form,
    data: Mapping[str, Any],
    form_kind: str,
    nature: str = "",
    *,
    by: str = "unit",
) -> Iterator[Missing]:
    """Required values that ``data`` (normalised, as :mod:`.form_reading` gives it) does not have.

    Columns are looked for in the rows that are there; a table that may be empty asks nothing while it is.
    """
    for path, field, article in required_fields(form, form_kind, nature, by=by):
        name, _, column = path.partition(".")
        if not column:
            if field.condition_holds(data) and _absent(field, data.get(name)):
                yield Missing(name, field, article)
            continue
        for number, row in enumerate(data.get(name) or (), 1):
            if field.condition_holds(row) and _absent(field, row.get(column)):
                yield Missing(f"{name}[{number}].{column}", field, article)


def _absent(field: Field, value: Any) -> bool:
    return value is None or value == "" or value == [] or value == () or (field.ticked and value is not True)


# --- the shipped forms -----------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def form_names() -> tuple[str, ...]:
    """Names of every shipped form."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.yaml") if path.stem != "options"))


@lru_cache(maxsize=1)
def option_lists() -> dict[str, OptionList]:
    """Every Select's options by name, read once."""
    return read_options(read_file(FOLDER / "options.yaml"))


@cache
def load_form(name: str) -> Form:
    """The form ``name``, such as ``declaration``; read once.

    Raises:
        InputError: there is no such form, or its file is not well-formed (with file, line and key).
    """
    if name not in form_names():
        raise InputError(
            f"没有名为“{name}”的表，可用：{'、'.join(form_names())}。",
            f"There is no form “{name}”; allowed: {', '.join(form_names())}.",
            field="form",
        )
    return read_form(read_file(FOLDER / f"{name}.yaml"), option_lists())


def forms() -> tuple[Form, ...]:
    """Every shipped form."""
    return tuple(load_form(name) for name in form_names())


@lru_cache(maxsize=1)
def _by_doctype() -> dict[str, str]:
    return {form.doctype: form.name for form in forms()}


def form_of_doctype(doctype: str) -> Form:
    """The form of a DocType, such as ``IT Project Proposal``.

    Raises:
        InputError: no form is made for it.
    """
    name = _by_doctype().get(doctype)
    if name is None:
        raise InputError(f"“{doctype}”没有对应的表。", f"No form is made for “{doctype}”.", field="doctype")
    return load_form(name)


__all__ = [
    "ACTORS",
    "FORM_KIND_OF_NATURE",
    "TYPES",
    "Condition",
    "Field",
    "Form",
    "Missing",
    "Option",
    "OptionList",
    "Requirement",
    "Section",
    "form_kind_of",
    "form_names",
    "form_of_doctype",
    "forms",
    "load_form",
    "missing_fields",
    "option_key",
    "option_lists",
    "required_fields",
]
