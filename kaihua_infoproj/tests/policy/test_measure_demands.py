"""The demands' files are read strictly, and small things are written as a person reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kaihua_infoproj.policy.case_files import Case
from kaihua_infoproj.policy.case_runner import CaseResult
from kaihua_infoproj.policy.demands import Carriers, Chapter, Demand, load_chapter, load_chapters, load_terms, named
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.finding import Finding, Sentence, Severity
from kaihua_infoproj.policy.measure_material import Material, Proof, entries_of, proofs_and_examples
from kaihua_infoproj.policy.measure_page import chapter_title, page
from kaihua_infoproj.policy.measure_text import cell, source_of, table, template, value_of
from kaihua_infoproj.policy.parameter import DatedValue, Parameter, Value
from kaihua_infoproj.policy.strict_yaml import read_bytes
from kaihua_infoproj.policy.text import Text

GOOD = """\
chapter: "6"
zh: 申报
en: Declaration
demands:
  - id: "6.1"
    zh: 按时申报。
    en: Declare in time.
    judgement: false
    carried_by: {findings: [art6.late], states: [[IT Project Proposal, Not Listed]]}
    cases: [art06/*]
  - id: "6.2"
    zh: 以后再说。
    en: Later.
    judgement: true
    carried_by: {}
    later: {zh: 由办理端实现。, en: With the desk.}
"""


def read(text: str) -> Chapter:
    return load_chapter(read_bytes(text.encode(), file="art06.yaml"))


def test_a_chapter_is_read_as_it_stands() -> None:
    chapter = read(GOOD)
    assert (chapter.key, chapter.title, chapter.is_article) == ("6", Text("申报", "Declaration"), True)
    first, second = chapter.demands
    assert first.carried_by == Carriers(findings=("art6.late",), states=(("IT Project Proposal", "Not Listed"),))
    assert (first.judgement, first.later, first.cases) == (False, None, ("art06/*",))
    assert not second.carried_by
    assert second.later == Text("由办理端实现。", "With the desk.")


@pytest.mark.parametrize(
    "old, new, line, said",
    [
        ("judgement: false", "judgement: maybe", 8, "judgement 只能是 true 或 false"),
        ('id: "6.2"', 'id: "6.3"', 11, "序号应为“6.2”"),
        ('id: "6.1"', 'id: "7.1"', 5, "序号应为“6.1”"),
        ("    later: {zh: 由办理端实现。, en: With the desk.}\n", "", 11, "没有承载的要求须写明"),
        ("findings: [art6.late]", "finding: [art6.late]", 9, "未知的键“finding”"),
        ("[[IT Project Proposal, Not Listed]]", "[Not Listed]", 9, "[文书, 名称]"),
        ("[art6.late]", "[art6.late, art6.late]", 9, "列了两次"),
        ("[art6.late]", "art6.late", 9, "这里应是列表"),
        ("en: Later.", "en: ''", 13, "这里应是文字"),
        ("later: {zh: 由办理端实现。, en: With the desk.}", "later: {zh: 由办理端实现。}", 16, "缺少“en”"),
        ("    en: Declare in time.\n", "", 5, "缺少“en”"),
        ("zh: 申报\n", "zh: 申报\nextra: 1\n", 3, "未知的键“extra”"),
    ],
)
def test_what_is_wrong_is_refused_with_its_line(old: str, new: str, line: int, said: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        read(GOOD.replace(old, new, 1))
    assert said in caught.value.zh
    assert caught.value.line == line


def test_a_chapter_stands_in_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "terms.yaml").write_text("not: a chapter\n", encoding="utf-8")
    assert [chapter.key for chapter in load_chapters(tmp_path)] == ["6"]
    (tmp_path / "b.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputError, match="另一个文件"):
        load_chapters(tmp_path)


def test_a_chapter_without_demands_is_refused() -> None:
    with pytest.raises(InputError, match="逐条列出"):
        read('chapter: "6"\nzh: 申报\nen: Declaration\ndemands: []\n')


def test_terms_have_name_and_meaning() -> None:
    good = "- {zh: 参数, en: parameter, means_zh: 有日期的值, means_en: a dated value}\n"
    assert load_terms(read_bytes(good.encode()))[0].meaning == Text("有日期的值", "a dated value")
    with pytest.raises(InputError, match="means_en"):
        load_terms(read_bytes("- {zh: 参数, en: parameter, means_zh: 有日期的值}\n".encode()))


@pytest.mark.parametrize(
    "patterns, expected",
    [
        (("b",), ("b",)),
        (("x",), ()),
        (("a.*", "b"), ("a.1", "a.2", "b")),
        (("b", "*"), ("b", "a.1", "a.2")),
    ],
)
def test_patterns_mean_names(patterns: tuple[str, ...], expected: tuple[str, ...]) -> None:
    assert named(patterns, ("a.1", "a.2", "b")) == expected


def parameter(kind: str, unit: str, value: Value) -> Parameter:
    dated = DatedValue(date(2020, 8, 5), value, "《办法》", "6")
    return Parameter("p", Text("参数", "parameter"), kind, unit, "none", (dated,))


@pytest.mark.parametrize(
    "kind, unit, value, zh, en",
    [
        ("money", "yuan", Decimal("2000000.00"), "2,000,000.00元", "2,000,000.00 yuan"),
        ("decimal", "percent", Decimal("15"), "15%", "15%"),
        ("integer", "month", 36, "36个月", "36 months"),
        ("month_day", "MM-DD", "09-30", "9月30日", "09-30"),
        ("list", "options of nature", ("new", "upgrade"), "新建、upgrade", "new, upgrade"),
        ("list", "article", ("3", "7"), "第三条、第七条", "art. 3, art. 7"),
        ("table", "point", (("decision", Decimal("15.0")),), "决策 15", "decision 15"),
        ("text", "actor", "county", "县政府", "the county"),
        ("text", "division code", "330824", "330824", "330824"),
        ("flag", "actor", True, "是", "yes"),
    ],
)
def test_values_are_written_for_people(kind: str, unit: str, value: Value, zh: str, en: str) -> None:
    words = {"new": Text("新建", "new"), "decision": Text("决策", "decision"), "county": Text("县政府", "the county")}
    one = parameter(kind, unit, value)
    assert value_of(one, one.values[0], words, "zh") == zh
    assert value_of(one, one.values[0], words, "en") == en


def test_a_source_says_since_and_where() -> None:
    dated = parameter("integer", "month", 36).values[0]
    assert source_of(dated, "zh") == "自2020年8月5日起，《办法》第六条"
    assert source_of(dated, "en") == "since 2020-08-05, 《办法》 art. 6"


def test_cells_keep_their_table() -> None:
    assert cell("a | b\nc ") == "a \\| b c"
    assert table(("x", "y"), [("1", "a|b")]) == ["| x | y |", "| --- | --- |", "| 1 | a\\|b |", ""]


LATE = Sentence(
    "art6.late",
    "6",
    Severity.EXCEPTION,
    Text("晚了{days}天。", "{days} days late."),
    Text("请走例外。", "Record an exception."),
)


def test_a_sentence_no_case_shows_has_open_places() -> None:
    assert template(LATE, "zh") == "【第六条】晚了〔…〕天。请走例外。"
    assert template(LATE, "en") == "[art. 6] […] days late. Record an exception."


def result(name: str, *codes: str, rule: str = "a.b") -> CaseResult:
    case = Case("/x/art06.yaml", 1, name, date(2026, 1, 1), rule=rule)
    return CaseResult(
        case, (), tuple(Finding(code, "6", Severity.NOTE, Text(f"{name}。", name), Text("", "")) for code in codes)
    )


def test_the_first_case_of_a_code_is_its_example() -> None:
    proofs, examples = proofs_and_examples(
        [result("one", "art6.late"), result("two", "art6.late", "art6.other")], {"art6.late": LATE}
    )
    assert [proof.label for proof in proofs] == ["art06/one", "art06/two"]
    assert examples["art6.late"].zh == "【第六条】one。"
    assert examples["art6.other"].zh == "【第六条】two。"


MISSING = Sentence(
    "art6.missing", "6", Severity.BLOCKS, Text("缺少{label}。", "{label} is missing."), Text("请补。", "Add it.")
)
CENTRE = Sentence(
    "art3.6.centre", "3.6", Severity.EXCEPTION, Text("中心认定：{note}", "found: {note}"), Text("请改。", "Do.")
)
LIKE = Sentence(
    "art3.6.similar", "3.6", Severity.EXCEPTION, Text("与{project}相近。", "like {project}"), Text("请改。", "Do.")
)
ENTRIES = {sentence.code: sentence for sentence in (LATE, MISSING, CENTRE, LIKE)}


@pytest.mark.parametrize(
    "code, said, entries",
    [
        ("art6.missing.reason", "缺少“理由”。", ("art6.missing",)),
        ("art3.6", "与甲项目相近。", ("art3.6.similar",)),
        ("art3.6", "中心认定：重复", ("art3.6.centre",)),
        ("art6.late", "晚了3天。", ("art6.late",)),
        ("art6.lateness", "晚了3天。", ()),
    ],
)
def test_a_finding_is_traced_to_the_sentence_it_was_written_from(
    code: str, said: str, entries: tuple[str, ...]
) -> None:
    finding = Finding(code, "6", Severity.NOTE, Text(said, ""), Text("", ""))
    assert entries_of(finding, ENTRIES) == entries


def test_what_stands_within_a_finding_is_traced_too() -> None:
    kept = Sentence("form.kept", "form", Severity.NOTE, Text("已由{by}同意。", "agreed by {by}"), Text("", ""))
    entries = {**ENTRIES, "form.kept": kept}
    as_way_out = Finding("art6.late", "6", Severity.NOTE, Text("晚了3天。", ""), Text("已由县政府同意。", ""))
    assert entries_of(as_way_out, entries) == ("art6.late", "form.kept")
    fact = Text("已由县政府同意。", "")
    as_fact = Finding("art6.late", "6", Severity.NOTE, Text("晚了3天。", ""), Text("请走例外。", ""), (("said", fact),))
    assert entries_of(as_fact, entries) == ("art6.late", "form.kept")
    plain = Finding("art6.late", "6", Severity.NOTE, Text("晚了3天。", ""), Text("", ""))
    assert entries_of(plain, entries) == ("art6.late",)


def test_members_of_a_family_have_their_own_examples() -> None:
    case = Case("/x/art06.yaml", 1, "one", date(2026, 1, 1))
    found = tuple(
        Finding(code, "6", Severity.NOTE, Text(said, said), Text("", ""))
        for code, said in (("art6.missing.reason", "缺少“理由”。"), ("art3.6", "与甲项目相近。"))
    )
    proofs, examples = proofs_and_examples([CaseResult(case, (), found)], ENTRIES)
    assert proofs[0].codes == {"art6.missing.reason", "art6.missing", "art3.6", "art3.6.similar"}
    assert set(examples) == proofs[0].codes


def test_a_member_that_no_case_shows_says_its_field() -> None:
    one = demand("6.1", Carriers(findings=("art6.missing.reason",), fields=(("IT Project Proposal", "reason"),)))
    material = Material(
        (Chapter("6", Text("申报", "Declaration"), Text("", ""), (one,)),),
        (),
        {},
        ENTRIES,
        1,
        fields={("IT Project Proposal", "reason"): Text("理由", "Reason")},
    )
    assert material.codes_of(one) == ("art6.missing.reason",)
    assert material.demands_of("art6.missing") == ("6.1",)
    assert material.demands_of("art6.late") == ()
    assert "（`art6.missing.reason`，须纠正）：【第六条】缺少“理由”。请补。" in page(material, "zh")


def small(*demands: Demand) -> Material:
    proofs = (
        Proof("art06", "late", frozenset({"art6.late"}), "x.y"),
        Proof("art06", "in time", frozenset(), "x.y"),
        Proof("art07", "other", frozenset(), "x.z"),
    )
    return Material(
        (Chapter("6", Text("申报", "Declaration"), Text("", ""), demands),),
        (),
        {},
        {"art6.late": LATE},
        1,
        proofs=proofs,
    )


def demand(number: str, carried: Carriers, cases: tuple[str, ...] = (), later: Text | None = None) -> Demand:
    return Demand(number, Text("按时申报。", "Declare in time."), False, carried, later, cases)


@pytest.mark.parametrize(
    "carried, cases, proved",
    [
        (Carriers(findings=("art6.late",)), (), ["art06/late"]),
        (Carriers(findings=("art6.late",), rules=("x.y",)), (), ["art06/late"]),
        (Carriers(rules=("x.y",)), (), ["art06/late", "art06/in time"]),
        (Carriers(findings=("art6.late",)), ("art06/in*",), ["art06/in time", "art06/late"]),
        (Carriers(rules=("x.y",)), ("art06/in*",), ["art06/in time"]),
        (Carriers(), (), []),
    ],
)
def test_cases_prove_a_demand_by_code_rule_or_name(
    carried: Carriers,
    cases: tuple[str, ...],
    proved: list[str],
) -> None:
    one = demand("6.1", carried, cases)
    assert [proof.label for proof in small(one).proofs_of(one)] == proved


def test_a_demand_shows_what_carries_it() -> None:
    one = demand(
        "6.1",
        Carriers(rules=("x.y",), findings=("art6.late",), fields=(("IT Project Proposal", "plan_year"),)),
        ("art06/*",),
    )
    zh = page(small(one), "zh")
    assert "- **承载**：规则 `x.y`；核查问题 1种（见“用户所见”）；表单字段 Proposal“plan_year”（`plan_year`）" in zh
    assert "- **用户所见**（`art6.late`，须走例外审批）：【第六条】晚了〔…〕天。请走例外。" in zh
    assert "- **案例**：2个——`art06/in time`等" in zh
    assert "## 一、尚无承载的要求\n\n无。" in zh
    en = page(small(one), "en")
    assert "- **Carried by:** rules `x.y`; findings 1 (below); fields Proposal `plan_year`" in en
    assert "- **Cases:** 2 – `art06/in time` and 1 more" in en


def test_what_is_not_carried_is_said_at_the_top_and_in_its_place() -> None:
    one = demand("6.1", Carriers(), later=Text("由办理端实现。", "With the desk."))
    zh, en = page(small(one), "zh"), page(small(one), "en")
    assert "| 6.1 | 〔办法〕按时申报。 | 由办理端实现。 |" in zh
    assert "- **承载**：尚无" in zh
    assert "| 6.1 | [measure] Declare in time. | With the desk. |" in en
    assert "- **Carried by:** nothing yet" in en


@pytest.mark.parametrize(
    "key, zh, en",
    [
        ("6", "第六条　申报", "Article 6: Declaration"),
        ("C", "C　申报", "C. Declaration"),
    ],
)
def test_chapters_have_their_titles(key: str, zh: str, en: str) -> None:
    chapter = Chapter(key, Text("申报", "Declaration"), Text("", ""), ())
    assert (chapter_title(chapter, "zh"), chapter_title(chapter, "en")) == (zh, en)


def test_the_played_years_count_for_actions_states_and_findings() -> None:
    proposal = "IT Project Proposal"
    one = demand(
        "6.1", Carriers(findings=("art6.late",), actions=((proposal, "Hand In"),), states=((proposal, "Draft"),))
    )
    played = {(proposal, "Hand In"): ("2024_a", "2025_b"), ("", "art6.late"): ("2024_a",), (proposal, "Other"): ("x",)}
    material = replace(small(one), played=played)
    assert material.plays_of(one) == ("2024_a", "2025_b", "2024_a")
    assert "- **演示**：历年演示中3次——`2024_a`等\n" in page(material, "zh")
    assert "- **Played:** 3 times – `2024_a` and others\n" in page(material, "en")
    assert "演示**" not in page(small(one), "zh")
