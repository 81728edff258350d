"""The ledger: one canonical form, one chain; whatever is altered is found, with its row."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.ledger import (
    FIRST_PREV,
    Verification,
    append,
    canonical_line,
    head_of,
    seal,
    sealed_file,
    verify,
    verify_lines,
)


def chain_of(count: int, note: str = "同意") -> list[str]:
    chain: list[str] = []
    for number in range(1, count + 1):
        append(chain, {"action": "File Change", "opinion": f"{note}{number}", "paper": False, "amount": "200000.00"})
    return chain


CHAIN = chain_of(4)
FILE = sealed_file(CHAIN)
LINES = FILE.decode().splitlines(keepends=True)


def broken(raw: bytes, row: int, words: str) -> Verification:
    outcome = verify(raw)
    assert (outcome.ok, outcome.first_bad_row) == (False, row), outcome
    assert outcome.reason is not None and words in outcome.reason.zh and outcome.reason.en
    return outcome


def rewritten(change: dict[str, Any], row: int, *, rehash: bool = False) -> bytes:
    """The file with one row changed; with ``rehash`` the row's own hash fits again."""
    body = {**json.loads(CHAIN[row - 1]), **change}
    if rehash:
        del body["hash"]
        body["hash"] = hashlib.sha256(canonical_line(body).encode()).hexdigest()
    return "".join(
        f"{line}\n" for line in (*CHAIN[: row - 1], canonical_line(body), *CHAIN[row:], seal(CHAIN))
    ).encode()


# --- writing ---------------------------------------------------------------------------------------------------------


def test_the_chain_is_as_the_design_says() -> None:
    prev = "0" * 64
    for number, line in enumerate(CHAIN, 1):
        row = json.loads(line)
        rest = {k: v for k, v in row.items() if k != "hash"}
        body = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        assert (row["seq"], row["prev"], row["hash"]) == (number, prev, hashlib.sha256(body.encode()).hexdigest())
        assert list(row) == sorted(row) and " " not in line.replace("File Change", "")
        prev = row["hash"]
    assert seal(CHAIN) == f'{{"count":4,"head":"{prev}","seal":true}}' and head_of(CHAIN) == prev
    assert FILE.endswith(b"\n") and b"\r" not in FILE and "同意1".encode() in FILE


def test_an_empty_ledger_is_a_seal_alone() -> None:
    raw = sealed_file([])
    assert raw == f'{{"count":0,"head":"{FIRST_PREV}","seal":true}}\n'.encode()
    assert verify(raw) == Verification(True, 0, None, None, FIRST_PREV)
    assert head_of([]) == FIRST_PREV


def test_append_returns_the_line_it_added() -> None:
    chain: list[str] = []
    assert append(chain, {"a": "e\u0301"}) == chain[0] and json.loads(chain[0])["a"] == "é"


@pytest.mark.parametrize("key", ["seq", "prev", "hash", "seal"])
def test_what_the_ledger_gives_cannot_be_brought(key: str) -> None:
    with pytest.raises(InputError) as caught:
        append([], {key: "x"})
    assert f"“{key}”由系统自动生成" in caught.value.zh and caught.value.field == key


@pytest.mark.parametrize(
    "row, field",
    [
        ({"a": 1.5}, "a"),
        ({"a": Decimal("1.50")}, "a"),
        ({"a": [{"b": float("nan")}]}, "a[1].b"),
        ({"a": 2**53}, "a"),
        ({"a": -(2**53)}, "a"),
        ({"a": {1: "x"}}, "a"),
        ({"a": object()}, "a"),
        ({"é": "1", "e\u0301": "2"}, ""),
        ({"a": "\ud800"}, ""),
        ({"a": {"é": "1", "e\u0301": "2"}}, "a"),
        ({"a": b"x"}, "a"),
    ],
)
def test_refused_values(row: dict[str, Any], field: str) -> None:
    chain = chain_of(1)
    with pytest.raises(InputError) as caught:
        append(chain, row)
    assert caught.value.field == field and caught.value.zh and len(chain) == 1


