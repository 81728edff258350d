"""Rules of declaration, reviews, consultation and plan beyond their cases: completeness, dates, copies."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from kaihua_infoproj.policy.calendar import WEEKENDS_ONLY, parse_moment, shipped_calendar
from kaihua_infoproj.policy.completeness import check_complete
from kaihua_infoproj.policy.consent import Consent, missing_parts
from kaihua_infoproj.policy.correction import CorrectionRound, Extension, correction_due, is_overdue
from kaihua_infoproj.policy.deadlines import deadline, is_late
from kaihua_infoproj.policy.declaration import check_declaration, check_hand_in
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.exception_path import RecordedException, settle
from kaihua_infoproj.policy.finding import Severity, blocking, found
from kaihua_infoproj.policy.forms import load_form, required_fields
from kaihua_infoproj.policy.labels import ended, item_label, label, labels
from kaihua_infoproj.policy.project_code import ProjectCodeFacts, check_project_code
from kaihua_infoproj.policy.proposal_paper import InvestmentLine, read_proposal
from kaihua_infoproj.policy.redeclaration import EarlierDeclaration, check_redeclaration, copy_for_redeclaration
from kaihua_infoproj.policy.register import EarlierResult, Register, SystemRecord
from kaihua_infoproj.policy.revision import Revision, revision_due
from kaihua_infoproj.policy.scope import ClassifiedStubFacts, check_classified_stub
from kaihua_infoproj.policy.text import Text

from .declared import facts, paper, rules

# --- completeness ----------------------------------------------------------------------------------------------------


def demanded(name: str, nature: str) -> list[tuple[str, str, str]]:
    """What a demo paper is asked for and has: name of the paper, path, article."""
    kind, data = {"construction": "construction", "om": "O&M", "service": "service"}[name], paper(name)
    return [
        (name, item.path, item.article)
        for item in required_fields(load_form("declaration"), kind, nature)
        if is_there(data, *item.path.partition(".")[::2])
    ]


def is_there(data: dict[str, Any], field: str, column: str) -> bool:
    rows = data.get(field)
    return bool(rows) and (not column or column in rows[0])


DEMANDED = [*demanded("construction", "new"), *demanded("om", "O&M"), *demanded("service", "service")]


@pytest.mark.parametrize(("name", "path", "article"), DEMANDED, ids=lambda value: str(value))
def test_each_demanded_field_is_missed_by_its_article(name: str, path: str, article: str) -> None:
    data = paper(name)
    field, _, column = path.partition(".")
    if column:
        del data[field][0][column]
    else:
        del data[field]
    root = "form" if article == "form" else f"art{article}"
    codes = [finding.code for finding in check_complete(facts(data), rules())]
    assert f"{root}.missing.{column or field}" in codes


def test_a_demanded_field_of_every_article_is_seen() -> None:
    assert len(DEMANDED) > 100
    assert {article for _, _, article in DEMANDED} == {"2", "3", "4", "5", "6", "form"}


# --- classified projects ---------------------------------------------------------------------------------------------


def test_content_of_a_classified_project_is_refused_and_not_repeated() -> None:
    data = {"is_classified": True, "department": "演示县保密局", "project_name": "不应出现的名称"}
    for check in (check_declaration, check_hand_in):
        (finding,) = check(facts(data), rules())
        assert finding.code == "art6.classified_content"
        assert finding.severity is Severity.BLOCKS
        assert "不应出现的名称" not in finding.zh + finding.en + str(finding.as_plain())


@pytest.mark.parametrize("blank", [None, "", [], ()])
def test_blank_fields_beside_a_classified_mark_are_no_content(blank: Any) -> None:
    (finding,) = check_declaration(facts({"is_classified": True, "project_name": blank}), rules())
    assert finding.code == "art6.classified"


def test_a_stub_names_what_does_not_belong_there_but_not_its_value() -> None:
    stub = ClassifiedStubFacts(
        {"unit": "演示县保密局", "year": 2027, "named_officer": "演示人员", "amount": "保密内容"}
    )
    (finding,) = check_classified_stub(stub, rules())
    assert (finding.code, finding.field) == ("art6.stub_content", "amount")
    assert "保密内容" not in finding.zh + finding.en


# --- dates -----------------------------------------------------------------------------------------------------------


def test_the_deadline_is_the_end_of_september_of_the_year_before() -> None:
    assert deadline(2027, rules()) == parse_moment("2026-10-01T00:00:00+08:00")


@pytest.mark.parametrize(
    ("served", "days", "extensions", "due"),
    [
        (date(2026, 9, 18), None, (), date(2026, 10, 9)),
        (date(2026, 9, 18), 5, (), date(2026, 9, 24)),
        (date(2026, 9, 18), 5, (1,), date(2026, 9, 28)),
        (date(2026, 9, 18), None, (1, 2), date(2026, 10, 13)),
        (date(2026, 10, 20), None, (), date(2026, 11, 3)),
    ],
)
def test_a_correction_is_due_by_working_days(
    served: date,
    days: int | None,
    extensions: tuple[int, ...],
    due: date,
) -> None:
    notice = CorrectionRound("一", served, days, tuple(Extension(n) for n in extensions))
    assert correction_due(notice, rules(), shipped_calendar()) == due


def test_a_correction_that_is_not_served_is_never_due() -> None:
    notice = CorrectionRound("一")
    assert correction_due(notice, rules(), shipped_calendar()) is None
    assert not is_overdue(notice, parse_moment("2099-01-01T00:00:00+08:00"), rules(), shipped_calendar())


def test_a_calendar_is_an_argument() -> None:
    notice = CorrectionRound("一", date(2026, 9, 18))
    assert correction_due(notice, rules(), WEEKENDS_ONLY) == date(2026, 10, 2)


def test_a_calendar_that_ends_too_early_is_an_error() -> None:
    with pytest.raises(InputError, match="2099"):
        correction_due(CorrectionRound("一", date(2099, 1, 5)), rules(), shipped_calendar())


@pytest.mark.parametrize(("days", "due"), [(None, date(2026, 11, 10)), (3, date(2026, 10, 30))])
def test_a_revision_is_due_by_working_days(days: int | None, due: date) -> None:
    assert revision_due(date(2026, 10, 27), Revision(days), rules(), shipped_calendar()) == due


# --- consent and exceptions ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("consent", "missing"),
    [
        (Consent(), ["文件种类", "日期", "文件扫描件"]),
        (Consent("county document", "", date(2026, 1, 1), "f"), ["编号"]),
        (Consent("standing-meeting minutes", "", date(2026, 1, 1), "f"), ["编号"]),
        (Consent("leader's instruction", "", date(2026, 1, 1), "f"), []),
        (Consent("county document", "1", date(2026, 1, 1), "f"), []),
        (Consent("county document", "1", None, "f"), ["日期"]),
        (Consent("county document", "1", date(2026, 1, 1)), ["文件扫描件"]),
    ],
)
def test_what_a_consent_lacks(consent: Consent, missing: list[str]) -> None:
    assert [part.zh for part in missing_parts(consent, rules())] == missing


COMPLETE = RecordedException("art6.late", "理由", "文件", "1号", "", "county", "county government", date(2026, 1, 1))


@pytest.mark.parametrize(
    ("name", "missing"),
    [
        ("reason", "理由"),
        ("document", "依据文件名称"),
        ("document_no", "文号"),
        ("level", "文件层级"),
        ("approver", "批准主体"),
        ("approved_on", "批准日期"),
    ],
)
def test_each_part_of_an_exception_must_be_there(name: str, missing: str) -> None:
    from dataclasses import replace

    record = replace(COMPLETE, **{name: None if name == "approved_on" else ""})
    late = found("art6.late_today", {"plan_year": 2027, "last_day": date(2026, 9, 30)}, severity=Severity.EXCEPTION)
    first, second = settle([late], record, rules())
    assert first is late
    assert second.code == "art6.exception_incomplete"
    assert f"缺少{missing}，" in second.zh


def test_an_exception_turns_only_what_is_meant_in_principle_into_a_note() -> None:
    strict = found("art6.om_months", {"months": 35}, uses=[rules().use("om_months_minimum")])
    late = found("art6.late_today", {"plan_year": 2027, "last_day": date(2026, 9, 30)}, severity=Severity.EXCEPTION)
    kept, noted = settle([strict, late], COMPLETE, rules())
    assert kept is strict
    assert (noted.severity, noted.code, noted.way_out.zh) == (
        Severity.NOTE,
        "art6.late_today",
        "已按例外办理：县政府于2026年1月1日同意，依据文件。",
    )
    assert tuple(settle([], RecordedException("art6.late"), rules())) == ()
    assert tuple(settle([late], None, rules())) == (late,)


# --- declaring again -------------------------------------------------------------------------------------------------


def test_a_copy_takes_what_the_unit_wrote_and_nothing_that_was_decided() -> None:
    former = paper()
    former |= {"declaration_no": "2027-建-001", "total_investment": 1, "competent_opinion": "同意", "plan_year": 2027}
    former["correction_answers"] = [{"no": 1, "answer": "已补"}]
    copied = copy_for_redeclaration(former, EarlierDeclaration("ITP-2026-00031", "Not Listed", 2027), 2028)
    assert copied["plan_year"] == 2028
    assert copied["earlier_declaration"] == "ITP-2026-00031"
    assert copied["necessity"] == former["necessity"]
    for name in (
        "declaration_no",
        "total_investment",
        "competent_opinion",
        "sealed_form",
        "truthfulness_commitment",
        "declaration_type",
        "negative_checks",
        "correction_answers",
    ):
        assert name not in copied
    row = copied["investment_lines"][1]
    assert row["item"] == "云主机"
    assert "amount" not in row
    row["item"] = "改过"
    assert former["investment_lines"][1]["item"] == "云主机"


@pytest.mark.parametrize(
    ("ending", "year", "codes"),
    [
        ("Establishment Deferred", 2028, []),
        ("Establishment Deferred", 2027, ["form.redeclaration_year"]),
        ("Establishment Deferred", 2026, ["form.redeclaration_year"]),
        ("Establishment Deferred", None, []),
        ("Not Listed", 2027, []),
        ("Not Listed", 2026, []),
        ("Proposal Withdrawn", 2027, []),
        ("Not Established", 2028, ["form.redeclaration_ending"]),
        ("Project Approved", 2028, ["form.redeclaration_ending"]),
        ("Joint Review", 2028, ["form.redeclaration_ending"]),
    ],
)
def test_which_endings_may_be_declared_again(ending: str, year: int | None, codes: list[str]) -> None:
    earlier = EarlierDeclaration("ITP-2026-00031", ending, 2027)
    assert [finding.code for finding in check_redeclaration(earlier, year)] == codes


# --- what people read ------------------------------------------------------------------------------------------------


def test_labels() -> None:
    assert label("nature", "new") == Text("新建", "New")
    assert label("exception_approver", "data centre").zh == "县大数据中心"
    assert label("nature", "unheard of") == Text("unheard of", "unheard of")
    assert [text.zh for text in labels("nature", ("new", "O&M"))] == ["新建", "运行维护"]
    assert item_label(4) == Text("第四项", "item 4")


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("扩建机房", "扩建机房。", "扩建机房."),
        ("扩建机房。", "扩建机房。", "扩建机房。"),
        (" built. ", "built.", "built."),
        ("", "未作说明。", "not explained."),
        ("  ", "未作说明。", "not explained."),
        ("是吗？", "是吗？", "是吗？"),
    ],
)
def test_what_a_person_wrote_ends_as_a_sentence(text: str, zh: str, en: str) -> None:
    assert ended(text) == Text(zh, en)


def test_registers() -> None:
    register = Register(systems=(SystemRecord("甲", "一局"), SystemRecord("乙", "二局")))
    second = register.system("乙")
    assert second is not None
    assert second.department == "二局"
    assert register.system("丙") is None
    assert EarlierResult("1", "一", "excellent").grade_text == Text("优", "excellent")
    assert EarlierResult("1", "一", "unheard of").grade_text.zh == "unheard of"


def test_the_typed_paper_leaves_out_what_no_rule_reads() -> None:
    form = read_proposal(paper())
    assert form.total == form.total_of(*{line.category for line in form.investment_lines})
    assert str(form.total) == "1300000.00"
    assert str(form.funds) == "1300000.00"
    assert form.kind == "construction"
    assert form.answer(8).applies == ""
    assert form.entry_points == ("Zhezhengding", "internal only")
    assert read_proposal({}).total == 0


@pytest.mark.parametrize(
    ("quantity", "price", "amount", "product", "value"),
    [
        ("2", "3.00", None, "6.00", "6.00"),
        ("2", "3.00", "7.00", "6.00", "7.00"),
        ("2", "3.00", "0.00", "6.00", "0.00"),
        ("2", None, None, None, "0"),
        (None, "3.00", None, None, "0"),
        (None, None, "7.00", None, "7.00"),
        ("0.5", "0.01", None, "0.01", "0.01"),
        ("0", "3.00", None, "0.00", "0.00"),
    ],
)
def test_the_value_of_a_line_is_its_amount_or_else_its_product(
    quantity: str | None,
    price: str | None,
    amount: str | None,
    product: str | None,
    value: str,
) -> None:
    line = InvestmentLine(*(None if text is None else Decimal(text) for text in (quantity, price, amount)))
    assert line.product == (None if product is None else Decimal(product))
    assert line.value == Decimal(value)


def test_findings_of_a_whole_bad_paper_can_be_written() -> None:
    data = paper()
    for name in ("targets", "collection_plan", "necessity"):
        del data[name]
    data["om_months"] = 12
    findings = check_declaration(facts(data), rules())
    assert [finding.code for finding in blocking(findings)] == [
        "art4.missing.necessity",
        "art4.missing.targets",
        "art5.missing.collection_plan",
        "art6.om_months",
        "art3.5",
    ]
    for finding in findings:
        assert re.match(r"【(第.+条.*|申报表)】", finding.zh)
        assert not re.search(r"[{}]|None|null", finding.zh + finding.en)


# --- answers are what they say ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("nature", "code"), [("new", "2105-330824-04-01-123456"), ("continued", ""), ("O&M", "")])
def test_a_rule_without_findings_answers_an_empty_tuple(nature: str, code: str) -> None:
    assert check_project_code(ProjectCodeFacts(nature, code), rules()) == ()


@pytest.mark.parametrize(
    ("change", "late"),
    [
        ({}, False),
        ({"declaration_type": "in-year addition"}, False),
        ({"plan_year": None}, False),
        ({"plan_year": 2026}, True),
    ],
)
def test_lateness_is_yes_or_no(change: dict[str, Any], late: bool) -> None:
    assert is_late(facts(paper() | change), rules()) is late
