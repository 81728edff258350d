"""``parameters`` and ``cases``: what is in force and how it applies."""

from __future__ import annotations

import re

import pytest

from kaihua_infoproj.policy.parameter import floor

from .program import Outcome, call, refused


def test_all_parameters_with_their_sources() -> None:
    data = call("parameters", "--at", "2026-05-01", "--json").json
    by_name = {row["name"]: row for row in data["parameters"]}
    assert set(by_name) == set(floor())
    assert by_name["change_joint_amount"]["value"] == "200000.00"
    assert (by_name["change_joint_amount"]["since"], by_name["change_joint_amount"]["article"]) == ("2020-08-05", "12")
    assert (data["at"], len(data["digest"])) == ("2026-05-01", 64)
    chinese = call("parameters", "--at", "2026-05-01").stdout
    assert "200,000.00元" in chinese
    assert f"参数{len(floor())}项" in chinese
    assert "200,000.00 yuan" in call("parameters", "--at", "2026-05-01", "--lang", "en").stdout


def test_only_judgements() -> None:
    data = call("parameters", "--at", "2026-05-01", "--judgement", "--json").json
    assert {row["judgement"] for row in data["parameters"]} == {True}
    assert len(data["parameters"]) < len(floor())
    assert "均为本县判断" in call("parameters", "--at", "2026-05-01", "--judgement").stdout


def test_the_day_chooses_the_value() -> None:
    def source(day: str) -> str:
        rows = call("parameters", "--at", day, "--json").json["parameters"]
        return str(next(row["value"] for row in rows if row["name"] == "data_sharing_source"))

    assert "354号" in source("2022-02-28")
    assert source("2022-03-01") == "《浙江省公共数据条例》"


@pytest.mark.parametrize("day", ["2020-08-04", "1999-01-01"])
def test_before_the_first_date_there_is_no_value(day: str) -> None:
    refused("parameters", "--at", day, says="最早自2020年8月5日起施行")


def test_on_the_first_date_there_is() -> None:
    assert call("parameters", "--at", "2020-08-05").code == 0


def test_a_chinese_reader_meets_no_stored_words() -> None:
    rows = call("parameters", "--at", "2026-05-01").stdout.splitlines()
    assert not [row for row in rows if re.search(r"\b[a-z]+_[a-z_]+\b|\bnew\b|\bupgrade\b", row)]


@pytest.fixture(scope="module")
def whole_run() -> Outcome:
    return call("cases", "--json")


def test_every_case_is_as_the_rules_say(whole_run: Outcome) -> None:
    assert (whole_run.code, whole_run.json["ok"]) == (0, True)
    assert whole_run.json["total"] == whole_run.json["passed"] == len(whole_run.json["cases"]) >= 250
    assert not [case for case in whole_run.json["cases"] if not case["passed"]]


def test_cases_of_one_article_are_listed_with_their_sentences(whole_run: Outcome) -> None:
    chinese = call("cases", "12")
    assert chinese.code == 0
    assert "【第十二条】" in chinese.stdout
    listed = int(re.findall(r"共(\d+)个案例，全部与规则一致", chinese.stdout)[0])
    assert 0 < listed < whole_run.json["total"]
    assert "[art. 12]" in call("cases", "art12.filing", "--lang", "en").stdout


def test_a_case_that_no_longer_fits_is_exit_1_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from kaihua_infoproj.cli.commands import cases

    wrong = [
        replace(case, codes=("art12.amount",)) for case in cases.load_cases() if "art12.filing" in (case.codes or ())
    ]
    monkeypatch.setattr(cases, "load_cases", lambda: tuple(wrong[:1]))
    plain, chinese = call("cases", "--json"), call("cases")
    assert (plain.code, chinese.code) == (1, 1)
    assert plain.json["cases"][0]["differences"]
    assert wrong[0].name in chinese.stdout
    assert "1个与规则不一致" in chinese.stdout


def test_a_filter_that_nothing_fits_is_refused() -> None:
    refused("cases", "绝无此案", says="没有案例符合“绝无此案”")
