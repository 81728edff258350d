"""Templates: what is written can be read, an empty one is an empty draft, a filled one may be handed in."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any

import pytest

from kaihua_infoproj.policy.calendar import SHANGHAI
from kaihua_infoproj.policy.declaration import ProposalFacts, check_declaration
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.finding import blocking
from kaihua_infoproj.policy.form_reading import Paper, form_in, read_paper
from kaihua_infoproj.policy.form_template import KINDS, template
from kaihua_infoproj.policy.forms import load_form, missing_fields
from kaihua_infoproj.policy.parameter import in_force
from kaihua_infoproj.policy.strict_yaml import read_bytes

FORMS = ("declaration", "change", "acceptance")
EVERY = [(form, kind, lang) for form in FORMS for kind in KINDS for lang in ("zh", "en")]


def read(text: str) -> Paper:
    located = read_bytes(text.encode(), file="表.yaml")
    return read_paper(form_in(located), located)


@pytest.mark.parametrize(("form", "kind", "lang"), EVERY)
def test_an_empty_template_is_an_empty_draft(form: str, kind: str, lang: str) -> None:
    paper = read(template(form, lang, kind=kind))
    prepared = {
        "declaration": {"negative_checks", "chapters"},
        "change": {"form_kind"},
        "acceptance": {"form_kind", "archive"},
    }[form]
    if form == "declaration" and kind != "construction":
        prepared |= {"nature", "form_kind"}
    if form == "acceptance" and kind == "construction":
        prepared |= {"gates"}
    assert set(paper.data) == prepared
    assert paper.data.get("form_kind", "construction") == kind


@pytest.mark.parametrize(("form", "kind", "lang"), EVERY)
def test_a_filled_template_lacks_nothing(form: str, kind: str, lang: str) -> None:
    text = template(form, lang, kind=kind, filled=True)
    paper = read(text)
    assert "演示数据" in text
    nature = paper.data.get("nature", "")
    assert [m.path for m in missing_fields(paper.form, paper.data, kind, nature)] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("day", [date(2021, 1, 1), date(2026, 9, 30), date(2026, 12, 31), date(2031, 6, 1)])
def test_a_filled_declaration_may_be_handed_in_on_any_day(kind: str, day: date) -> None:
    paper = read(template("declaration", kind=kind, filled=True, as_of=day))
    facts = ProposalFacts(paper=paper.data, at=datetime.combine(day, time(12), SHANGHAI))
    assert [f.code for f in blocking(check_declaration(facts, in_force(day)))] == []
    assert paper.data["plan_year"] == day.year + 1


@pytest.mark.parametrize(("form", "kind"), [(form, kind) for form in FORMS for kind in KINDS])
def test_both_languages_hold_the_same_example(form: str, kind: str) -> None:
    assert (
        read(template(form, "zh", kind=kind, filled=True)).data
        == read(template(form, "en", kind=kind, filled=True)).data
    )


def test_the_example_shows_what_the_rules_ask_for() -> None:
    data = read(template("declaration", filled=True)).data
    total = sum(row["amount"] for row in data["investment_lines"])
    assert total == sum(row["amount"] for row in data["funding_lines"])
    assert total >= in_force(date(2026, 9, 1)).decimal("supervision_threshold")
    by_category = {row["category"]: row for row in data["investment_lines"]}
    assert by_category["supervision"]["amount"] > 0
    assert (by_category["O&M service"]["months"], by_category["O&M service"]["mode"]) == (36, "included free")
    assert all(
        len(row["quotations"]) >= 3 for row in data["investment_lines"] if row["basis_of_price"] == "market inquiry"
    )
    assert {"social benefit", "economic benefit"} <= {row["level_2"] for row in data["targets"]}
    assert [(row["item"], row["applies"]) for row in data["negative_checks"]] == [(n, "no") for n in range(1, 8)]
    assert data["truthfulness_commitment"] is True


def test_the_years_of_an_example_follow_the_day() -> None:
    now, later = (read(template("declaration", filled=True, as_of=date(year, 5, 1))).data for year in (2026, 2029))
    assert later["planned_end"].year - now["planned_end"].year == 3
    assert later["targets"][0]["year"] - now["targets"][0]["year"] == 3
    assert later["basis"][0]["document_number"] == "演示市城管〔2029〕18号"
    assert later["expected_users"] == now["expected_users"]
    assert later["targets"][1]["target_value"] == now["targets"][1]["target_value"]


# --- what the comments say -------------------------------------------------------------------------------------------


def comment_before(text: str, fieldname: str) -> str:
    lines = text.split("\n")
    at = next(n for n, line in enumerate(lines) if re.fullmatch(rf"\s*{fieldname}:.*", line))
    first = at
    while lines[first - 1].lstrip().startswith("# "):
        first -= 1
    return "\n".join(line.strip() for line in lines[first:at])


@pytest.mark.parametrize(
    ("fieldname", "said"),
    [
        ("necessity", "建设必要性（必填，第四条）"),
        ("project_leader", "项目负责人（必填，本表）"),
        ("cloud_use", "市政务云利用说明（新建必填，第五条）"),
        ("collection_plan", "（新建必填，第五条；续建、升级改造必填，本表；“不收集也不产生数据”为“是”的除外）"),
        ("addition_reason", "（必填，第六条；仅当“申报方式”为“当年追加”）"),
        ("project_name", "最多120字"),
        ("nature", "可选：新建 / 续建 / 升级改造"),
        ("entry_points", "可选（多选）：浙里办 / 浙政钉"),
        ("quotations", "可写多个"),
        ("unit_price", "金额（元），加引号"),
        ("contact_email", "联系人邮箱。"),
    ],
)
def test_a_comment_says_who_asks_and_what_is_allowed(fieldname: str, said: str) -> None:
    assert said in comment_before(template("declaration"), fieldname)


def test_english_comments() -> None:
    text = template("declaration", "en")
    assert comment_before(text, "necessity") == "# Project Necessity (required, art. 4)."
    assert "required of New, art. 5; required of Continued, Upgrade, this form" in comment_before(
        text, "collection_plan"
    )
    assert "only where “Declaration Type” is in-year addition" in comment_before(text, "addition_reason")
    assert not re.search(r"# .*（必填", text)


@pytest.mark.parametrize(
    ("kind", "there", "not_there"),
    [
        ("construction", ["collection_plan", "om_months", "cloud_use"], ["om_scope", "service_scope"]),
        ("O&M", ["om_scope", "nature: 运行维护"], ["collection_plan", "om_months", "service_scope", "cloud_use"]),
        ("service", ["service_scope"], ["om_scope", "collection_plan"]),
    ],
)
def test_a_kind_has_its_own_fields(kind: str, there: list[str], not_there: list[str]) -> None:
    text = "\n" + template("declaration", kind=kind)
    assert all(f"\n{name}" in text for name in there)
    assert not [name for name in not_there if f"\n{name}:" in text]


def test_only_the_units_part_is_asked_of_the_unit() -> None:
    text = template("declaration") + template("change") + template("acceptance")
    for name in (
        "    centre_decision",
        "competent_opinion",
        "centre_content_degree",
        "delegation_no",
        "group",
        "conclusion",
        "declaration_no",
        "total_investment",
        "gross",
    ):
        assert not re.search(rf"^{name}:", text, re.M), name


def test_what_a_lone_file_must_state_is_there() -> None:
    change, acceptance = template("change"), template("acceptance")
    assert all(f"\n{name}:" in change for name in ("base_amount", "earlier_changes", "lines"))
    assert all(f"\n{name}:" in acceptance for name in ("trial_start", "all_built_on", "collections", "gates"))


def test_sections_stand_in_the_order_of_the_form() -> None:
    headings = re.findall(r"^# =+ (.*) =+$", template("declaration"), re.M)
    shown = [
        s.label.zh
        for s in load_form("declaration").sections
        if s.by == "unit" and (not s.kinds or "construction" in s.kinds)
    ]
    assert headings == shown
    assert headings[:3] == ["基本情况", "立项依据与必要性", "绩效目标"]


def test_an_example_has_no_empty_section() -> None:
    for form, kind, lang in EVERY:
        text = template(form, lang, kind=kind, filled=True)
        assert not re.search(r"=\n+# =", text), (form, kind)


def test_the_seven_items_are_told_apart() -> None:
    text = template("declaration")
    rows = text[text.index("negative_checks:") : text.index("# ==================== 承诺与报送")]
    assert len(re.findall(r"^  -.*# ", rows, re.M)) == 7
    assert "重复建设或频繁升级" in rows


def test_a_template_ends_with_a_line_and_has_no_tab() -> None:
    for form, kind, lang in EVERY:
        text = template(form, lang, kind=kind, filled=True)
        assert text.endswith("\n")
        assert "\t" not in text


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"form_name": "evaluation"}, "没有“evaluation”的模板，可用：declaration、change、acceptance"),
        ({"form_name": "declaration", "kind": "建设"}, "只能是 construction、O&M、service"),
    ],
)
def test_an_unknown_template_lists_the_known(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        template(**arguments)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('unit_price: "680000.00"', "unit_price: 680000.00", "须加引号"),
        ('unit_price: "680000.00"', 'unit_price: "680000.005"', "至多两位小数"),
        ("plan_year: 2027", "plan_year: 明年", "整数"),
        ("nature: 新建", "nature: 重建", "不在可选范围内"),
        ("planned_start: 2027-03-01", "planned_start: 2027-02-29", "不是存在的日期"),
        ("project_leader:", "project_leadr:", "是否应为 project_leader"),
        ("necessity:", "priority_in_unit: 2\nnecessity:", "重复出现"),
        ("  - line_no: 2", "  - line_no: -2", "不能小于1"),
        ("is_cross_department: true", "is_cross_department: 大概", "true（是）或 false（否）"),
        ("form: declaration", "form: declration", "不是可核对的表"),
        ("truthfulness_commitment: true", "truthfulness_commitment: &a true", "锚点"),
        ("quantity: 1\n", "quantity: 1e30\n", "十进制"),
    ],
)
def test_a_filled_template_spoilt_in_one_place(old: str, new: str, said: str) -> None:
    text = template("declaration", filled=True)
    assert old in text
    with pytest.raises(InputError) as error:
        read(text.replace(old, new, 1))
    assert said in error.value.zh
    assert error.value.line > 0
