"""Findings: sentences from one catalogue, every one with article, fact, limit and way out, in both languages."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from kaihua_infoproj.policy import finding as finding_module
from kaihua_infoproj.policy.calendar import SHANGHAI
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.finding import (
    Finding,
    Severity,
    blocking,
    catalogue,
    found,
    load_sentences,
    plain_fact,
)
from kaihua_infoproj.policy.parameter import in_force
from kaihua_infoproj.policy.strict_yaml import read_bytes
from kaihua_infoproj.policy.text import Text, amount_text, date_text, fill, plain_decimal, write, yuan_text

RULES = in_force(date(2026, 5, 1))


def change() -> Finding:
    return found(
        "art12.amount",
        {"gross": Decimal("300000.00")},
        uses=[RULES.use("change_joint_amount")],
        comparison="300000.00 ≥ 200000.00",
        field="gross",
    )


# --- one finding -----------------------------------------------------------------------------------------------------


def test_a_finding_says_article_fact_limit_and_way_out() -> None:
    finding = change()
    assert finding.zh == (
        "【第十二条】本次变更涉及金额300,000.00元，已达到200,000.00元的限额。"
        "由县大数据中心会同县发改局、县财政局审核同意后方可实施。"
    )
    assert finding.en.startswith(
        "[art. 12] This change moves 300,000.00 yuan, which reaches the limit of 200,000.00 yuan."
    )
    assert finding.en.endswith("carry it out once they agree.")
    assert not finding.blocking


def test_a_finding_as_json_holds_it() -> None:
    plain = change().as_plain()
    assert {"code", "article", "severity", "zh", "en"} <= set(plain)
    assert (plain["code"], plain["article"], plain["severity"]) == ("art12.amount", "12", "note")
    assert plain["facts"] == {"gross": "300000.00"} and plain["comparison"] == "300000.00 ≥ 200000.00"
    assert plain["field"] == "gross"
    assert plain["parameters"] == [
        {
            "name": "change_joint_amount",
            "value": "200000.00",
            "unit": "yuan",
            "since": "2020-08-05",
            "document": "《开化县信息化项目管理办法（试行）》",
            "article": "12",
            "judgement": False,
            "source": "floor",
        }
    ]


def test_a_recorded_exception_turns_the_same_code_into_a_note() -> None:
    blocked = found("art12.missing.reason")
    noted = found("art12.missing.reason", severity=Severity.NOTE, way_out=Text("", ""))
    assert blocked.blocking and not noted.blocking and noted.code == blocked.code
    assert noted.zh == "【第十二条】未填写变更理由。" and noted.en == "[art. 12] The reason of the change is missing."
    assert blocking([noted, blocked, change()]) == (blocked,)


def test_only_notes_do_not_block() -> None:
    kinds = [found("art12.missing.reason", severity=s) for s in (Severity.BLOCKS, Severity.EXCEPTION, Severity.NOTE)]
    assert [f.blocking for f in kinds] == [True, True, False]
    assert [s.label.zh for s in Severity] == ["须纠正", "须走例外审批", "提示"]


def test_a_forgotten_fact_or_code_is_a_mistake_of_the_program() -> None:
    with pytest.raises(KeyError):
        found("art12.no_such_code")
    with pytest.raises(KeyError):
        found("art12.amount", {"gross": Decimal(1)})


# --- how values are written ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value, plain",
    [
        (Decimal("300000"), "300000.00"),
        (Decimal("15.0004"), "15.0004"),
        (date(2026, 9, 30), "2026-09-30"),
        (datetime(2026, 9, 30, 17, tzinfo=SHANGHAI), "2026-09-30T17:00:00+08:00"),
        (Text("甲", "a"), {"zh": "甲", "en": "a"}),
        ((Decimal(1), Text("甲", "a")), ["1.00", {"zh": "甲", "en": "a"}]),
        (["x"], ["x"]),
        (3, 3),
        (None, None),
        (True, True),
    ],
)
def test_facts_as_json_holds_them(value: object, plain: object) -> None:
    assert plain_fact(value) == plain


@pytest.mark.parametrize(
    "value, zh, en",
    [
        (Text("甲", "a"), "甲", "a"),
        (True, "是", "yes"),
        (False, "否", "no"),
        (Decimal("15.00"), "15", "15"),
        (Decimal("1E+2"), "100", "100"),
        (Decimal("0.10"), "0.1", "0.1"),
        (date(2026, 9, 3), "2026年9月3日", "2026-09-03"),
        (datetime(2026, 9, 3, 8, 5, tzinfo=SHANGHAI), "2026年9月3日 08:05", "2026-09-03 08:05"),
        ("文字", "文字", "文字"),
        (("a", Text("乙", "b")), "a、乙", "a, b"),
        (7, "7", "7"),
    ],
)
def test_facts_as_people_read_them(value: object, zh: str, en: str) -> None:
    assert (write(value, "zh"), write(value, "en")) == (zh, en)


def test_amounts_and_decimals() -> None:
    assert yuan_text(Decimal("1234567.5"), "zh") == "1,234,567.50元"
    assert yuan_text(Decimal("-0.01"), "en") == "-0.01 yuan"
    assert yuan_text(Decimal("0.125"), "en") == "0.13 yuan"
    assert amount_text(Decimal("0.125")) == "0.13"
    assert amount_text(Decimal("1E+3")) == "1000.00"
    assert plain_decimal(Decimal("1.3900")) == "1.39" and plain_decimal(Decimal("100")) == "100"
    assert date_text(date(2026, 1, 2), "zh") == "2026年1月2日"


def test_places_in_a_sentence() -> None:
    assert fill("{a:yuan}与{b}", {"a": Decimal(1), "b": Decimal("1.0")}, "zh") == "1.00元与1"
    with pytest.raises(ValueError, match="unknown way of writing"):
        fill("{a:pounds}", {"a": 1}, "zh")


# --- the catalogue ---------------------------------------------------------------------------------------------------


def test_every_sentence_is_whole_in_both_languages() -> None:
    for code, sentence in catalogue().items():
        assert sentence.code == code and sentence.said.zh and sentence.said.en
        assert sentence.said.zh[-1] in "。}" and sentence.said.en[-1] in ".}", code
        places = re.compile(r"\{(\w+)")
        for text in (sentence.said, sentence.way_out):
            english = places.findall(text.en) + places.findall(sentence.said.en)
            assert set(places.findall(text.zh)) <= set(english), code
        if sentence.severity is not Severity.NOTE:
            assert sentence.way_out.zh and sentence.way_out.en, code


def test_codes_name_their_article() -> None:
    for code, sentence in catalogue().items():
        root = code.split(".")[0]
        assert re.fullmatch(r"(art\d+(\.\d)?|form|cost|flow|gate)(\.[a-z0-9_]+)*|art\d+\.\d(\.[a-z0-9_]+)*", code), code
        if root.startswith("art") and sentence.article[0].isdigit():
            assert sentence.article.split(".")[0] == root[3:], code


SENTENCE = 'x.y: {article: "12", severity: blocks, zh: 甲。, en: A., way_out_zh: 乙。, way_out_en: B.}\n'


@pytest.mark.parametrize(
    "old, new, words",
    [
        ("severity: blocks", "severity: heavy", "severity 只能是"),
        (", way_out_zh: 乙。", "", "必须写明出路"),
        (", way_out_en: B.", "", "必须写明出路"),
        (", en: A.", "", "每条须有且只有"),
        (", en: A.", ", en: A., more: 1", "每条须有且只有"),
        (
            '{article: "12", severity: blocks, zh: 甲。, en: A., way_out_zh: 乙。, way_out_en: B.}',
            "1",
            "每条须有且只有",
        ),
    ],
)
def test_refused_sentences(old: str, new: str, words: str) -> None:
    assert old in SENTENCE
    with pytest.raises(InputError, match=words) as caught:
        load_sentences(read_bytes(SENTENCE.replace(old, new).encode(), file="句.yaml"))
    assert caught.value.file == "句.yaml" and caught.value.line == 1 and caught.value.field.startswith("x.y")


def test_a_note_needs_no_way_out() -> None:
    text = SENTENCE.replace("blocks", "note").replace(", way_out_zh: 乙。, way_out_en: B.", ", judgement: true")
    sentence = load_sentences(read_bytes(text.encode()))["x.y"]
    assert sentence.way_out == Text("", "") and sentence.judgement


def test_a_code_is_defined_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding_module, "FOLDER", tmp_path)
    (tmp_path / "a.yaml").write_text(SENTENCE, encoding="utf-8")
    assert set(catalogue.__wrapped__()) == {"x.y"}
    (tmp_path / "b.yaml").write_text(SENTENCE, encoding="utf-8")
    with pytest.raises(InputError, match=r"“x\.y”重复定义") as caught:
        catalogue.__wrapped__()
    assert caught.value.file.endswith("b.yaml")
