"""The shipped cases hold, and a case that does not hold is seen."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kaihua_infoproj.policy.case_files import FOLDER, Case, load_cases, read_cases
from kaihua_infoproj.policy.case_runner import run_case, run_cases
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.parameter import OverlayRow

CASES = load_cases()


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{Path(case.file).stem}:{case.name}")
def test_case(case: Case) -> None:
    result = run_case(case)
    assert result.passed, "\n".join(result.differences)


def test_every_case_says_what_must_come_out() -> None:
    silent = [
        f"{case.file}:{case.line}"
        for case in CASES
        if case.codes is None and case.output is None and case.route is None and not case.findings
    ]
    assert silent == []


def test_every_shipped_file_holds_cases() -> None:
    assert {path.name for path in FOLDER.glob("*.yaml")} == {Path(case.file).name for case in CASES}


def written(folder: Path, text: str) -> Path:
    path = folder / "art00_test.yaml"
    path.write_text(text, encoding="utf-8")
    return path


PERIOD = """
as_of: 2026-05-01
rule: calendar.period
bases:
  start: {start: "2020-11-30", months: 3}
cases:
  - {name: one, base: start, output: {last_day: "2021-02-28"}}
  - {name: two, base: start, with: {months: 12}, output: {last_day: "2021-11-30"}}
  - {name: three, base: start, without: [months], add: {rows: [1, 2]}, output: {}}
"""


def test_a_base_is_changed_for_one_case_only(tmp_path: Path) -> None:
    one, two, three = read_cases(written(tmp_path, PERIOD))
    assert one.input == {"start": "2020-11-30", "months": 3}
    assert two.input == {"start": "2020-11-30", "months": 12}
    assert three.input == {"start": "2020-11-30", "rows": [1, 2]}


def test_rows_are_counted_from_one(tmp_path: Path) -> None:
    text = """
cases:
  - name: rows
    as_of: 2026-05-01
    rule: calendar.period
    input: {lines: [{amount: "1.00"}, {amount: "2.00"}, {amount: "3.00"}]}
    with: {"lines[2].amount": "9.00"}
    without: ["lines[1]"]
    add: {lines: [{amount: "4.00"}]}
"""
    (case,) = read_cases(written(tmp_path, text))
    # taking out goes first, so the second row of the case is the third of the base
    assert case.input["lines"] == [{"amount": "2.00"}, {"amount": "9.00"}, {"amount": "4.00"}]


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("- {name: a, as_of: 2026-05-01, rul: calendar.period}", "[1].rul"),
        ("- {as_of: 2026-05-01, rule: calendar.period}", "[1]"),
        ("- {name: a, rule: calendar.period}", "[1]"),
        ("cases:\n  - {name: a, as_of: 2026-05-01}\n  - {name: a, as_of: 2026-05-01}", "cases[2]"),
        ("cases:\n  - {name: a, as_of: 2026-05-01, input: {x: 1}, without: [y]}", "cases[1]"),
        ("unknown: 1\ncases: []", "unknown"),
    ],
)
def test_a_file_that_is_not_well_formed_is_refused(tmp_path: Path, text: str, field: str) -> None:
    with pytest.raises(InputError) as refused:
        read_cases(written(tmp_path, text))
    assert refused.value.field == field
    assert refused.value.line > 0


@pytest.mark.parametrize("rule", ["calendar.nothing", "nothing.period", "period"])
def test_a_rule_that_is_not_there_is_refused(tmp_path: Path, rule: str) -> None:
    written(tmp_path, PERIOD.replace("calendar.period", rule))
    with pytest.raises(InputError, match="没有名为"):
        run_cases(tmp_path)


def test_an_action_without_rule_is_refused(tmp_path: Path) -> None:
    text = "- {name: a, as_of: 2026-05-01, doctype: IT Project Proposal, action: Dance, input: {}}"
    written(tmp_path, text)
    with pytest.raises(InputError, match="没有规则"):
        run_cases(tmp_path)


def test_an_outcome_that_differs_is_told(tmp_path: Path) -> None:
    written(tmp_path, PERIOD.replace('"2021-02-28"', '"2021-03-01"').split("  - {name: three")[0])
    first, second = run_cases(tmp_path)
    assert not first.passed
    assert first.differences == ("last_day: 2021-02-28 ≠ 2021-03-01",)
    assert second.passed


def test_an_unknown_parameter_is_refused(tmp_path: Path) -> None:
    written(tmp_path, PERIOD.replace("{name: one, ", "{name: one, parameters: {nothing: 1}, "))
    with pytest.raises(InputError, match="nothing"):
        run_cases(tmp_path)


def test_a_sites_own_parameters_are_used_and_yield_to_the_cases(tmp_path: Path) -> None:
    text = """
- name: 35 months
  as_of: 2026-05-01
  rule: included_om.check_included_om
  base: construction
  codes: []
- name: 48 months
  as_of: 2026-05-01
  rule: included_om.check_included_om
  base: construction
  parameters: {om_months_minimum: 36}
  codes: []
"""
    (tmp_path / "base").symlink_to(FOLDER / "base")
    written(tmp_path, text)
    site = OverlayRow("om_months_minimum", 48, date(2026, 1, 1), "演示收紧")
    assert [result.passed for result in run_cases(tmp_path)] == [True, True]
    first, second = run_cases(tmp_path, [site])
    assert first.differences == ("codes: ['art6.om_line_months', 'art6.om_months'] ≠ []",)
    assert [finding.code for finding in first.findings] == ["art6.om_months", "art6.om_line_months"]
    assert second.passed


FINDING = """
- name: one
  as_of: 2026-05-01
  rule: project_code.check_project_code
  input: {nature: new}
  %s
"""


@pytest.mark.parametrize(
    ("expected", "told"),
    [
        ("codes: []", "codes: ['art10.code_missing'] ≠ []"),
        ("zh: 【第十条】别的", "zh: “【第十条】别的” is not among"),
        (
            "findings: [{code: art10.code_missing, field: nature}]",
            "is not among [{'code': 'art10.code_missing', 'field': 'inv",
        ),
        ("findings: [{code: art10.code_missing, facts: {nature: 升级}}]", "finding: "),
        ("route: joint", "route: None ≠ joint"),
        ("output: joint", "output: "),
    ],
)
def test_each_difference_is_told(tmp_path: Path, expected: str, told: str) -> None:
    written(tmp_path, FINDING % expected)
    (result,) = run_cases(tmp_path)
    (difference,) = result.differences
    assert told in difference
    assert not result.passed


@pytest.mark.parametrize(
    "expected",
    [
        "codes: [art10.code_missing]",
        "zh: 【第十条】项目性质为新建，",
        "findings: [{code: art10.code_missing, severity: blocks, facts: {nature: {zh: 新建, en: New}}}]",
    ],
)
def test_what_is_said_rightly_passes(tmp_path: Path, expected: str) -> None:
    written(tmp_path, FINDING % expected)
    (result,) = run_cases(tmp_path)
    assert result.passed, result.differences
