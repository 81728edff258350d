"""``workflow``: shipped ones are sound, damaged ones are found, and both are drawn."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kaihua_infoproj.flow.definition import FOLDER, shipped_doctypes
from kaihua_infoproj.flow.terms import term

from .program import call, program, refused

Record = dict[str, Any]


def test_all_shipped_workflows_are_sound() -> None:
    plain = call("workflow", "--json")
    assert plain.code == 0
    assert plain.json["ok"] is True
    assert [row["doctype"] for row in plain.json["workflows"]] == list(shipped_doctypes())
    assert call("workflow").stdout.count("检查通过") == len(shipped_doctypes())
    assert "way on" in call("workflow", "--lang", "en").stdout


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_a_shipped_workflow_by_each_of_its_names(doctype: str) -> None:
    name = term(doctype)
    for asked in (doctype, name.zh, name.en, name.en.lower()):
        plain = call("workflow", asked, "--json")
        assert plain.code == 0
        assert (plain.json["doctype"], plain.json["ok"], plain.json["findings"]) == (doctype, True, [])


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_drawings_of_every_workflow(tmp_path: Path, doctype: str) -> None:
    svg = call("workflow", doctype, "--draw", "svg")
    assert (svg.code, svg.stderr) == (0, "")
    assert ET.fromstring(svg.stdout).tag.endswith("svg")
    assert call("workflow", doctype, "--draw", "mermaid").stdout.startswith("stateDiagram-v2")
    file = tmp_path / "图.svg"
    written = call("workflow", doctype, "--draw", "svg", "--out", file)
    assert written.code == 0
    assert file.read_text(encoding="utf-8") == svg.stdout
    assert str(file) in written.stdout


def test_a_drawing_in_json() -> None:
    drawing = call("workflow", "Change", "--draw", "mermaid").stdout
    assert call("workflow", "Change", "--draw", "mermaid", "--json").json["drawing"] == drawing
    assert "Data Centre Examination" in call("workflow", "Change", "--draw", "mermaid", "--lang", "en").stdout


def shipped_record() -> Record:
    file = next(
        path
        for path in FOLDER.glob("*.json")
        if json.loads(path.read_text(encoding="utf-8"))["document_type"] == "IT Project Change"
    )
    record: Record = json.loads(file.read_text(encoding="utf-8"))
    return record


def drop_state(record: Record) -> None:
    record["states"] = [row for row in record["states"] if row["state"] != "Change Correction"]


def lonely_state(record: Record) -> None:
    record["states"].append({"state": "Plan Draft", "doc_status": "0", "allow_edit": "IT Project Unit Head"})


def no_way_on(record: Record) -> None:
    record["transitions"] = [row for row in record["transitions"] if row["state"] != "Change Correction"]


def forbidden_condition(record: Record) -> None:
    record["transitions"][0]["condition"] = "frappe.db.get_value('User', 'x')"


def double(record: Record) -> None:
    record["transitions"].append({**record["transitions"][0], "next_state": "Change Filed"})


@pytest.mark.parametrize("damage", [drop_state, lonely_state, no_way_on, forbidden_condition, double])
def test_a_damaged_workflow_is_found(tmp_path: Path, damage: Callable[[Record], None]) -> None:
    record = shipped_record()
    damage(record)
    file = tmp_path / "流程.json"
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    plain, chinese, english = (call("workflow", file, *words) for words in (("--json",), (), ("--lang", "en")))
    assert (plain.code, chinese.code, english.code) == (1, 1, 1)
    assert plain.json["ok"] is False
    assert plain.json["findings"]
    first = plain.json["findings"][0]
    assert first["code"].startswith("flow.graph.")
    assert first["zh"] in chinese.stdout
    assert first["en"] in english.stdout
    drawn = call("workflow", file, "--draw", "mermaid")
    assert drawn.code == 1
    assert first["zh"] in drawn.stderr


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"doctype": "Workflow", "document_type": "IT Project Change", "states": [], "transitions": []}', "至少"),
        ('{"doctype": "DocType"}', "Workflow"),
        ('{"document_type": "IT Project Change", "stats": []}', "未知的键“stats”"),
        ("[]", "键"),
    ],
)
def test_a_file_that_is_no_workflow_is_refused(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "流程.json"
    file.write_text(text, encoding="utf-8")
    refused("workflow", file, says=says, file=file)


def test_what_is_refused(tmp_path: Path) -> None:
    refused("workflow", "采购", says="随附的流程有：项目申报")
    refused("workflow", "--draw", "svg", says="哪一个流程", field="--draw")
    refused("workflow", "Change", "--out", tmp_path / "图.svg", says="--draw", field="--out")
    refused("workflow", "Change", "--draw", "png", says="mermaid、svg", field="--draw")
    refused(
        "workflow", "Change", "--draw", "svg", "--out", tmp_path / "无" / "图.svg", says="目录不存在", field="--out"
    )
    assert list(tmp_path.iterdir()) == []


def test_it_works_from_elsewhere(tmp_path: Path) -> None:
    assert program("workflow", "项目变更", "--draw", "svg", "--out", "图.svg", cwd=tmp_path).code == 0
    assert (tmp_path / "图.svg").exists()
