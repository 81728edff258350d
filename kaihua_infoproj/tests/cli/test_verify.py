"""``verify``: a ledger as it was sealed holds; every kind of damage names its row."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kaihua_infoproj.policy.ledger import append, sealed_file

from .program import call, refused

ROWS = 5


def chain(rows: int = ROWS, first: str = "报送") -> list[str]:
    lines: list[str] = []
    for number in range(rows):
        append(
            lines,
            {
                "action": first if number == 0 else "初审通过",
                "amount": f"{number}.00",
                "at": f"2026-01-0{number + 1}T09:00:00+08:00",
                "doc": "演示-1",
            },
        )
    return lines


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    file = tmp_path / "演示.jsonl"
    file.write_bytes(sealed_file(chain()))
    return file


def test_a_whole_ledger_holds(ledger: Path) -> None:
    head = json.loads(chain()[-1])["hash"]
    plain = call("verify", ledger, "--json")
    assert plain.code == 0
    assert plain.json == {
        "schema": "kaihua-infoproj/1",
        "ok": True,
        "rows": ROWS,
        "first_bad_row": None,
        "head": head,
        "reason": None,
    }
    assert f"共{ROWS}条" in call("verify", ledger).stdout
    assert head in call("verify", ledger).stdout
    assert "unaltered" in call("verify", ledger, "--lang", "en").stdout
    assert call("verify", ledger, "--head", head.upper()).code == 0


def test_an_empty_chain_that_is_sealed_holds(tmp_path: Path) -> None:
    file = tmp_path / "空.jsonl"
    file.write_bytes(sealed_file([]))
    assert call("verify", file, "--json").json["rows"] == 0
    assert call("verify", file).code == 0


def lines_of(ledger: Path) -> list[bytes]:
    return ledger.read_bytes().splitlines(keepends=True)


def altered(line: bytes) -> bytes:
    return line.replace("初审通过".encode(), "初审退回".encode())


DAMAGES = {
    "one byte": (lambda ls: [*ls[:2], altered(ls[2]), *ls[3:]], 3),
    "an amount": (lambda ls: [*ls[:1], ls[1].replace(b'"1.00"', b'"9.00"'), *ls[2:]], 2),
    "a row cut out": (lambda ls: [*ls[:2], *ls[3:]], 3),
    "the last row cut off": (lambda ls: [*ls[:4], *ls[5:]], 5),
    "the seal cut off": (lambda ls: ls[:5], 6),
    "cut within a row": (lambda ls: [*ls[:3], ls[3][:40]], 4),
    "a row doubled": (lambda ls: [*ls[:3], ls[2], *ls[3:]], 4),
    "rows re-ordered": (lambda ls: [ls[0], ls[2], ls[1], *ls[3:]], 2),
    "a space": (lambda ls: [ls[0].replace(b'":', b'": ', 1), *ls[1:]], 1),
    "escaped characters": (
        lambda ls: [json.dumps(json.loads(ls[0]), separators=(",", ":"), sort_keys=True).encode() + b"\n", *ls[1:]],
        1,
    ),
    "other line ends": (lambda ls: [line.replace(b"\n", b"\r\n") for line in ls], 1),
    "a byte-order mark": (lambda ls: [b"\xef\xbb\xbf" + ls[0], *ls[1:]], 1),
    "no JSON": (lambda ls: [ls[0], "不是JSON\n".encode(), *ls[1:]], 2),
    "not UTF-8": (lambda ls: [ls[0], b"\xff\xfe\n", *ls[1:]], 2),
    "a number that is none": (lambda ls: [ls[0], b'{"seq":NaN}\n', *ls[1:]], 2),
    "nothing at all": (lambda ls: [], 1),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_names_its_row(ledger: Path, damage: str) -> None:
    change, row = DAMAGES[damage]
    ledger.write_bytes(b"".join(change(lines_of(ledger))))
    plain, chinese, english = (call("verify", ledger, *words) for words in (("--json",), (), ("--lang", "en")))
    assert (plain.code, chinese.code, english.code) == (1, 1, 1)
    assert plain.json["ok"] is False
    assert plain.json["first_bad_row"] == row
    assert f"第{row}行" in chinese.stdout
    assert f"row {row}" in english.stdout
    assert chinese.stdout.strip().endswith("。")
    assert "Traceback" not in chinese.stdout + chinese.stderr


def test_a_missing_seal_is_reported_after_the_last_row(ledger: Path) -> None:
    ledger.write_bytes(b"".join(lines_of(ledger)[:-1]))
    data = call("verify", ledger, "--json").json
    assert data["first_bad_row"] == data["rows"] + 1 == ROWS + 1


def test_a_file_remade_whole_is_found_by_a_head_kept_elsewhere(ledger: Path) -> None:
    head = call("verify", ledger, "--json").json["head"]
    ledger.write_bytes(sealed_file(chain(first="补报")))
    assert call("verify", ledger).code == 0
    assert call("verify", ledger, "--head", head).code == 1


def test_several_ledgers_at_once(ledger: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.jsonl"
    bad.write_bytes(ledger.read_bytes()[:-10])
    plain = call("verify", ledger, bad, "--json")
    assert plain.code == 1
    assert [row["ok"] for row in plain.json["files"]] == [True, False]
    assert [row["file"] for row in plain.json["files"]] == [str(ledger), str(bad)]
    missing = call("verify", ledger, tmp_path / "没有.jsonl", "--json")
    assert missing.code == 2
    assert missing.json["error"]["file"].endswith("没有.jsonl")
    assert missing.json["files"][0]["ok"] is True


def test_what_is_refused(ledger: Path, tmp_path: Path) -> None:
    refused("verify", says="没有写明")
    refused("verify", tmp_path / "没有.jsonl", says="没有这个文件", file=tmp_path / "没有.jsonl")
    refused("verify", tmp_path, says="目录", file=tmp_path)
    refused("verify", ledger, "--head", "123", says="64位", field="--head")
    refused("verify", ledger, ledger, "--head", "0" * 64, says="只能用于一个文件", field="--head")
