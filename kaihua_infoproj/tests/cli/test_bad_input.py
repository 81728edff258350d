"""Files that are no good, at every door that reads one: one sentence, exit 2, no trace, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest

from .program import call, program, refused

BOMB = "a: &a [x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(20)
)
DOORS = {
    "check": ("check", "FILE", "--at", "2026-05-01"),
    "register": ("check", "/dev/null", "--register", "FILE", "--at", "2026-05-01"),
    "lines": ("change", "--base", "100.00", "--at", "2026-05-01", "--lines", "FILE"),
    "calendar": ("dates", "--from", "2026-01-05", "--working-days", "1", "--calendar", "FILE"),
    "pool": ("draw", "--seed", "1", "--number", "1", "--pool", "FILE"),
    "repeat": ("draw", "--repeat", "FILE"),
    "workflow": ("workflow", "FILE"),
    "play": ("play", "FILE"),
}
FILES: dict[str, tuple[bytes, str]] = {
    "a bomb": (BOMB.encode(), "锚点和别名"),
    "an anchor": (b"form: &f change\n", "锚点和别名"),
    "an alias": (b"form: *f\n", "锚点和别名"),
    "a tag": (b"form: !!python/object/apply:os.system [ls]\n", "标签"),
    "over 5 MB": (b"form: " + b"x" * (5 * 1024 * 1024) + b"\n", "超过5 MB"),
    "GBK": ("项目名称: 演示\n".encode("gbk"), "UTF-8"),
    "a byte-order mark": ("\ufeffform: change\n".encode(), "BOM"),
    "UTF-16": ("form: change\n".encode("utf-16"), "BOM"),
    "a tab": (b"form:\tchange\n", "制表符"),
    "an empty file": (b"", "空的"),
    "blank lines": (b"\n  \n\n", "空的"),
    "two documents": (b"form: change\n---\nform: change\n", "一份文档"),
    "a key twice": (b"form: change\nform: change\n", "重复"),
    "no YAML": (b"form: [change\n", "YAML"),
    "too deep": (b"a: " + b"[" * 60 + b"]" * 60 + b"\n", "层级"),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_no_good_is_refused_at_every_door(tmp_path: Path, door: str, kind: str) -> None:
    raw, says = FILES[kind]
    file = tmp_path / "文件.yaml"
    file.write_bytes(raw)
    refused(*(file if word == "FILE" else word for word in DOORS[door]), says=says, file=file)
    assert [path.name for path in tmp_path.iterdir()] == ["文件.yaml"]


@pytest.mark.parametrize("door", DOORS)
def test_a_file_that_is_missing_or_a_folder_is_refused_at_every_door(tmp_path: Path, door: str) -> None:
    missing = tmp_path / "没有.yaml"
    refused(*(missing if word == "FILE" else word for word in DOORS[door]), says="没有这个文件", file=missing)
    folder = tmp_path / "目录.yaml"
    folder.mkdir()
    says = "没有找到情景文件" if door == "play" else "目录"
    refused(*(folder if word == "FILE" else word for word in DOORS[door]), says=says, file=folder)


@pytest.mark.parametrize("door", DOORS)
def test_json_that_is_none_is_refused_with_its_line(tmp_path: Path, door: str) -> None:
    file = tmp_path / "文件.json"
    file.write_text('{"form": "change",\n "a": 1,\n "a": 2}\n', encoding="utf-8")
    refused(*(file if word == "FILE" else word for word in DOORS[door]), says="重复", file=file)
    file.write_text('{"form": "change",\n "a": }\n', encoding="utf-8")
    refused(*(file if word == "FILE" else word for word in DOORS[door]), says="JSON", file=file, line=2)


@pytest.mark.parametrize("door", ["check", "lines", "calendar", "pool", "workflow"])
def test_a_list_of_nonsense_is_refused(tmp_path: Path, door: str) -> None:
    file = tmp_path / "文件.yaml"
    file.write_text("- 1\n- 二\n", encoding="utf-8")
    refused(*(file if word == "FILE" else word for word in DOORS[door]), file=file)


def test_a_file_without_permission_is_refused_in_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import builtins

    real = builtins.open

    def closed(file: object, *args: object, **kwargs: object) -> object:
        if str(file).endswith("锁.yaml"):
            raise PermissionError(13, "Permission denied", str(file))
        return real(file, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", closed)
    file = tmp_path / "锁.yaml"
    refused("check", file, says="没有读取这个文件的权限", file=file)


# --- values in a paper ------------------------------------------------------------------------------------------------

CHANGE = """\
form: change
base_amount: {base}
reason: 演示
lines:
  - item: 软件
    before_amount: {before}
    after_amount: "2.00"
