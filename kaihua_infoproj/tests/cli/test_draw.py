"""``draw`` and ``draw --repeat``: the fixed algorithm, exclusions, records, and a pool that changed."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from .program import call, refused

IDS = [f"专家-{n:03}" for n in range(1, 13)]
SEED = "2026-05-01-08-13-22"


def ordered(ids: list[str], seed: str = SEED) -> list[str]:
    return sorted(ids, key=lambda name: (hashlib.sha256(f"{seed}\n{name}".encode()).hexdigest(), name))


@pytest.fixture
def pool(tmp_path: Path) -> Path:
    file = tmp_path / "专家库.txt"
    file.write_text("\n".join(IDS) + "\n", encoding="utf-8")
    return file


@pytest.fixture
def record(tmp_path: Path, pool: Path) -> Path:
    file = tmp_path / "抽取记录.json"
    file.write_text(call("draw", "--pool", pool, "--seed", SEED, "--number", "5", "--json").stdout, encoding="utf-8")
    return file


def test_the_draw_is_the_published_algorithm(pool: Path) -> None:
    words = ("draw", "--pool", pool, "--seed", SEED, "--number", "5")
    plain = call(*words, "--json")
    assert plain.code == 0
    assert plain.json["algorithm"] == "sha256-order/1"
    assert plain.json["result"] == ordered(IDS)[:5]
    assert plain.json["replacements"] == ordered(IDS)[5:]
    chinese = call(*words).stdout
    assert all(name in chinese for name in IDS)
    assert "抽中（5个）" in chinese
    assert "Drawn (5)" in call(*words, "--lang", "en").stdout


def test_windows_line_ends_and_blank_lines_do_not_matter(tmp_path: Path, pool: Path) -> None:
    other = tmp_path / "另存.txt"
    other.write_bytes(b"\r\n" + "\r\n".join(reversed(IDS)).encode() + b"\r\n\r\n")
    first, second = (call("draw", "--pool", f, "--seed", SEED, "--number", "3", "--json").json for f in (pool, other))
    assert first["result"] == second["result"]


def test_exclusions_take_no_part_and_give_their_reason(tmp_path: Path) -> None:
    file = tmp_path / "抽取.yaml"
    out = ordered(IDS)[:2]
    rows = "".join(f"  - {name}\n" for name in IDS if name != out[1])
    file.write_text(
        f'purpose: experts\nnumber: 3\nseed: "{SEED}"\npool:\n{rows}  - {{id: {out[1]}, excluded: true, '
        f"reason: 与申报单位有利害关系}}\nexclusions:\n  - {{id: {out[0]}, reason: 不在聘期}}\n",
        encoding="utf-8",
    )
    data = call("draw", "--pool", file, "--json").json
    assert data["result"] == ordered([i for i in IDS if i not in out])[:3]
    assert {row["id"]: row["excluded"] for row in data["pool"] if row["excluded"]} == {
        out[0]: "不在聘期",
        out[1]: "与申报单位有利害关系",
    }
    assert f"排除 {out[0]}：不在聘期" in call("draw", "--pool", file).stdout


def test_a_record_is_repeated(record: Path, pool: Path) -> None:
    assert call("draw", "--repeat", record).code == 0
    assert "一致" in call("draw", "--repeat", record).stdout
    assert call("draw", "--repeat", record, "--json").json["ok"] is True
    assert call("draw", "--repeat", record, "--pool", pool, "--json").json["ok"] is True


def test_a_record_as_yaml_is_repeated(tmp_path: Path) -> None:
    file = tmp_path / "抽取记录.yaml"
    lines = [
        "form: draw",
        f'seed: "{SEED}"',
        "number: 2",
        "pool:",
        *(f"  - {i}" for i in IDS),
        "result:",
        *(f"  - {i}" for i in ordered(IDS)[:2]),
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert call("draw", "--repeat", file).code == 0


FORM = """\
form: draw
purpose: 评审专家
seed: "{seed}"
seed_source: 演示·事先公布期号的彩票开奖结果
number: 3
witness: 演示·监督员
pool: [{pool}]
result:
  - {{order: 1, id: {0}}}
  - {{order: 2, id: {1}}}
  - {{order: 3, id: {2}}}
replacements:
  - {{declined: {1}, reason: 出差, next: {next}}}
