"""Checklists: complete, dated, tied to the forms' options and to the parameters' full marks."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from kaihua_infoproj.policy.checklists import checklist, checklist_names, load_checklist
from kaihua_infoproj.policy.errors import InputError, NoValueInForce
from kaihua_infoproj.policy.forms import option_key, option_lists
from kaihua_infoproj.policy.parameter import in_force
from kaihua_infoproj.policy.strict_yaml import read_bytes

DAY = date(2026, 9, 1)
GROUPS = {
    "preliminary_review": "review_dimension",
    "expert_scores": "expert_score_part",
    "archive": "archive_phase",
    "evaluation_indicators": "evaluation_part",
    "self_evaluation": "self_evaluation_part",
}
FULL_MARKS = {
    "expert_scores": "expert_score_parts",
    "evaluation_indicators": "evaluation_parts",
    "self_evaluation": "self_evaluation_parts",
}


def test_the_shipped_checklists() -> None:
    sizes = {name: len(checklist(name).on(DAY).items) for name in checklist_names()}
    assert sizes == {
        "archive": 45,
        "contract_clauses": 7,
        "evaluation_indicators": 14,
        "expert_scores": 6,
        "negative_list": 7,
        "preliminary_review": 44,
        "scheme_construction": 14,
        "scheme_om": 8,
        "self_evaluation": 4,
    }


@pytest.mark.parametrize("name", sorted(GROUPS))
def test_groups_are_options_and_each_option_has_items(name: str) -> None:
    assert {item.group for item in checklist(name).on(DAY).items} == set(option_lists()[GROUPS[name]].values)


@pytest.mark.parametrize("name", sorted(FULL_MARKS))
def test_points_of_a_part_are_its_full_marks(name: str) -> None:
    sums: Counter[str] = Counter()
    for item in checklist(name).on(DAY).items:
        assert item.points is not None
        sums[option_key(item.group)] += item.points  # type: ignore[assignment]
    marks = in_force(DAY).table(FULL_MARKS[name])
    assert sums == {option_key(part): marks[part] for part in marks}
    assert sum(marks.values()) == Decimal(100)


def test_what_the_archive_gets_after_the_meeting_is_on_its_list() -> None:
    known = {item.code for item in checklist("archive").on(DAY).items}
    assert set(in_force(DAY).texts("archive_after_meeting")) <= known


def test_before_its_first_day_a_checklist_says_so() -> None:
    assert len(checklist("scheme_om").on(date(2020, 8, 5)).items) == 8
    with pytest.raises(NoValueInForce, match="自2020年8月5日起才有"):
        checklist("scheme_om").on(date(2020, 8, 4))


def test_an_unknown_checklist_lists_the_known() -> None:
    with pytest.raises(InputError, match="archive"):
        checklist("archives")


HEAD = "checklist: probe\nzh: 试表\nen: Probe\neditions:\n"
ITEM = "      - {code: a, zh: 甲, en: A}\n"
EDITION = "  - from: 2020-08-05\n    items:\n"


def test_a_later_edition_takes_over_on_its_day() -> None:
    later = "  - from: 2027-01-01\n    items:\n      - {code: a, zh: 乙, en: B}\n"
    probe = load_checklist(read_bytes((HEAD + EDITION + ITEM + later).encode()))
    assert [probe.on(day).items[0].label.zh for day in (date(2026, 12, 31), date(2027, 1, 1))] == ["甲", "乙"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + EDITION + ITEM + ITEM, "编号“a”重复"),
        (HEAD + EDITION + ITEM + EDITION + ITEM, "逐版递增"),
        (HEAD + EDITION + "      - {code: a, zh: 甲}\n", "缺少“en”"),
        (HEAD + EDITION + "      - {code: a, zh: 甲, en: A, point: 5}\n", "未知的键“point”"),
        (HEAD + EDITION + "      - {code: a, zh: 甲, en: A, points: 5}\n", "加引号"),
        (HEAD + "  - from: 2020-02-30\n    items:\n" + ITEM, "不是存在的日期"),
        (HEAD + "  - from: 2020-08-05\n    items: []\n", "至少有一行"),
        ("checklist: probe\nzh: 试表\nen: Probe\neditions: []\n", "至少有一行"),
        ("- a\n", "键: 值"),
    ],
)
def test_a_wrong_checklist_is_refused(text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load_checklist(read_bytes(text.encode(), file="probe.yaml"))