def test_whole_numbers_up_to_what_every_program_reads_exactly() -> None:
    assert canonical_line({"a": 2**53 - 1, "b": -(2**53 - 1), "c": True, "d": None, "e": ("x", ["y"])}) == (
        '{"a":9007199254740991,"b":-9007199254740991,"c":true,"d":null,"e":["x",["y"]]}'
    )


# --- whole -----------------------------------------------------------------------------------------------------------


def test_a_whole_ledger(tmp_path: Path) -> None:
    expected = Verification(True, 4, None, None, head_of(CHAIN))
    assert verify(FILE) == verify_lines(LINES) == verify_lines(line.encode() for line in LINES) == expected
    path = tmp_path / "ledger.jsonl"
    path.write_bytes(FILE)
    with path.open("rb") as handle:
        assert verify_lines(handle) == expected


def test_the_largest_whole_numbers_verify() -> None:
    chain: list[str] = []
    append(chain, {"a": 2**53 - 1, "b": -(2**53 - 1)})
    assert verify(sealed_file(chain)).ok


def test_the_head_kept_elsewhere() -> None:
    head = head_of(CHAIN)
    assert verify(FILE, head).ok and verify(FILE, f" {head.upper()}\n").ok
    remade = verify(sealed_file(chain_of(4, "不同意")), head)
    assert (remade.ok, remade.first_bad_row, remade.rows) == (False, 5, 4)
    assert remade.reason is not None and "整体重做" in remade.reason.zh
    grown = verify(sealed_file(chain_of(6)), head)
    assert (grown.ok, grown.first_bad_row) == (False, 5)
    assert grown.reason is not None and "第4条以前与另存的校验值一致，其后又有2条记录" in grown.reason.zh
    assert "2 rows follow" in grown.reason.en
    cut = verify(sealed_file(CHAIN[:3]), head)
    assert (cut.ok, cut.first_bad_row, cut.rows) == (False, 4, 3)
    assert verify(sealed_file([]), FIRST_PREV).ok and not verify(sealed_file([]), head).ok


def test_a_broken_ledger_is_broken_whatever_the_head() -> None:
    assert verify(rewritten({"opinion": "改"}, 2), head_of(CHAIN)).first_bad_row == 2


# --- altered ---------------------------------------------------------------------------------------------------------


def test_an_altered_row() -> None:
    outcome = broken(rewritten({"opinion": "不同意2"}, 2), 2, "内容与校验值不符")
    assert outcome.rows == 4 and outcome.head == json.loads(CHAIN[0])["hash"]


def test_a_row_altered_with_its_hash_breaks_the_next() -> None:
    broken(rewritten({"opinion": "不同意2"}, 2, rehash=True), 3, "与上一条记录衔接不上")
    broken(rewritten({"opinion": "不同意4"}, 4, rehash=True), 5, "封签的校验值与最后一条记录不符")


def test_another_hash_prev_or_seq() -> None:
    broken(rewritten({"hash": "0" * 64}, 3), 3, "内容与校验值不符")
    broken(rewritten({"prev": "0" * 64}, 3), 3, "与上一条记录衔接不上")
    broken(rewritten({"seq": 4}, 3), 3, "序号应为3，实为4")
    broken(rewritten({"seq": True}, 1, rehash=True), 1, "序号应为1")
    broken(rewritten({"seq": "1"}, 1, rehash=True), 1, "序号应为1")
    broken(rewritten({"hash": None}, 1), 1, "内容与校验值不符")


@pytest.mark.parametrize(
    "member, words", [("hash", "内容与校验值不符"), ("prev", "与上一条记录衔接不上"), ("seq", "序号应为1")]
)
def test_a_row_without_its_chain(member: str, words: str) -> None:
    body = {k: v for k, v in json.loads(CHAIN[0]).items() if k != member}
    broken(f"{canonical_line(body)}\n{''.join(LINES[1:])}".encode(), 1, words)


