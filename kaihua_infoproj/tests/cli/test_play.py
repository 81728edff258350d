"""``play`` and ``demo``: acts told one by one, expectations met or not, and a folder of one's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from .program import Outcome, call, program, refused

SCENARIO = """\
title: 演示情景
units:
  - {key: dzj, name: 演示县大数据中心}
  - {key: zfj, name: 演示县综合行政执法局}
people:
  - {key: clerk, name: 演示·张某, department: zfj, roles: [IT Project Applicant]}
  - {key: head, name: 演示·李某, department: zfj, roles: [IT Project Unit Head]}
  - {key: centre, name: 演示·王某, department: dzj, roles: [IT Project Data Centre Officer]}
acts:
  - {at: 2026-08-07T09:20:00+08:00, by: clerk, do: create, doc: p1, doctype: IT Project Proposal,
     data_file: 申报表.yaml}
  - {at: 2026-08-08T09:20:00+08:00, by: clerk, do: decide, doc: p1, action: Hand In, expect: {EXPECT}}
  - {at: 2026-08-09T09:20:00+08:00, by: centre, do: decide, doc: p1, action: Sign and Send,
     expect: {refused: flow.not_your_role}}
"""


def scenario(tmp_path: Path, expect: str = "state: Unit Sign-off") -> Path:
    file, paper = tmp_path / "情景.yaml", tmp_path / "申报表.yaml"
    paper.write_text(call("template", "declaration", "--filled", "--at", "2026-08-07").stdout, encoding="utf-8")
    file.write_text(SCENARIO.replace("EXPECT", expect), encoding="utf-8")
    return file


def test_acts_are_told_one_by_one(tmp_path: Path) -> None:
    file = scenario(tmp_path)
    chinese = call("play", file)
    assert chinese.code == 0, chinese
    assert "演示·张某（演示县综合行政执法局经办人）：提交单位签发" in chinese.stdout
    assert "填报中 → 待单位签发" in chinese.stdout
    assert "不予办理，一切照旧" in chinese.stdout
    assert "共3步，全部与预期一致" in chinese.stdout
    assert "refused, nothing changed" in call("play", file, "--lang", "en").stdout
    quiet = call("play", file, "--quiet")
    assert "提交单位签发" not in quiet.stdout
    assert "城区公共停车数据归集与管理系统" in quiet.stdout


def test_the_play_as_json(tmp_path: Path) -> None:
    data = call("play", scenario(tmp_path), "--json").json
    assert (data["ok"], data["total"], data["failed"]) == (True, 3, 0)
    assert [act["state"] for act in data["acts"]] == ["Proposal Draft", "Unit Sign-off", "Unit Sign-off"]
    assert data["acts"][2]["refused"] == "flow.not_your_role"
    assert data["acts"][0]["at"] == "2026-08-07T09:20:00+08:00"
    assert [project["title"] for project in data["projects"]] == ["城区公共停车数据归集与管理系统（演示数据）"]
    assert all(len(row["head"]) == 64 for row in data["ledgers"])


@pytest.mark.parametrize("expect", ["state: Proposal Draft", "refused: art6.late", "findings: [art6.late]"])
def test_an_act_that_is_not_as_expected_is_exit_1_and_named(tmp_path: Path, expect: str) -> None:
    file = scenario(tmp_path, expect)
    plain, chinese = call("play", file, "--json"), call("play", file, "--quiet")
    assert (plain.code, chinese.code) == (1, 1)
    assert plain.json["failed"] == 1
    assert [act["ok"] for act in plain.json["acts"]] == [True, False, True]
    problem = plain.json["acts"][1]["problem"]
    assert problem["zh"] in chinese.stdout
    assert problem["en"] in " ".join(call("--lang", "en", "play", file, "--quiet").stdout.split())
    assert f"情景.yaml:{plain.json['acts'][1]['line']}" in chinese.stdout


@pytest.mark.parametrize(
    ("change", "says", "line"),
    [
        (("by: clerk, do: create", "by: nobody, do: create"), "没有人员“nobody”", 10),
        (("do: create", "do: delete"), "do 只能是", 10),
        (("2026-08-07T09:20:00+08:00", "2026-08-07"), "时区", 10),
        (("title: 演示情景", "titel: 演示情景"), "未知的键“titel”", 1),
        (("doctype: IT Project Proposal", "doctype: ToDo"), "文档种类", 10),
        (("roles: [IT Project Applicant]", "roles: [Administrator]"), "未知的岗位", 6),
    ],
)
def test_a_scenario_that_cannot_be_read_names_its_line(
    tmp_path: Path, change: tuple[str, str], says: str, line: int
) -> None:
    file = scenario(tmp_path)
    text = file.read_text(encoding="utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change, 1), encoding="utf-8")
    refused("play", file, says=says, line=line, file=file)


def test_a_folder_of_scenarios_is_played_as_one_world(tmp_path: Path) -> None:
    folder = tmp_path / "情景"
    folder.mkdir()
    scenario(folder)
    (folder / "申报表.yaml").rename(tmp_path / "申报表.yaml")
    file = folder / "情景.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("申报表.yaml", "../申报表.yaml"), encoding="utf-8")
    assert call("play", folder, "--json").json["total"] == 3


def test_an_empty_folder_holds_no_scenario(tmp_path: Path) -> None:
    refused("play", tmp_path, says="没有找到情景文件", file=tmp_path)


# --- demo ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def years(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Outcome]:
    folder = tmp_path_factory.mktemp("demo")
    return folder / "kaihua-demo", program("demo", "--quiet", cwd=folder)


def test_the_demo_goes_as_expected_and_says_where_it_lies(years: tuple[Path, Outcome]) -> None:
    folder, outcome = years
    assert outcome.code == 0, outcome
    assert outcome.stderr == ""
    assert "全部与预期一致" in outcome.stdout
    assert "网页：kaihua-demo/index.html" in outcome.stdout
    assert "verify kaihua-demo/ledgers/*.jsonl" in outcome.stdout
    assert sorted(path.name for path in folder.iterdir()) == [".kaihua-demo", "index.html", "ledgers"]


def test_the_demos_ledgers_hold(years: tuple[Path, Outcome]) -> None:
    files = sorted((years[0] / "ledgers").glob("*.jsonl"))
    assert files
    plain = call("verify", *files, "--json")
    assert plain.code == 0
    assert all(row["ok"] and row["rows"] for row in plain.json["files"])


def test_the_demos_page_stands_alone(years: tuple[Path, Outcome]) -> None:
    page = (years[0] / "index.html").read_text(encoding="utf-8")
    assert page.lstrip().lower().startswith("<!doctype html>")
    for outside in ('src="http', "src='http", '<link rel="stylesheet" href="http', "@import"):
        assert outside not in page


def test_twice_overwrites_its_own_files_only(years: tuple[Path, Outcome]) -> None:
    folder = years[0]
    mine = folder / "我的笔记.txt"
    mine.write_text("保留", encoding="utf-8")
    gone = folder / "ledgers" / "旧.jsonl"
    gone.write_text("", encoding="utf-8")
    listing = folder / ".kaihua-demo"
    listing.write_text(listing.read_text(encoding="utf-8") + "ledgers/旧.jsonl\n../外.txt\n", encoding="utf-8")
    outside = folder.parent / "外.txt"
    outside.write_text("不属于演示", encoding="utf-8")
    before = (folder / "index.html").read_bytes()
    assert call("demo", "--out", folder, "--quiet").code == 0
    assert mine.read_text(encoding="utf-8") == "保留"
    assert outside.read_text(encoding="utf-8") == "不属于演示"
    assert not gone.exists()
    assert (folder / "index.html").read_bytes() == before


def test_a_file_of_somebody_else_is_not_overwritten(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("我的网页", encoding="utf-8")
    outcome = call("demo", "--out", tmp_path, "--quiet", "--json")
    assert outcome.code == 2
    assert outcome.json["error"]["file"] == str(page)
    assert page.read_text(encoding="utf-8") == "我的网页"
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "文件"
    file.write_text("", encoding="utf-8")
    refused("demo", "--out", file, says="不是目录", file=file, field="--out")
