"""``template`` and ``check`` as a clerk uses them: filled is fine, each way of spoiling it is found by its code."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kaihua_infoproj.policy.strict_yaml import read_bytes

from .program import Outcome, call, is_chinese, program, refused

DAY = "2026-09-20"
FORMS = [
    ("declaration", "construction"),
    ("declaration", "O&M"),
    ("declaration", "service"),
    ("change", "construction"),
    ("acceptance", "construction"),
    ("acceptance", "O&M"),
    ("acceptance", "service"),
]


@cache
def template(form: str, kind: str, *more: str) -> str:
    return call("template", form, "--kind", kind, "--at", DAY, *more).stdout


def check(tmp_path: Path, text: str, *more: str, name: str = "表.yaml") -> Outcome:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return call("check", file, "--at", DAY, *more)


@pytest.mark.parametrize(("form", "kind"), FORMS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_filled_template_is_fine(tmp_path: Path, form: str, kind: str, lang: str) -> None:
    text = template(form, kind, "--filled", "--lang", lang)
    assert is_chinese(text)
    plain = check(tmp_path, text, "--json")
    assert (plain.code, plain.stderr) == (0, "")
    assert plain.json["ok"] is True
    assert plain.json["form"] == form
    assert {f["severity"] for f in plain.json["findings"]} <= {"note"}
    assert check(tmp_path, text).stdout.strip().splitlines()[-1].endswith(("可以报送。", "请阅看提示。"))
    assert "0 to correct" in check(tmp_path, text, "--lang", "en").stdout


@pytest.mark.parametrize(("form", "kind"), FORMS)
def test_an_empty_template_can_be_read_and_says_what_is_missing(tmp_path: Path, form: str, kind: str) -> None:
    outcome = check(tmp_path, template(form, kind), "--json")
    if form == "change":  # its base must be stated before anything can be said
        assert (outcome.code, outcome.json["error"]["field"]) == (2, "base_amount")
        assert outcome.json["error"]["line"] > 1
    else:
        assert (outcome.code, outcome.json["ok"]) == (1, False)
        assert len(outcome.json["findings"]) >= 5


@pytest.mark.parametrize(("form", "kind"), FORMS)
def test_the_template_is_the_same_on_stdout_in_a_file_and_in_json(tmp_path: Path, form: str, kind: str) -> None:
    file = tmp_path / "空表.yaml"
    words = ("template", form, "--kind", kind, "--at", DAY)
    assert call(*words, "--out", file).code == 0
    assert file.read_text(encoding="utf-8") == template(form, kind) == call(*words, "--json").json["text"]


# --- spoilt ---------------------------------------------------------------------------------------------------------

TAKE_OUT = object()
Spoilt = dict[str, Any]
SPOILINGS: dict[tuple[str, str], dict[str, tuple[Spoilt, str]]] = {
    ("declaration", "construction"): {
        "no necessity": ({"necessity": TAKE_OUT}, "art4.missing.necessity"),
        "no social benefit": ({"targets[3]": TAKE_OUT}, "art4.targets.social"),
        "a cent more in funds": ({"funding_lines[1].amount": "1500000.01"}, "art4.funds_total"),
        "no fiscal source": (
            {"funding_lines": [{"source": "单位自有资金", "year": 2027, "amount": "2238200.00"}]},
            "art2.no_fiscal_source",
        ),
        "35 months of O&M": ({"om_months": 35}, "art6.om_months"),
        "no supervision line": ({"investment_lines[13].category": "其他"}, "art11.supervision_line"),
        "no line for the planned assessment": ({"investment_lines[10].category": "其他"}, "art11.test_line"),
        "no cloud": ({"deploys_on_cloud": "否"}, "art3.3"),
        "an APP of its own": ({"entry_points": ["独立APP"]}, "art3.4"),
        "no interface plan": ({"collection_plan[2].interface_plan": TAKE_OUT}, "art3.5"),
        "no use of the cloud described": ({"cloud_use": TAKE_OUT}, "art5.missing.cloud_use"),
        "hardware without justification": (
            {"investment_lines[8].hardware_justification": TAKE_OUT},
            "art4.hardware_justification",
        ),
        "two quotations": ({"investment_lines[7].quotations": ["甲.pdf", "乙.pdf"]}, "form.quotations"),
        "an answer of article 3 left out": ({"negative_checks[6].applies": TAKE_OUT}, "art3.missing.applies"),
        "a machine room": ({"negative_checks[1].applies": "涉及"}, "art3.1"),
        "a plan year too far": ({"plan_year": 2028}, "art6.plan_year"),
        "weights above 100": ({"targets[1].weight": 21}, "form.target_weights"),
        "ends before it begins": ({"planned_end": "2027-02-28"}, "form.planned_period"),
        "amount and price differ": ({"investment_lines[3].amount": "180001.00"}, "form.line_amount"),
        "a phone left out": ({"contact_phone": TAKE_OUT}, "form.missing.contact_phone"),
    },
    ("declaration", "O&M"): {
        "bulk replacement": ({"investment_lines[2].is_bulk_replacement": True}, "art6.bulk_replacement"),
        "no scope": ({"om_scope": TAKE_OUT}, "form.missing.om_scope"),
        "no objectives": ({"objectives": TAKE_OUT}, "form.missing.objectives"),
        "no economic benefit": ({"targets[3].level_2": "社会效益"}, "form.targets.economic"),
        "a cent less in funds": ({"funding_lines[1].amount": "210319.99"}, "art4.funds_total"),
        "one quotation": ({"investment_lines[1].quotations": ["甲.pdf"]}, "form.quotations"),
        "no security measures": ({"security_measures": TAKE_OUT}, "form.missing.security_measures"),
        "no commitment": ({"truthfulness_commitment": TAKE_OUT}, "art6.missing.truthfulness_commitment"),
        "an answer twice": ({"negative_checks[2].item": 1}, "art3.answered_twice"),
        "amount and price differ": ({"investment_lines[3].amount": "9360.01"}, "form.line_amount"),
    },
    ("declaration", "service"): {
        "no scope": ({"service_scope": TAKE_OUT}, "form.missing.service_scope"),
        "no deliverable": ({"service_scope[1].deliverable": TAKE_OUT}, "form.missing.deliverable"),
        "no scheme": ({"scheme_file": TAKE_OUT}, "form.missing.scheme_file"),
        "no sealed form": ({"sealed_form": TAKE_OUT}, "form.missing.sealed_form"),
        "no field": ({"project_field": TAKE_OUT}, "form.missing.project_field"),
        "no lines": ({"investment_lines": TAKE_OUT}, "form.missing.investment_lines"),
        "no funds": ({"funding_lines": TAKE_OUT}, "form.missing.funding_lines"),
        "a zombie answer open": ({"negative_checks[7].applies": "涉及"}, "art3.7"),
        "an addition without its reason": (
            {"declaration_type": "当年追加", "plan_year": 2026},
            "art6.missing.addition_reason",
        ),
        "no social benefit": ({"targets[2].level_2": "经济效益"}, "form.targets.social"),
    },
    ("change", "construction"): {
        "no reason": ({"reason": TAKE_OUT}, "art12.missing.reason"),
        "carried out already": ({"not_yet_carried_out": False}, "art12.carried_out"),
        "not said whether carried out": ({"not_yet_carried_out": TAKE_OUT}, "art12.missing.not_yet_carried_out"),
        "no scheme": ({"adjusted_scheme": TAKE_OUT}, "form.change.adjusted_scheme"),
        "no cost basis": ({"cost_basis": TAKE_OUT}, "form.change.cost_basis"),
        "a line without reason": ({"lines[1].reason": TAKE_OUT}, "form.change.line_reason"),
        "no kinds": ({"change_kinds": TAKE_OUT}, "form.change.kinds"),
        "investment without lines": ({"lines": TAKE_OUT}, "art12.missing.lines"),
        "content without passages": ({"content_changes": TAKE_OUT}, "form.change.content_changes"),
        "lines without the kind": ({"change_kinds": ["建设内容"]}, "form.change.kind_investment"),
        "period without its end": ({"change_kinds": ["建设内容", "投资", "工期"]}, "form.change.new_end"),
        "supplement above 10 %": (
            {"supplements": [{"order": "演示合同1", "original": "100000.00", "supplement": "10000.01"}]},
            "art12.supplement",
        ),
    },
    ("acceptance", "construction"): {
        "not all built": ({"all_built_on": TAKE_OUT}, "art13.gate.all_built"),
        "no data dictionary": ({"data_dictionary_received_on": TAKE_OUT}, "art13.gate.data_dictionary_handed_in"),
        "no preliminary acceptance": ({"preliminary_accepted_on": TAKE_OUT}, "art13.gate.preliminary_acceptance"),
        "no trial": ({"trial_start": TAKE_OUT}, "art13.gate.no_trial"),
        "a day too early": ({"applied_on": "2026-07-15"}, "art13.gate.trial_not_over"),
        "not stable": ({"stable_and_normal": False}, "art13.gate.stable_and_normal"),
        "not connected": ({"zone_connected_on": TAKE_OUT}, "art13.gate.connected_to_the_data_zone"),
        "nothing collected": ({"trial_data_collected_on": TAKE_OUT}, "art13.gate.trial_data_collected"),
        "trial before preliminary acceptance": ({"preliminary_accepted_on": "2026-04-16"}, "art13.order_before_trial"),
        "trial before all built": ({"all_built_on": "2026-04-16"}, "art13.order"),
        "a gate without evidence": ({"gates[5].evidence": TAKE_OUT}, "art13.gate_evidence"),
        "no summary": ({"summary": TAKE_OUT}, "form.acceptance.summary"),
        "second round without the first": ({"round": 2}, "art13.previous_round"),
        "a collection row without reason": ({"collections[1].rows_collected": 0}, "art13.collection_row"),
    },
    ("acceptance", "O&M"): {
        "no end": ({"service_to": TAKE_OUT}, "form.service.period"),
        "ends before it begins": ({"service_from": "2027-01-01"}, "form.service.period"),
        "not over": ({"service_to": "2026-12-31"}, "form.service.not_over"),
        "no deliverables": ({"deliverables": TAKE_OUT}, "form.service.deliverables"),
        "a deliverable not delivered": ({"deliverables[1].delivered": TAKE_OUT}, "form.service.deliverable"),
        "a deliverable not agreed on": ({"deliverables[1].agreed": TAKE_OUT}, "form.service.deliverable"),
        "no score": ({"service_score": TAKE_OUT}, "form.service.score"),
        "no level": ({"service_level_reached": TAKE_OUT}, "form.service.level"),
        "no report": ({"completion_report": TAKE_OUT}, "form.service.report"),
        "no start": ({"service_from": TAKE_OUT}, "form.service.period"),
    },
}
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")


def spoil(data: Any, changes: Spoilt) -> Any:
    """The data with each path set, or taken out."""
    out = copy.deepcopy(data)
    for path, value in changes.items():
        *before, last = [name or int(number) - 1 for name, number in _STEP.findall(path)]
        parent = out
        for step in before:
            parent = parent[step]
        if value is TAKE_OUT:
            del parent[last]
        else:
            parent[last] = value
    return out


@pytest.mark.parametrize(("form", "kind", "how"), [(*key, how) for key, ways in SPOILINGS.items() for how in ways])
def test_a_spoilt_paper_is_found_by_its_code(tmp_path: Path, form: str, kind: str, how: str) -> None:
    changes, code = SPOILINGS[form, kind][how]
    data = read_bytes(template(form, kind, "--filled").encode()).data
    text = json.dumps(spoil(data, changes), ensure_ascii=False, indent=1)
    plain, chinese = check(tmp_path, text, "--json", name="表.json"), check(tmp_path, text, name="表.json")
    assert (plain.code, chinese.code) == (1, 1)
    assert plain.stderr == chinese.stderr == ""
    found = {f["code"]: f for f in plain.json["findings"]}
    assert code in found, sorted(found)
    assert found[code]["severity"] in ("blocks", "exception")
    assert found[code]["zh"] in chinese.stdout
    assert found[code]["zh"].startswith("【")
    assert found[code]["en"] in check(tmp_path, text, "--lang", "en", name="表.json").stdout
    assert chinese.stdout.strip().splitlines()[-1].endswith("然后报送。")


@pytest.mark.parametrize("key", SPOILINGS)
def test_each_form_is_spoilt_in_at_least_ten_ways(key: tuple[str, str]) -> None:
    assert len(SPOILINGS[key]) >= 10


def test_a_finding_names_line_and_label(tmp_path: Path) -> None:
    text = template("declaration", "construction", "--filled").replace("om_months: 36", "om_months: 35")
    line = text.splitlines().index("om_months: 35") + 1
    finding = next(f for f in check(tmp_path, text, "--json").json["findings"] if f["code"] == "art6.om_months")
    assert (finding["field"], finding["line"]) == ("om_months", line)
    assert f"位置：第{line}行，om_months（" in check(tmp_path, text).stdout
    assert f"Where: line {line}, om_months (" in check(tmp_path, text, "--lang", "en").stdout


def test_a_missing_field_is_said_not_to_be_there(tmp_path: Path) -> None:
    text = template("declaration", "construction", "--filled")
    without = "\n".join(line for line in text.split("\n") if not line.startswith("unit_head:"))
    assert "unit_head（单位主要负责人），文件中没有这一项" in check(tmp_path, without).stdout


def test_several_files_take_the_worst_exit_code(tmp_path: Path) -> None:
    good, bad = tmp_path / "好.yaml", tmp_path / "坏.yaml"
    good.write_text(template("declaration", "service", "--filled"), encoding="utf-8")
    bad.write_text(template("declaration", "service"), encoding="utf-8")
    plain = call("check", good, bad, "--at", DAY, "--json")
    assert plain.code == 1
    assert [(row["file"], row["ok"]) for row in plain.json["files"]] == [(str(good), True), (str(bad), False)]
    assert "error" not in plain.json
    assert call("check", good, good, "--at", DAY).code == 0


def test_what_the_county_knows_of_systems_counts(tmp_path: Path) -> None:
    register = tmp_path / "台账.yaml"
    register.write_text(
        "zombie_listings:\n  - department: 演示县综合行政执法局\n    system: 演示旧系统\n"
        "    listed_on: 2025-09-20\n    document: 演示通报\n",
        encoding="utf-8",
    )
    text = template("declaration", "construction", "--filled")
    assert "art3.7" in {
        f["code"] for f in check(tmp_path, text, "--register", str(register), "--json").json["findings"]
    }


def test_a_classified_project_is_not_repeated(tmp_path: Path) -> None:
    text = template("declaration", "construction", "--filled").replace("is_classified: false", "is_classified: true")
    outcome, plain = check(tmp_path, text), check(tmp_path, text, "--json")
    assert outcome.code == plain.code == 2
    assert "涉密项目" in outcome.stderr
    assert "停车" not in outcome.stdout + outcome.stderr + plain.stdout


def test_before_the_measure_there_are_no_rules(tmp_path: Path) -> None:
    file = tmp_path / "表.yaml"
    file.write_text(template("change", "construction", "--filled"), encoding="utf-8")
    refused("check", file, "--at", "2020-08-04", says="最早自2020年8月5日起施行")


# --- writing the template -------------------------------------------------------------------------------------------


def test_a_filled_form_is_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "申报表.yaml"
    words = ("template", "declaration", "--out", file, "--at", DAY)
    assert call(*words).code == 0
    assert call(*words, "--filled").code == 0  # a template as it was written may be replaced
    file.write_text("form: declaration\nproject_name: 我们填的\n", encoding="utf-8")
    refused(*words, says="文件已存在", field="--out", file=file)
    assert "我们填的" in file.read_text(encoding="utf-8")
    assert call(*words, "--force").code == 0
    assert "我们填的" not in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(("target", "says"), [("没有的目录/表.yaml", "目录不存在"), ("", "目录")])
def test_a_place_that_cannot_be_written_is_refused_and_nothing_is_left(tmp_path: Path, target: str, says: str) -> None:
    refused("template", "change", "--out", tmp_path / target, "--at", DAY, says=says, field="--out")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_is_full_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    file = tmp_path / "表.yaml"
    file.write_text("", encoding="utf-8")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    refused("template", "change", "--out", file, "--at", DAY, says="无法写入", field="--out")
    assert [path.name for path in tmp_path.iterdir()] == ["表.yaml"]


def test_written_files_are_readable_by_others(tmp_path: Path) -> None:
    outcome = program("template", "change", "--out", "表.yaml", cwd=tmp_path)
    assert outcome.code == 0
    assert (tmp_path / "表.yaml").stat().st_mode & 0o444 == 0o444
    assert [path.name for path in tmp_path.iterdir()] == ["表.yaml"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("template",), "没有写明"),
        (("template", "申请书"), "declaration、change、acceptance"),
        (("template", "change", "--kind", "其他"), "construction、O&M、service"),
    ],
)
def test_what_is_refused(words: tuple[str, ...], says: str) -> None:
    refused(*words, says=says)


@pytest.mark.parametrize(
    ("word", "form"), [("申报表", "declaration"), ("调整申报表", "change"), ("验收申请", "acceptance")]
)
def test_forms_may_be_named_in_chinese(word: str, form: str) -> None:
    assert call("template", word, "--json").json["form"] == form