def test_a_hash_inside_the_row_is_not_taken_for_the_rows_own() -> None:
    chain = chain_of(1)
    append(chain, {"basis": {"hash": head_of(chain), "x": "1"}, "hashes": [{"hash": "0" * 64, "z": "1"}]})
    assert verify(sealed_file(chain)).ok
    forged = {**json.loads(chain[1]), "basis": {"hash": json.loads(chain[1])["hash"], "x": "1"}}
    broken(f"{chain[0]}\n{canonical_line(forged)}\n{seal(chain)}\n".encode(), 2, "内容与校验值不符")


@pytest.mark.parametrize(
    "order, row, words",
    [
        ([0, 2, 3, 4], 2, "序号应为2，实为3"),
        ([1, 2, 3, 4], 1, "序号应为1，实为2"),
        ([0, 1, 1, 2, 3, 4], 3, "序号应为3，实为2"),
        ([0, 2, 1, 3, 4], 2, "序号应为2，实为3"),
        ([0, 1, 2, 4], 4, "封签记4条，实有3条"),
        ([4, 0, 1, 2, 3], 1, "封签记4条，实有0条"),
        ([0, 1, 2, 3], 5, "缺少封签"),
        ([0, 1], 3, "缺少封签"),
        ([], 1, "缺少封签"),
        ([0, 1, 2, 3, 4, 4], 6, "封签之后还有内容"),
        ([0, 1, 2, 3, 4, 0], 6, "封签之后还有内容"),
    ],
)
def test_rows_removed_doubled_or_moved(order: list[int], row: int, words: str) -> None:
    outcome = broken("".join(LINES[i] for i in order).encode(), row, words)
    assert outcome.rows == sum(i != 4 for i in order)


def test_a_row_put_in_between() -> None:
    other = chain_of(3, "插入")
    broken("".join([*LINES[:2], f"{other[2]}\n", *LINES[2:]]).encode(), 3, "与上一条记录衔接不上")


def test_something_after_the_seal() -> None:
    assert broken(FILE + b"\n", 6, "封签之后还有内容").rows == 5
    broken(FILE + b"x", 6, "封签之后还有内容")


# --- not canonical ---------------------------------------------------------------------------------------------------


def first(line: str) -> bytes:
    return "".join([line, *LINES[1:]]).encode()


