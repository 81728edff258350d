"""What the cases of art. 13 cannot say."""

from __future__ import annotations

from datetime import date

import pytest

from kaihua_infoproj.policy.acceptance import AcceptanceFacts, ArchiveRow, Part, check_acceptance, check_pass
from kaihua_infoproj.policy.acceptance_review import archive_before_meeting, part_text
from kaihua_infoproj.policy.checklists import checklist
from kaihua_infoproj.policy.forms import option_lists
from kaihua_infoproj.policy.milestones import Suspension, trial_counted_from, trial_period
from kaihua_infoproj.policy.organs import DIMENSIONS, dimension_text, option_key, organ_text
from kaihua_infoproj.policy.parameter import in_force
from kaihua_infoproj.policy.text import Text

RULES = in_force(date(2026, 5, 1))
START = date(2026, 1, 10)


@pytest.mark.parametrize(
    "suspensions, counted",
    [
        ((), START),
        ((Suspension(date(2026, 2, 1), date(2026, 2, 20)),), date(2026, 2, 20)),
        (
            (Suspension(date(2026, 3, 1), date(2026, 3, 5)), Suspension(date(2026, 2, 1), date(2026, 2, 20))),
            date(2026, 3, 5),
        ),
        ((Suspension(date(2025, 12, 1), date(2026, 1, 5)),), START),
        ((Suspension(date(2025, 12, 1), date(2026, 1, 15)),), date(2026, 1, 15)),
        ((Suspension(date(2026, 2, 1)),), None),
        ((Suspension(date(2026, 2, 1), date(2026, 2, 20)), Suspension(date(2026, 3, 1))), None),
    ],
)
def test_from_when_the_trial_counts(suspensions: tuple[Suspension, ...], counted: date | None) -> None:
    assert trial_counted_from(START, suspensions) == counted
    period = trial_period(START, suspensions, RULES)
    assert (period is None) == (counted is None)


def test_no_trial_no_period() -> None:
    assert trial_counted_from(None, ()) is None and trial_period(None, (), RULES) is None


def test_the_day_of_the_application_stands_for_the_day_of_the_act() -> None:
    assert AcceptanceFacts(date(2026, 3, 1)).day == date(2026, 3, 1)
    assert AcceptanceFacts(date(2026, 3, 5), applied_on=date(2026, 3, 1)).day == date(2026, 3, 1)


def test_gates_and_parts_are_those_of_the_form() -> None:
    for parameter, options in (("acceptance_gates", "acceptance_gate"), ("acceptance_parts", "acceptance_part")):
        assert set(RULES.texts(parameter)) == {option.value for option in option_lists()[options].options}
    assert len(RULES.texts("acceptance_gates")) == 7 and len(RULES.texts("acceptance_parts")) == 6


def test_the_archive_is_the_dated_list_less_what_comes_later() -> None:
    items = checklist("archive").on(RULES.as_of).items
    later = set(RULES.texts("archive_after_meeting"))
    assert later <= {item.code for item in items}
    assert len(archive_before_meeting(RULES)) == len(items) - len(later)
    missing = next(f for f in check_acceptance(AcceptanceFacts(date(2026, 3, 1)), RULES) if f.code == "art13.archive")
    assert dict(missing.facts)["count"] == len(items) - len(later)
    settled = tuple(ArchiveRow(d.zh) for d in archive_before_meeting(RULES))
    complete = check_acceptance(AcceptanceFacts(date(2026, 3, 1), archive=settled), RULES)
    assert "art13.archive" not in {f.code for f in complete}


def test_a_part_that_an_administrator_added_keeps_its_words() -> None:
    assert part_text("documents").zh == "资料齐全规范" and part_text("另加部分") == Text("另加部分", "另加部分")
    found = check_pass(AcceptanceFacts(date(2026, 3, 1), parts=(Part("另加部分", "deficient"),)), RULES)
    assert "另加部分" in next(f.zh for f in found if f.code == "art13.part_deficient")


def test_organs_and_dimensions_by_any_of_their_writings() -> None:
    assert option_key(" Data Centre ") == option_key("data-centre") == "data_centre"
    assert organ_text("DRB").zh == "县发改局" and organ_text("另一部门") == Text("另一部门", "另一部门")
    assert dimension_text("data sharing").zh == "数据共享" and dimension_text("x").en == "x"
    assert set(DIMENSIONS) == set(RULES.texts("review_dimensions"))
