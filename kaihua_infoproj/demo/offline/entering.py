"""What a person types becomes fields in normal form: by the document's form, or as it is where no form asks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from typing import Any

from ...policy.errors import InputError
from ...policy.form_reading import read_mapping
from ...policy.form_types import Field, Form
from ...policy.forms import form_of_doctype, forms

_CELL = re.compile(r"([a-z_0-9]+)\[([1-9][0-9]*)\](?:\.([a-z_0-9]+))?")

NOT_COPIED = frozenset(
    {
        "declaration_type",
        "plan_year",
        "signed_on",
        "truthfulness_commitment",
        "sealed_form",
        "application_letter",
        "application_letter_no",
        "collective_decision",
        "collective_decision_no",
        "correction_answers",
        "opinion_responses",
    }
)
"""What a declaration made anew from an earlier one asks again: its year, and what was signed or answered for that."""


@lru_cache(maxsize=64)
def form_for(doctype: str) -> Form | None:
    """The form of a DocType, or None where there is none."""
    return form_of_doctype(doctype) if any(form.doctype == doctype for form in forms()) else None


def field_of(doctype: str, name: str) -> Field | None:
    """The form's field that ``name`` – a fieldname, or one cell such as ``members[2].opinion`` – speaks of."""
    form = form_for(doctype)
    table, _, column = cell_parts(name)
    field = form.by_name.get(table) if form else None
    return field.columns.get(column, field) if field is not None and column else field


def cell_parts(name: str) -> tuple[str, int, str]:
    """``members[2].opinion`` → (members, 2, opinion); a plain fieldname → (fieldname, 0, "")."""
    match = _CELL.fullmatch(name)
    return (match[1], int(match[2]), match[3] or "") if match else (name, 0, "")


def enter(doctype: str, before: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields after ``data`` was typed into them.

    Args:
        data: fieldname → value (a table is replaced whole; None empties a field), ``table[n]`` → a row, which may be
            the next new one, and ``table[n].column`` → one cell.

    Raises:
        InputError: unknown field, a value that cannot be read, or a row that is not there.
    """
    form = form_for(doctype)
    whole = {name: value for name, value in data.items() if "[" not in name}
    after = {**before, **(read_mapping(form, whole) if form else whole)}
    for name, value in whole.items():
        if value is None:
            after.pop(name, None)
    for name, value in data.items():
        table, number, column = cell_parts(name)
        if not number:
            continue
        rows = list(after.get(table) or ())
        if number > len(rows) + (not column):
            raise InputError(f"“{table}”没有第{number}行。", f"“{table}” has no row {number}.", field=name)
        typed = {table: [{column: value} if column else value]}
        typed = read_mapping(form, typed) if form else typed
        read = dict(typed[table][0]) if typed.get(table) else {}
        old = dict(rows[number - 1]) if number <= len(rows) and column else {}
        old.pop(column, None)
        rows[number - 1 : number] = [_with_products(form, table, {**old, **read})]
        after[table] = rows
    return {name: _numbered(form, name, value) for name, value in after.items()} if form else after


def _numbered(form: Form, name: str, value: Any) -> Any:
    """Rows whose number the system gives: by their place."""
    field = form.by_name.get(name)
    if field is None or "no" not in field.columns or not field.columns["no"].derived:
        return value
    return [{**row, "no": number} for number, row in enumerate(value, 1)]


def _with_products(form: Form | None, table: str, row: dict[str, Any]) -> dict[str, Any]:
    """A row whose amount follows its other cells again after one of them was typed."""
    if form is None:
        return row
    columns = form.by_name[table].rows
    stale = {c.fieldname for c in columns if c.product}
    plain = {name: as_typed(value) for name, value in row.items() if name not in stale}
    kept = read_mapping(form, {table: [plain]})[table][0]
    return {**row, **{name: kept[name] for name in stale if name in kept}}


def as_typed(value: Any) -> Any:
    """A normal value, or a structure of them, as a person would type it again."""
    if isinstance(value, Mapping):
        return {name: as_typed(item) for name, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_typed(item) for item in value]
    if isinstance(value, (bool, int, str)):
        return value
    return format(value, "f") if isinstance(value, Decimal) else value.isoformat()


def copied(doctype: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """What a new document takes from an earlier one of its kind: the unit's own entries, nothing derived or decided."""
    form = form_for(doctype)
    if form is None:
        return dict(fields)
    out = {}
    for name, value in fields.items():
        field = form.by_name.get(name)
        if field is None or field.derived or field.by != "unit" or name in NOT_COPIED:
            continue
        if field.rows:
            drop = {c.fieldname for c in field.rows if c.by != "unit"}
            value = [{k: v for k, v in row.items() if k not in drop} for row in value]
        out[name] = value
    return out