@pytest.mark.parametrize(
    "raw, row, words",
    [
        (b"\xef\xbb\xbf" + FILE, 1, "BOM"),
        (FILE.replace(b"\n", b"\r\n"), 1, "不是规范写法"),
        (FILE[:-1], 5, "缺少换行符"),
        (FILE[:-30], 5, "缺少换行符"),
        (b"\n" + FILE, 1, "不是一行规范的JSON"),
        (first(" " + LINES[0]), 1, "不是规范写法"),
        (first(LINES[0].replace(":", ": ", 1)), 1, "不是规范写法"),
        (first(LINES[0].replace("同", "\\u540c")), 1, "不是规范写法"),
        (first(LINES[0].replace("/", "\\/").replace("File", "\\u0046ile")), 1, "不是规范写法"),
        (
            first(
                LINES[0].replace('"action":"File Change",', "", 1).replace("{", '{"z":"","action":"File Change",', 1)
            ),
            1,
            "不是规范写法",
        ),
        (first(LINES[0].replace('"paper":false', '"paper":false,"paper":false')), 1, "不是规范写法"),
        (first(LINES[0].replace('"paper":false', '"paper":1.5')), 1, "有不允许的数字“1.5”"),
        (first(LINES[0].replace('"paper":false', '"paper":1e3')), 1, "有不允许的数字“1e3”"),
        (first(LINES[0].replace('"paper":false', '"paper":NaN')), 1, "有不允许的数字“NaN”"),
        (first(LINES[0].replace('"paper":false', '"paper":9007199254740992')), 1, "有不允许的数字“9007199254740992”"),
        (first(LINES[0].replace('"paper":false', '"paper":' + "9" * 5000)), 1, "有不允许的数字"),
        (first(LINES[0].replace('"paper":false', '"paper":-0')), 1, "不是规范写法"),
        (first("[]\n"), 1, "不是一条记录"),
        (first("1\n"), 1, "不是一条记录"),
        (first("null\n"), 1, "不是一条记录"),
        (first("x\n"), 1, "不是一行规范的JSON"),
        (first(LINES[0].rstrip("\n") + LINES[0]), 1, "不是一行规范的JSON"),
        (first("[" * 100_000 + "\n"), 1, "不是一行规范的JSON"),
        (FILE.replace("同意1".encode(), "同意1".encode("gbk")), 1, "不是UTF-8"),
        (FILE.replace(b"File", b"Fil\xff", 1), 1, "不是UTF-8"),
        (FILE.replace(b"}\n", b"} \n", 1), 1, "不是规范写法"),
        (FILE.replace(b'"seal":true', b'"seal":false'), 5, "封签的格式不对"),
        (FILE.replace(b'"seal":true', b'"seal":1'), 5, "封签的格式不对"),
        (FILE.replace(b'"count":4', b'"count":5'), 5, "封签记5条，实有4条"),
        (FILE.replace(b'"count":4', b'"count":"4"'), 5, "封签记4条"),
        (FILE.replace(b'{"count":4,', b"{"), 5, "封签的格式不对"),
        (FILE.replace(b'{"count":4', b'{"a":"","count":4'), 5, "封签的格式不对"),
        (b'{"count":true,"head":"%s","seal":true}\n' % FIRST_PREV.encode(), 1, "封签记True条"),
    ],
)
def test_not_canonical(raw: bytes, row: int, words: str) -> None:
    assert raw != FILE
    broken(raw, row, words)


def test_text_that_is_not_in_nfc() -> None:
    body = {"a": "e\u0301", "prev": FIRST_PREV, "seq": 1}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    line = text.replace('"prev"', f'"hash":"{hashlib.sha256(text.encode()).hexdigest()}","prev"')
    broken(f"{line}\n".encode(), 1, "NFC")


def test_text_lines_with_half_a_character() -> None:
    assert verify_lines([LINES[0].replace("同", "\ud800"), *LINES[1:]]).first_bad_row == 1


# --- anything at all -------------------------------------------------------------------------------------------------


@given(st.integers(0, len(FILE) - 1), st.integers(1, 255))
def test_any_byte_altered_is_found(place: int, change: int) -> None:
    raw = bytearray(FILE)
    raw[place] ^= change
    outcome = verify(bytes(raw))
    assert not outcome.ok
    assert outcome.first_bad_row == FILE.count(b"\n", 0, place) + 1


@given(st.integers(0, len(FILE) - 1))
def test_any_cut_is_found(length: int) -> None:
    outcome = verify(FILE[:length])
    assert not outcome.ok and outcome.first_bad_row == FILE.count(b"\n", 0, length) + 1


@given(st.integers(0, len(FILE)), st.binary(min_size=1, max_size=4))
def test_any_bytes_put_in_are_found(place: int, more: bytes) -> None:
    assert not verify(FILE[:place] + more + FILE[place:]).ok


TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
KEYS = TEXTS.map(lambda text: unicodedata.normalize("NFC", "k" + text))
ROWS = st.dictionaries(
    KEYS,
    st.recursive(
        st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXTS,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
        max_leaves=5,
    ),
    max_size=3,
)


@given(st.lists(ROWS, max_size=3))
def test_whatever_is_appended_verifies(rows: list[dict[str, Any]]) -> None:
    chain: list[str] = []
    for row in rows:
        append(chain, row)
    raw = sealed_file(chain)
    assert verify(raw) == Verification(True, len(chain), None, None, head_of(chain))
    assert all(canonical_line(json.loads(line)) == line for line in raw.decode().split("\n")[:-1])
