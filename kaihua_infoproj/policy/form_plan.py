"""How each field of a form is read, worked out once per form: its reader, its columns, its products."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .form_types import Field, Form
from .form_values import Reader, reader_of


@dataclass(frozen=True)
class Entry:
    """How one field is read.

    Attributes:
        name: its fieldname, also where it was written by another name. columns: of a table, by every name; else None.
        products: (amount, factors) of a table's columns that follow from others.
    """

    name: str
    field: Field
    reader: Reader
    derived: bool
    columns: dict[str, Entry] | None = None
    products: tuple[tuple[str, tuple[str, ...]], ...] = ()


@lru_cache(maxsize=128)
def entries_of(form: Form) -> dict[str, Entry]:
    """The entries of a form by every name that a field may be written by; not to be changed."""
    return {name: _entry(field) for name, field in form.by_name.items()}


def _entry(field: Field) -> Entry:
    if field.type != "table":
        return Entry(field.fieldname, field, reader_of(field), field.derived)
    columns = {name: _entry(column) for name, column in field.columns.items()}
    products = tuple((column.fieldname, column.product) for column in field.rows if column.product)
    return Entry(field.fieldname, field, _row_by_row, field.derived, columns, products)


def _row_by_row(value: Any) -> Any:
    raise TypeError("a table is read row by row")