new_end: {day}
"""


@pytest.mark.parametrize(
    ("values", "says", "line", "field"),
    [
        ({"base": "1e30"}, "金额", 2, "base_amount"),
        ({"base": '"1e30"'}, "金额", 2, "base_amount"),
        ({"base": ".nan"}, "金额", 2, "base_amount"),
        ({"base": '"NaN"'}, "金额", 2, "base_amount"),
        ({"base": '"-1.00"'}, "金额", 2, "base_amount"),
        ({"base": '"1.005"'}, "两位小数", 2, "base_amount"),
        ({"base": '"一百"'}, "金额", 2, "base_amount"),
        ({"base": "100.00"}, "引号", 2, "base_amount"),
        ({"before": "1e30"}, "金额", 6, "lines[1].before_amount"),
        ({"before": '"1,000.00"'}, "千分位", 6, "lines[1].before_amount"),
        ({"day": "2021-02-29"}, "2021-02-29", 8, "new_end"),
        ({"day": "20200931"}, "20200931", 8, "new_end"),
        ({"day": "2026年5月1日"}, "YYYY-MM-DD", 8, "new_end"),
    ],
)
def test_a_value_that_is_none_names_file_line_and_field(
    tmp_path: Path, values: dict[str, str], says: str, line: int, field: str
) -> None:
    file = tmp_path / "调整申报表.yaml"
    file.write_text(
        CHANGE.format(**{"base": '"100.00"', "before": '"1.00"', "day": "2026-09-01", **values}), encoding="utf-8"
    )
    refused("check", file, "--at", "2026-05-01", says=says, line=line, field=field, file=file)


def test_full_width_digits_in_a_paper_are_read(tmp_path: Path) -> None:
    file = tmp_path / "调整申报表.yaml"
    file.write_text(CHANGE.format(base='"１００.００"', before='"１.００"', day="２０２６-０９-０１"), encoding="utf-8")
    assert call("check", file, "--at", "2026-05-01").code in (0, 1)


@pytest.mark.parametrize(
    ("text", "says", "line"),
    [
        ("form: change\nbase_amout: 1\n", "base_amount", 2),
        ("form: change\nreasn: 演示\n", "reason", 2),
        ("form: change\n无此字段: 演示\n", "没有字段", 2),
        ("form: chnage\n", "不是可核对的表", 1),
        ("project_name: 演示\n", "缺少“form:”", 1),
        ("form: change\nreason_kind: 天气\n", "reason_kind", 2),
        ("form: change\nreason: 演示\n", "base_amount", 1),
    ],
)
def test_keys_and_options_that_are_not_known(tmp_path: Path, text: str, says: str, line: int) -> None:
    file = tmp_path / "表.yaml"
    file.write_text(text, encoding="utf-8")
    refused("check", file, "--at", "2026-05-01", says=says, line=line, file=file)


def test_everything_that_is_wrong_with_a_paper_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "表.yaml"
    file.write_text("form: change\nbase_amount: 12\nlines: 5\nnew_end: 20200931\n", encoding="utf-8")
    chinese, plain = call("check", file), call("check", file, "--json")
    assert chinese.code == plain.code == 2
    assert len(chinese.stderr.strip().splitlines()) == 3
    assert [error["line"] for error in plain.json["errors"]] == [2, 3, 4]
    assert plain.json["error"] == plain.json["errors"][0]


def test_a_bad_file_among_good_ones_does_not_hide_them(tmp_path: Path) -> None:
    good, bad = tmp_path / "好.yaml", tmp_path / "坏.yaml"
    good.write_text(CHANGE.format(base='"100.00"', before='"1.00"', day="2026-09-01"), encoding="utf-8")
    bad.write_text("form: change\nbase_amount: 12\n", encoding="utf-8")
    plain = call("check", good, bad, "--at", "2026-05-01", "--json")
    assert plain.code == 2
    assert [row["file"] for row in plain.json["files"]] == [str(good), str(bad)]
    assert plain.json["files"][0]["findings"]
    assert plain.json["files"][1]["ok"] is False
    assert plain.json["files"][1]["error"]["line"] == plain.json["error"]["line"] == 2
    assert "无法核对" in call("check", good, bad, "--at", "2026-05-01").stdout


def test_a_register_names_file_and_line(tmp_path: Path) -> None:
    paper, register = tmp_path / "表.yaml", tmp_path / "台账.yaml"
    paper.write_text("form: declaration\nproject_name: 演示\n", encoding="utf-8")
    register.write_text("systems:\n  - system: 演示系统\n    last_upgraded_on: 2025-02-30\n", encoding="utf-8")
    refused(
        "check",
        paper,
        "--register",
        register,
        says="2025-02-30",
        file=register,
        line=3,
        field="systems[1].last_upgraded_on",
    )
    register.write_text("zombies: []\n", encoding="utf-8")
    refused("check", paper, "--register", register, says="zombies", file=register, line=1)


def test_a_name_with_spaces_and_a_relative_path_work_from_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "申报 材料"
    folder.mkdir()
    (folder / "调整 申报表.yaml").write_text(
        CHANGE.format(base='"100.00"', before='"1.00"', day="2026-09-01"), encoding="utf-8"
    )
    outcome = program("check", "申报 材料/调整 申报表.yaml", "--at", "2026-05-01", "--json", cwd=tmp_path)
    assert outcome.code in (0, 1)
    assert outcome.json["findings"]
