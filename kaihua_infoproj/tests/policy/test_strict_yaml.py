"""Reading what people write: only mappings, lists and scalars, and one clear sentence with its line for all else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.strict_yaml import (
    MAX_BYTES,
    MAX_DEPTH,
    Located,
    UnquotedNumber,
    path_text,
    read_bytes,
    read_file,
)

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n"


def refusal(raw: bytes | str, *, as_json: bool = False) -> InputError:
    data = raw.encode() if isinstance(raw, str) else raw
    with pytest.raises(InputError) as caught:
        read_bytes(data, file="表.yaml", as_json=as_json)
    return caught.value


def test_scalars_keep_what_was_written() -> None:
    text = (
        'amount: "200000.00"\nbare: 200000.00\nbig: 1e30\nnan: .nan\ninf: -.inf\nwhole: 12\nsigned: -3\nzero: 0\n'
        "zip: 007\nlong: 12345678901234567890\nyes: true\nno: false\nNO: FALSE\nnull_: ~\nempty:\ntext: 甲 乙\n"
        "date: 2026-09-30\nword: yes\nquoted_null: 'null'\nquoted_int: '12'\n"
    )
    data = read_bytes(text.encode()).data
    assert data == {
        "amount": "200000.00",
        "bare": "200000.00",
        "big": "1e30",
        "nan": ".nan",
        "inf": "-.inf",
        "whole": 12,
        "signed": -3,
        "zero": 0,
        "zip": "007",
        "long": "12345678901234567890",
        "yes": True,
        "no": False,
        "NO": False,
        "null_": None,
        "empty": None,
        "text": "甲 乙",
        "date": "2026-09-30",
        "word": "yes",
        "quoted_null": "null",
        "quoted_int": "12",
    }
    unquoted = [key for key, value in data.items() if isinstance(value, UnquotedNumber)]
    assert unquoted == ["bare", "big", "nan", "inf", "zip", "long"]
    assert isinstance(data["whole"], int) and isinstance(data["yes"], bool)


def test_every_value_knows_its_line() -> None:
    located = read_bytes(b"a: 1\nb:\n  - x\n  - c: 2\n    d: 3\n", file="f.yaml")
    assert located.line(("a",)) == 1
    assert located.line(("b", 1, "d")) == 5
    assert located.line(("b", 1, "d", "deeper", 7)) == 5
    assert Located({}).line(("x",)) == 0
    error = located.error(("b", 1, "d"), "错", "wrong")
    assert (error.file, error.line, error.field) == ("f.yaml", 5, "b[2].d")
    assert error.message("en") == "f.yaml, line 5, field b[2].d: wrong"
    assert str(error) == "f.yaml，第5行，字段 b[2].d：错"


def test_paths_count_rows_from_one() -> None:
    assert path_text(()) == ""
    assert path_text(("lines", 0, "amount")) == "lines[1].amount"
    assert path_text((0, "zh")) == "[1].zh"


@pytest.mark.parametrize(
    "text, line, words",
    [
        (BOMB, 1, "锚点和别名"),
        ("a: *b\n", 1, "锚点和别名"),
        ("a: 1\n&k b: 2\n", 2, "锚点和别名"),
        ("a: !!python/object:os.system x\n", 1, "标签"),
        ("a: !x 1\n", 1, "标签"),
        ("!x a: 1\n", 1, "标签"),
        ("a: 1\nb: 2\na: 3\n", 3, "“a”重复出现"),
        ("x:\n  a: 1\n  a: 2\n", 3, "“a”重复出现"),
        ("[1, 2]: 3\n", 1, "键必须是文字"),
        ("? {a: 1}\n: 2\n", 1, "键必须是文字"),
        ("a:\n\tb: 1\n", 2, "制表符"),
        ("a: 1\n---\nb: 2\n", 2, "只能有一份文档"),
        ("a: [1, 2\nb: 3\n", 2, "不是规范的YAML"),
        ("a: 'x\n", 2, "不是规范的YAML"),
        ("a: {b: 1\n", 2, "不是规范的YAML"),
    ],
)
def test_refused_yaml_names_the_line(text: str, line: int, words: str) -> None:
    error = refusal(text)
    assert words in error.zh and error.en and error.zh.endswith("。")
    assert (error.file, error.line) == ("表.yaml", line)


@pytest.mark.parametrize(
    "raw, line, words",
    [
        (b"", 0, "空的"),
        (b" \n\n", 0, "空的"),
        (b"\xef\xbb\xbfa: 1\n", 1, "BOM"),
        ("a: 1\n".encode("utf-16"), 1, "BOM"),
        (b"\xfe\xff\x00a", 1, "BOM"),
        ("a: 1\nb: 项目\n".encode("gbk"), 2, "GBK"),
        (b"a: \xff\n", 1, "UTF-8"),
    ],
)
def test_refused_encodings(raw: bytes, line: int, words: str) -> None:
    error = refusal(raw)
    assert words in error.zh and (error.file, error.line) == ("表.yaml", line)
    assert words in refusal(raw, as_json=True).zh


def test_size_is_limited_to_five_megabytes() -> None:
    assert read_bytes(b"a" * MAX_BYTES).data == "a" * MAX_BYTES
    assert "超过5 MB" in refusal(b"a" * (MAX_BYTES + 1)).zh


def test_depth_is_limited() -> None:
    deepest = "[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH
    value = read_bytes(deepest.encode()).data
    for _ in range(MAX_DEPTH):
        (value,) = value
    assert value == 1
    assert f"超过{MAX_DEPTH}层" in refusal("[" + deepest + "]").zh
    assert refusal("[" * 100_000).line == 1


def test_comments_only_are_no_document() -> None:
    assert read_bytes(b"# nothing\n").data is None


# --- JSON ------------------------------------------------------------------------------------------------------------


def test_json_is_read_like_yaml_with_lines() -> None:
    text = '{\n\t"amount": "1.00",\n\t"bare": 1.50,\n\t"whole": 12,\n\t"rows": [\n\t\t{"a": null, "b": true}\n\t]\n}\n'
    located = read_bytes(text.encode(), file="f.json", as_json=True)
    assert located.data == {"amount": "1.00", "bare": "1.50", "whole": 12, "rows": [{"a": None, "b": True}]}
    assert isinstance(located.data["bare"], UnquotedNumber)
    assert located.line(("bare",)) == 3
    assert located.line(("rows", 0, "b")) == 6


def test_json_numbers_that_are_no_whole_numbers_are_kept_as_written() -> None:
    data = read_bytes(b'{"a": 1e30, "b": NaN, "c": -Infinity, "d": 1234567890123456789}', as_json=True).data
    assert data == {"a": "1e30", "b": "NaN", "c": "-Infinity", "d": "1234567890123456789"}
    assert all(isinstance(value, UnquotedNumber) for value in data.values())
    for number in (123456789012345678, -123456789012345678):
        assert read_bytes(f"[{number}]".encode(), as_json=True).data == [number]
    assert isinstance(read_bytes(b"[-1234567890123456789]", as_json=True).data[0], UnquotedNumber)


@pytest.mark.parametrize(
    "text, line, words",
    [
        ('{"a": 1,\n "a": 2}', 0, "“a”重复出现"),
        ('{"a": 1,\n "b"}', 2, "不是规范的JSON"),
        ("{'a': 1}", 1, "不是规范的JSON"),
        ('{"a": 1} x', 1, "不是规范的JSON"),
    ],
)
def test_refused_json(text: str, line: int, words: str) -> None:
    error = refusal(text, as_json=True)
    assert words in error.zh and error.line == line and error.file == "表.yaml"


def test_deep_json_is_refused_whatever_the_parser_bears() -> None:
    assert f"超过{MAX_DEPTH}层" in refusal("[" * 60 + "]" * 60, as_json=True).zh
    assert refusal("[" * 200_000 + "]" * 200_000, as_json=True).zh


# --- files -----------------------------------------------------------------------------------------------------------


def test_files_by_their_ending(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("a: 1.5\n", encoding="utf-8")
    (tmp_path / "a.JSON").write_text('{"a": 1.5}', encoding="utf-8")
    assert read_file(tmp_path / "a.yaml").data == read_file(str(tmp_path / "a.JSON")).data == {"a": "1.5"}
    assert read_file(tmp_path / "a.yaml").file.endswith("a.yaml")


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path):
        with pytest.raises(InputError) as caught:
            read_file(path)
        assert "无法打开文件" in caught.value.zh and caught.value.file == str(path)


def test_a_large_file_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as handle:
        handle.truncate(MAX_BYTES * 20)
    with pytest.raises(InputError, match="超过5 MB"):
        read_file(path)


# --- anything at all -------------------------------------------------------------------------------------------------

PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**17), 10**17)
    | st.text(st.characters(codec="utf-8", exclude_characters="\t")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def read_or_refuse(raw: bytes, *, as_json: bool = False) -> Located | InputError:
    try:
        return read_bytes(raw, as_json=as_json)
    except InputError as error:
        return error


@given(PLAIN)
def test_json_comes_back_as_it_was(value: object) -> None:
    assert read_bytes(json.dumps(value).encode(), as_json=True).data == value


@given(st.binary(max_size=200))
def test_no_bytes_do_anything_but_read_or_be_refused(raw: bytes) -> None:
    for as_json in (False, True):
        outcome = read_or_refuse(raw, as_json=as_json)
        assert isinstance(outcome, Located) or (outcome.zh and outcome.en)


@given(st.text(alphabet="ab:-[]{}&*!'\"#|>%@, \n0.", max_size=60))
def test_no_text_of_yaml_signs_does_anything_but_read_or_be_refused(text: str) -> None:
    outcome = read_or_refuse(text.encode())
    assert outcome.line(()) >= 0 if isinstance(outcome, Located) else outcome.message("zh") and outcome.message("en")
