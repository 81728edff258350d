"""Scenario files are read strictly: what is wrong is said with file, line and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from kaihua_infoproj.demo.offline.scenario import load
from kaihua_infoproj.policy.errors import InputError

TOP = """\
title: 演示数据·小例
units:
  - {key: a, name: 县甲局}
  - {key: b, name: 县乙中心, competent_department: a}
people:
  - {key: clerk, name: 演示·甲, roles: [IT Project Applicant], department: b}
acts:
"""
ACT = "  - {at: 2024-08-01T09:00:00+08:00, by: clerk, do: create, doc: p, doctype: IT Project Proposal}\n"


def written(folder: Path, text: str, name: str = "x.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_small_file_is_read(tmp_path: Path) -> None:
    scenario = load(written(tmp_path, TOP + ACT))
    assert scenario.titles == ("演示数据·小例",)
    assert scenario.cast.units["b"].competent_department == "县甲局"
    assert scenario.cast.people["clerk"].department == "县乙中心"
    assert scenario.acts[0].place == "x.yaml:8"


def test_acts_of_several_files_are_sorted_by_moment(tmp_path: Path) -> None:
    written(tmp_path, TOP + ACT.replace("2024-08-01", "2024-09-01"), "a.yaml")
    written(tmp_path, "title: 二\ncast: a.yaml\nacts:\n" + ACT.replace("doc: p", "doc: q"), "b.yaml")
    assert [act.doc for act in load(tmp_path).acts] == ["q", "p"]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (ACT.replace("by: clerk", "by: nobody"), "没有人员"),
        (ACT.replace("do: create", "do: sign"), "do 只能是"),
        (ACT.replace("+08:00", ""), "时刻"),
        (ACT.replace("doctype: IT Project Proposal", "doctype: Task"), "须写明文档种类"),
        (ACT.replace("do: create", "do: decide"), "须写明操作"),
        (ACT.replace("doc: p", "doc: p, colour: red"), "未知的键“colour”"),
        (ACT.replace("doc: p,", ""), "缺少“doc”"),
        (ACT.replace("doc: p", "doc: p, data: [1]"), "data 下应是"),
        (ACT.replace("doc: p", "doc: p, expect: {findings: art3}"), "findings 是代码的列表"),
        (ACT.replace("doc: p", "doc: p, data_file: none.yaml"), "无法打开"),
        (ACT.replace("by: clerk", "by: &x clerk"), "锚点"),
    ],
)
def test_a_wrong_act_is_named(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(InputError, match=said) as refused:
        load(written(tmp_path, TOP + wrong))
    assert refused.value.file and (refused.value.line or "none" in wrong)


@pytest.mark.parametrize(
    ("top", "said"),
    [
        (TOP.replace("department: b", "department: c"), "没有单位“c”"),
        (TOP.replace("IT Project Applicant", "Clerk"), "未知的岗位"),
        (TOP.replace("competent_department: a", "competent_department: z"), "没有单位“z”"),
        (TOP.replace("title:", "titel:"), "未知的键“titel”"),
        (TOP.replace("acts:", "  - {key: clerk, name: 演示·乙, department: a}\nacts:"), "人员“clerk”重复"),
    ],
)
def test_a_wrong_cast_is_named(tmp_path: Path, top: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        load(written(tmp_path, top + ACT))


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="没有找到情景文件"):
        load(tmp_path)


def test_a_world_is_played_up_to_the_last_own_act(tmp_path: Path) -> None:
    world = tmp_path / "world"
    world.mkdir()
    later = ACT.replace("2024-08-01", "2024-10-01").replace("doc: p", "doc: r")
    written(tmp_path, TOP.removesuffix("acts:\n"), "cast.yaml")
    written(world, "title: 二\ncast: ../cast.yaml\nacts:\n" + ACT + later)
    own = ACT.replace("2024-08-01", "2024-09-01").replace("doc: p", "doc: q")
    path = written(tmp_path, "title: 三\ncast: cast.yaml\nworld: world\nacts:\n" + own)
    assert [act.doc for act in load(path).acts] == ["p", "q"]
    assert [act.doc for act in load(path, with_world=False).acts] == ["q"]
