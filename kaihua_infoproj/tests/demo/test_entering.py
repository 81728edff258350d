"""What a person types becomes fields in normal form, whole tables or single cells."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from kaihua_infoproj.demo.offline.entering import as_typed, cell_parts, copied, enter, field_of
from kaihua_infoproj.policy.errors import InputError

PROPOSAL = "IT Project Proposal"
LINES = [
    {"line_no": 1, "category": "定制软件开发", "item": "甲", "quantity": "2", "unit_price": "10.00"},
    {"line_no": 2, "category": "培训", "item": "乙", "quantity": "3", "unit_price": "5.00"},
]


def test_options_and_amounts_come_in_normal_form() -> None:
    fields = enter(PROPOSAL, {}, {"nature": "新建", "planned_start": "2024-04-01", "investment_lines": LINES})
    assert fields["nature"] == "new" and fields["form_kind"] == "construction"
    assert fields["planned_start"] == date(2024, 4, 1)
    assert [row["amount"] for row in fields["investment_lines"]] == [Decimal("20.00"), Decimal("15.00")]


def test_one_cell_is_typed_and_the_amount_follows() -> None:
    before = enter(PROPOSAL, {}, {"investment_lines": LINES})
    after = enter(PROPOSAL, before, {"investment_lines[2].unit_price": "6.50"})
    assert after["investment_lines"][1]["amount"] == Decimal("19.50")
    assert after["investment_lines"][0] == before["investment_lines"][0]
    assert before["investment_lines"][1]["amount"] == Decimal("15.00")


def test_the_next_row_is_appended_and_one_beyond_it_refused() -> None:
    before = enter(PROPOSAL, {}, {"investment_lines": LINES})
    after = enter(PROPOSAL, before, {"investment_lines[3]": {"line_no": 3, "category": "其他", "item": "丙"}})
    assert [row["line_no"] for row in after["investment_lines"]] == [1, 2, 3]
    with pytest.raises(InputError, match="没有第4行"):
        enter(PROPOSAL, before, {"investment_lines[4]": {"line_no": 4}})
    with pytest.raises(InputError, match="没有第3行"):
        enter(PROPOSAL, before, {"investment_lines[3].item": "丙"})


def test_nothing_empties_a_field_and_a_cell() -> None:
    before = enter(PROPOSAL, {}, {"necessity": "必要", "investment_lines": LINES})
    after = enter(PROPOSAL, before, {"necessity": None, "investment_lines[1].item": None})
    assert "necessity" not in after and "item" not in after["investment_lines"][0]
    assert after["investment_lines"][1]["item"] == "乙"


def test_answers_are_numbered_by_their_place() -> None:
    fields = enter(PROPOSAL, {}, {"correction_answers": [{"answer": "一"}, {"answer": "二"}]})
    assert [row["no"] for row in fields["correction_answers"]] == [1, 2]


def test_an_unknown_field_and_an_unreadable_value_are_refused() -> None:
    with pytest.raises(InputError):
        enter(PROPOSAL, {}, {"colour": "red"})
    with pytest.raises(InputError):
        enter(PROPOSAL, {}, {"expected_users": "许多"})


def test_what_is_normal_can_be_typed_again() -> None:
    fields = enter(PROPOSAL, {}, {"investment_lines": LINES, "planned_start": "2024-04-01", "personal_data": True})
    assert enter(PROPOSAL, {}, as_typed(fields)) == fields


def test_a_copy_takes_the_unit_s_own_entries_only() -> None:
    fields = enter(PROPOSAL, {}, {"necessity": "必要", "competent_opinion": "同意", "sealed_form": "a.pdf"})
    assert copied(PROPOSAL, fields) == {"necessity": "必要"}


def test_cells_are_named() -> None:
    assert cell_parts("members[2].opinion") == ("members", 2, "opinion")
    assert cell_parts("schedule[6]") == ("schedule", 6, "")
    assert cell_parts("necessity") == ("necessity", 0, "")
    field = field_of("IT Project Joint Review", "members[2].opinion")
    assert field is not None and field.fieldname == "opinion" and field.by == "centre"
