"""Conditions in the restricted form: what is allowed, what is refused, what they mean."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.flow.condition import Forbidden, overlap, parse
from kaihua_infoproj.flow.condition_text import actual, describe
from kaihua_infoproj.policy.errors import InputError


@pytest.mark.parametrize(
    ("text", "fields", "met"),
    [
        ("", {}, True),
        (None, {}, True),
        ('doc.kind == "a"', {"kind": "a"}, True),
        ('doc.kind == "a"', {"kind": "b"}, False),
        ('doc.kind == "a"', {}, False),
        ('doc.kind != "a"', {}, True),
        ('doc.kind in ("a", "b")', {"kind": "b"}, True),
        ('doc.kind in ["a", "b"]', {"kind": "c"}, False),
        ('doc.kind not in ("a", "b")', {"kind": "c"}, True),
        ("doc.n > 1", {"n": 2}, True),
        ("doc.n > 1", {"n": 1}, False),
        ("doc.n >= 1", {"n": 1}, True),
        ("doc.n < -1", {"n": -2}, True),
        ("doc.n <= 1", {"n": 2}, False),
        ("1 < doc.n <= 3", {"n": 3}, True),
        ("1 < doc.n <= 3", {"n": 4}, False),
        ("doc.n > 1", {}, False),
        ("not doc.n > 1", {}, True),
        ("doc.a and doc.b", {"a": 1, "b": ""}, False),
        ("doc.a or doc.b", {"a": 0, "b": "x"}, True),
        ("not doc.a", {"a": None}, True),
        ("doc.a == doc.b", {"a": 3, "b": 3}, True),
        ("doc.a == None", {}, True),
        ("doc.a == True", {"a": True}, True),
        ('doc.a == "x" and not (doc.b == 1 or doc.c)', {"a": "x", "b": 2, "c": 0}, True),
        ('  doc.a == "x"  ', {"a": "x"}, True),
    ],
)
def test_a_condition_means_what_it_says(text: str | None, fields: dict[str, Any], met: bool) -> None:
    assert parse(text).met(fields) is met


FORBIDDEN = [
    "print(1)",
    "doc.get('x')",
    "frappe.db.delete('x')",
    "doc.a.b",
    "doc.a.upper()",
    "__import__('os')",
    "x == 1",
    "doc",
    "doc['a'] == 1",
    "doc.a + 1 > 2",
    "doc.a * 2",
    "-doc.a > 1",
    "~doc.a",
    "lambda: 1",
    "1 if doc.a else 2",
    "(x := 1) == 1",
    "doc.a == 1.5",
    "doc.a == 1e3",
    "doc.a == b'x'",
    "doc.a == ...",
    "doc.a == 1j",
    "f'{doc.a}' == 'x'",
    "[x for x in doc.a]",
    "doc.__class__ == 1",
    "doc._x == 1",
    "doc.a is None",
    "doc.a is not None",
    "doc.a in doc.b",
    "doc.a in 'abc'",
    "doc.a == (1, 2)",
    "doc.a in (1, doc.b)",
    "doc.a in (1, (2, 3))",
    "doc.a in {1, 2}",
    "doc.a == {'x': 1}",
    "(doc.a == 1) == True",
    "(not doc.a) == 1",
    "(doc.a and doc.b) > 1",
    "not -doc.a",
    "doc.a == -'x'",
    "await doc.a",
    "doc.a == - -1",
    "{1}",
    "doc.a or print(1)",
    "doc.a and (doc.b or exit())",
    "*doc.a",
    "(1, 2)",
]


@pytest.mark.parametrize("text", FORBIDDEN)
def test_anything_else_is_refused_with_one_sentence(text: str) -> None:
    with pytest.raises(InputError) as caught:
        parse(text)
    assert caught.value.zh.endswith("。") and caught.value.en.endswith(".")
    assert caught.value.zh.startswith("条件")


@pytest.mark.parametrize(
    "text", ["doc.a ==", "import os", "doc.a == 1; doc.b", "doc.a = 1", "(" * 300, "doc.a\ndoc.b", "\0"]
)
def test_what_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="无法识别"):
        parse(text)


def test_a_long_condition_is_refused() -> None:
    with pytest.raises(InputError, match="500"):
        parse(" or ".join(["doc.aaaa == 1"] * 60))


def test_the_refused_part_is_named() -> None:
    with pytest.raises(Forbidden, match=r"不允许调用函数“doc\.get\('x'\)”"):
        parse("doc.a == 1 and doc.get('x')")


@given(st.text(max_size=30))
def test_no_text_does_anything_but_being_read_or_refused(text: str) -> None:
    try:
        condition = parse(text)
    except InputError:
        return
    assert condition.text == text.strip()


def test_values_that_have_no_order_are_refused() -> None:
    with pytest.raises(InputError, match="不能比较大小"):
        parse("doc.a > 1").met({"a": "x"})
    with pytest.raises(InputError, match="不能比较大小"):
        parse('doc.a > "2026-01-01"').met({"a": date(2026, 1, 1)})


def test_the_fields_read_are_told_once_and_in_order() -> None:
    assert parse("doc.b == 1 and (doc.a or doc.b)").fields == ("b", "a") or set(
        parse("doc.b == 1 and (doc.a or doc.b)").fields
    ) == {"a", "b"}
    assert parse("").fields == ()


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("", "", True),
        ("", "doc.a == 1", True),
        ("doc.a == 1", "doc.a == 2", False),
        ("doc.a == 1", "doc.a != 2", True),
        ("doc.a > 1", "doc.a < 2", False),
        ("doc.a > 1", "doc.a < 3", True),
        ("doc.a > 1", "not doc.a > 1", False),
        ("doc.a >= 1", "doc.a <= 1", True),
        ('doc.k == "x"', 'doc.k in ("x", "y")', True),
        ('doc.k == "z"', 'doc.k in ("x", "y")', False),
        ('doc.k != "x"', 'doc.k not in ("x", "y")', True),
        ('doc.d < "2026-01-01"', 'doc.d > "2026-01-01"', False),
        ('doc.d < "2026-01-02"', 'doc.d > "2026-01-01"', True),
        ("doc.a", "not doc.a", False),
        ("doc.a", "not doc.b", True),
        ("doc.a and doc.b", "doc.b and not doc.a", False),
        ("doc.a == doc.b", "doc.a != doc.b", False),
        ("doc.a < doc.b", "doc.b < doc.c", True),
        ("doc.a == None", "doc.a == 1", False),
        ("doc.a == 1 and doc.a == 2", "", False),
    ],
)
def test_overlap_finds_whether_some_document_meets_both(one: str, other: str, both: bool) -> None:
    assert overlap(parse(one), parse(other)) is both
    assert overlap(parse(other), parse(one)) is both


def test_too_many_possibilities_count_as_overlapping() -> None:
    many = " and ".join(f"doc.f{n} == {n} and doc.f{n} == {n + 50}" for n in range(8))
    assert overlap(parse(many), parse("doc.x == 1"))


_ATOMS = st.sampled_from(
    [
        'doc.k == "a"',
        'doc.k != "b"',
        'doc.k in ("a", "c")',
        "doc.n > 1",
        "doc.n <= 3",
        "doc.n == 2",
        "doc.f",
        "not doc.f",
    ]
)
_CONDITIONS = st.recursive(
    _ATOMS,
    lambda inner: st.builds(
        lambda a, op, b, no: f"{'not ' if no else ''}({a} {op} {b})",
        inner,
        st.sampled_from(["and", "or"]),
        inner,
        st.booleans(),
    ),
    max_leaves=4,
)
_FIELDS = st.fixed_dictionaries(
    {"k": st.sampled_from(["a", "b", "c", "d", ""]), "n": st.integers(-1, 5), "f": st.booleans()}
)


@given(_CONDITIONS, _CONDITIONS, _FIELDS)
def test_whatever_meets_both_is_an_overlap(one: str, other: str, fields: dict[str, Any]) -> None:
    a, b = parse(one), parse(other)
    if a.met(fields) and b.met(fields):
        assert overlap(a, b)
    assert a.met(fields) == eval(one, {"__builtins__": {}}, {"doc": type("Doc", (), fields)})  # as the engine does


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("", "", ""),
        ('doc.form_kind == "construction"', "项目类型为“建设类”", "form kind is “construction”"),
        ('doc.form_kind in ("O&M", "service")', "项目类型为“运维类”或“服务类”", "form kind is “O&M” or “service”"),
        (
            'not doc.form_kind in ("O&M", "service")',
            "项目类型不是“运维类”或“服务类”",
            "form kind is not “O&M” or “service”",
        ),
        ("not doc.round > 1", "申请轮次不大于1", "round is at most 1"),
        ("not doc.round < -1", "申请轮次不小于-1", "round is at least -1"),
        ("doc.handed_in_at", "已有报送时间", "handed in at is given"),
        ("not doc.handed_in_at", "没有报送时间", "handed in at is not given"),
        ("1 < doc.round < 3", "1小于申请轮次，且申请轮次小于3", "1 is below round and round is below 3"),
        ("not 1 < doc.round < 3", "1不小于申请轮次，或申请轮次不小于3", "1 is at least round or round is at least 3"),
        (
            "doc.round == 1 and (doc.round == 2 or doc.handed_in_at)",
            "申请轮次为1，且（申请轮次为2，或已有报送时间）",
            "round is 1 and (round is 2 or handed in at is given)",
        ),
        (
            "not (doc.round == 1 or doc.round == 2)",
            "申请轮次不是1，且申请轮次不是2",
            "round is not 1 and round is not 2",
        ),
        ("doc.round == None", "申请轮次为空", "round is empty"),
    ],
)
def test_a_condition_is_said_in_words(text: str, zh: str, en: str) -> None:
    assert describe(parse(text)) == (zh, en)


def test_what_the_document_says_is_told_too() -> None:
    told = actual(parse('doc.form_kind == "service" and doc.round > 1'), {"form_kind": "construction"})
    assert told.zh == "项目类型为“建设类”，申请轮次未填"
    assert told.en == "form kind is “construction”, round is empty"