"""


def test_a_form_with_replacements_is_repeated(tmp_path: Path) -> None:
    file, order = tmp_path / "随机抽取.yaml", ordered(IDS)
    file.write_text(FORM.format(*order, seed=SEED, pool=", ".join(IDS), next=order[3]), encoding="utf-8")
    plain = call("draw", "--repeat", file, "--json")
    assert plain.code == 0, plain
    assert plain.json["taking_part"] == [order[0], order[2], order[3]]
    assert f"参加的：{order[0]}、{order[2]}、{order[3]}" in call("draw", "--repeat", file).stdout
    file.write_text(FORM.format(*order, seed=SEED, pool=", ".join(IDS), next=order[4]), encoding="utf-8")
    wrong = call("draw", "--repeat", file, "--json")
    assert (wrong.code, wrong.json["differs_at"]) == (1, order[4])
    assert order[3] in wrong.json["reason"]["zh"]
    file.write_text(
        FORM.format(*order, seed=SEED, pool=", ".join(IDS), next=order[3]).replace(
            f"declined: {order[1]}", f"declined: {order[1]}x"
        ),
        encoding="utf-8",
    )
    refused("draw", "--repeat", file, says="不在抽取结果和候补名单中", file=file)


@pytest.mark.parametrize("how", ["taken out", "added", "renamed", "excluded"])
def test_a_record_whose_pool_was_changed_names_the_id(record: Path, how: str) -> None:
    data = json.loads(record.read_text(encoding="utf-8"))
    drawn = data["result"][0]
    row = next(row for row in data["pool"] if row["id"] == drawn)
    if how == "taken out":
        data["pool"].remove(row)
    elif how == "renamed":
        row["id"] = "专家-999"
    elif how == "excluded":
        row["excluded"] = "回避"
    else:
        more = next(f"甲{n}" for n in range(1000) if ordered([*IDS, f"甲{n}"])[0] == f"甲{n}")
        data["pool"].append({"id": more, "excluded": False})
    record.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    chinese, plain = call("draw", "--repeat", record), call("draw", "--repeat", record, "--json")
    assert chinese.code == plain.code == 1
    assert plain.json["ok"] is False
    assert plain.json["differs_at"]
    assert plain.json["differs_at"] in chinese.stdout
    assert "Traceback" not in chinese.stdout + chinese.stderr


def test_the_pool_as_it_is_now_is_compared(record: Path, pool: Path) -> None:
    drawn = json.loads(record.read_text(encoding="utf-8"))["result"][0]
    pool.write_text("\n".join(i for i in IDS if i != drawn), encoding="utf-8")
    plain = call("draw", "--repeat", record, "--pool", pool, "--json")
    assert plain.code == 1
    assert plain.json["differs_at"] == drawn


def test_a_forged_result_or_seed_is_found(record: Path) -> None:
    data = json.loads(record.read_text(encoding="utf-8"))
    for forged in ({"result": data["result"][:4] + data["replacements"][:1]}, {"seed": "另一个种子"}, {"number": 4}):
        record.write_text(json.dumps({**data, **forged}), encoding="utf-8")
        assert call("draw", "--repeat", record).code == 1


@pytest.mark.parametrize(
    ("words", "says", "field"),
    [
        (("--seed", SEED, "--number", "1"), "备选名单", "--pool"),
        (("--pool", "POOL", "--number", "1"), "种子", "--seed"),
        (("--pool", "POOL", "--seed", "", "--number", "1"), "种子", "--seed"),
        (("--pool", "POOL", "--seed", SEED), "抽取数量", "--number"),
        (("--pool", "POOL", "--seed", SEED, "--number", "0"), "1至10000", "--number"),
        (("--pool", "POOL", "--seed", SEED, "--number", "13"), "13", None),
        (("--repeat", "POOL", "--seed", SEED), "以抽取记录为准", "--seed"),
        (("--repeat", "POOL"), "缺少“seed”", "seed"),
    ],
)
def test_what_is_refused(pool: Path, words: tuple[str, ...], says: str, field: str | None) -> None:
    refused("draw", *(str(pool) if word == "POOL" else word for word in words), says=says, field=field)


@pytest.mark.parametrize(
    ("name", "text", "says", "line"),
    [
        ("名单.txt", "甲\n乙\n甲\n", "与第1行重复", 3),
        ("名单.txt", "甲\n乙\t丙\n", "制表符", 2),
        ("名单.txt", "", "空的", None),
        ("抽取.yaml", "pool: 甲\n", "列表", 1),
        ("抽取.yaml", "pool: []\n", "至少一个", 1),
        ("抽取.yaml", "- 甲\n", "pool", 1),
        ("抽取.yaml", "pool: [甲]\nweights: 1\n", "未知的字段“weights”", 2),
        ("抽取.yaml", "pool: [甲, 甲]\n", "重复", 1),
        ("抽取.yaml", "pool:\n  - {id: 甲, excluded: true}\n", "理由", 2),
        ("抽取.yaml", "pool: [甲]\nexclusions:\n  - {id: 乙, reason: 回避}\n", "不在备选名单", 3),
        ("抽取.yaml", "pool: [甲]\nseed: 0123\nnumber: 1\nalgorithm: md5\n", "sha256-order/1", 4),
        ("抽取.yaml", "pool: [甲]\nseed: 123\n", "加引号", 2),
        ("抽取.yaml", "pool: [甲]\nnumber: 0\n", "大于0", 2),
        ("抽取.yaml", "form: change\npool: [甲]\n", "draw", 1),
        ("抽取.yaml", "pool: [甲]\nseed: 种子二\n", "与文件里的种子", None),
    ],
)
def test_a_pool_that_cannot_be_read_is_refused(
    tmp_path: Path, name: str, text: str, says: str, line: int | None
) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    refused("draw", "--pool", file, "--seed", SEED, "--number", "1", says=says, line=line)
