"""Facts from plain values: every type by its hint, every mistake with its path, never a crash."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.policy.acceptance_facts import AcceptanceFacts
from kaihua_infoproj.policy.calendar import SHANGHAI
from kaihua_infoproj.policy.change import ChangeFacts, ChangeLine
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.plain import convert, from_plain


class Colour(str, Enum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    n: int
    t: str = "x"


@dataclass(frozen=True)
class Outer:
    amount: Decimal
    day: date | None = None
    at: datetime | None = None
    flag: bool = False
    kind: Literal["a", "b"] = "a"
    colour: Colour = Colour.RED
    rows: tuple[Inner, ...] = ()
    pair: tuple[str, int] = ("", 0)
    names: frozenset[str] = frozenset()
    table: Mapping[str, Decimal] = field(default_factory=dict)
    days: Mapping[date, str] = field(default_factory=dict)
    sequence: Sequence[Inner] = ()
    several: Iterable[int] = ()
    listed: list[int] = field(default_factory=list)
    anything: Any = None
    derived: int = field(default=7, init=False)


def test_every_kind_of_value() -> None:
    read = from_plain(
        Outer,
        {
            "amount": "200000.00",
            "day": "2026-09-30",
            "at": "2026-09-30T17:00:00+08:00",
            "flag": True,
            "kind": "b",
            "colour": "red",
            "rows": [{"n": 1}, {"n": 2, "t": "y"}],
            "pair": ["p", 3],
            "names": ["a", "b"],
            "table": {"k": "1.5"},
            "days": {"2026-10-01": "国庆节"},
            "sequence": [{"n": 4}],
            "several": [1, 2],
            "listed": [3],
            "anything": {"x": [1]},
        },
    )
    assert read == Outer(
        Decimal("200000.00"),
        date(2026, 9, 30),
        datetime(2026, 9, 30, 17, tzinfo=SHANGHAI),
        True,
        "b",
        Colour.RED,
        (Inner(1), Inner(2, "y")),
        ("p", 3),
        frozenset({"a", "b"}),
        {"k": Decimal("1.5")},
        {date(2026, 10, 1): "国庆节"},
        (Inner(4),),
        (1, 2),
        [3],
        {"x": [1]},
    )


def test_values_that_have_their_type_are_taken_as_they_are() -> None:
    ready = Outer(Decimal("1.005"), date(2026, 1, 1), datetime(2026, 1, 1, tzinfo=SHANGHAI), rows=(Inner(1),))
    assert from_plain(Outer, ready) is ready
    plain = {f.name: getattr(ready, f.name) for f in dataclasses.fields(ready) if f.init}
    assert from_plain(Outer, plain) == ready


def test_nothing_may_stand_where_nothing_is_allowed() -> None:
    assert from_plain(Outer, {"amount": 1, "day": None}).day is None
    assert from_plain(Outer, {"amount": 1}).amount == 1


@pytest.mark.parametrize(
    "data, path",
    [
        ({}, ""),
        ([], ""),
        ("x", ""),
        (None, ""),
        ({"amount": 1, "other": 1}, "other"),
        ({"amount": 1, "derived": 1}, "derived"),
        ({"amount": None}, "amount"),
        ({"amount": "-1"}, "amount"),
        ({"amount": "1e30"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": 1.5}, "amount"),
        ({"amount": []}, "amount"),
        ({"amount": 1, "day": "2021-02-29"}, "day"),
        ({"amount": 1, "day": 5}, "day"),
        ({"amount": 1, "at": "2026-09-30"}, "at"),
        ({"amount": 1, "flag": "true"}, "flag"),
        ({"amount": 1, "flag": 1}, "flag"),
        ({"amount": 1, "kind": "c"}, "kind"),
        ({"amount": 1, "colour": "blue"}, "colour"),
        ({"amount": 1, "rows": {}}, "rows"),
        ({"amount": 1, "rows": "ab"}, "rows"),
        ({"amount": 1, "rows": [{"n": 1}, {"n": "2"}]}, "rows[2].n"),
        ({"amount": 1, "rows": [{"n": True}]}, "rows[1].n"),
        ({"amount": 1, "rows": [{"n": 1, "t": 5}]}, "rows[1].t"),
        ({"amount": 1, "rows": [{"t": "x"}]}, "rows[1]"),
        ({"amount": 1, "rows": [{"n": 1, "z": 1}]}, "rows[1].z"),
        ({"amount": 1, "rows": [3]}, "rows[1]"),
        ({"amount": 1, "pair": ["a"]}, "pair"),
        ({"amount": 1, "pair": ["a", "b"]}, "pair[2]"),
        ({"amount": 1, "names": [1]}, "names[1]"),
        ({"amount": 1, "table": {"k": "x"}}, "table.k"),
        ({"amount": 1, "table": []}, "table"),
        ({"amount": 1, "table": {"k": "1", 5: "1"}}, "table"),
        ({"amount": 1, "days": {"2021-02-29": "x"}}, "days"),
        ({"amount": 1, "sequence": 5}, "sequence"),
        ({"amount": 1, "several": ["1"]}, "several[1]"),
    ],
)
def test_mistakes_name_their_path(data: Any, path: str) -> None:
    with pytest.raises(InputError) as caught:
        from_plain(Outer, data)
    assert caught.value.field == path and caught.value.zh.endswith("。") and caught.value.en.endswith(".")


def test_unknown_columns_may_be_skipped_everywhere() -> None:
    data = {"amount": 1, "other": 2, "rows": [{"n": 1, "z": 2}]}
    assert from_plain(Outer, data, ignore_unknown=True) == Outer(Decimal(1), rows=(Inner(1),))


def test_a_path_before_it() -> None:
    with pytest.raises(InputError) as caught:
        from_plain(Outer, {"amount": 1, "rows": [{"n": "x"}]}, "act.data")
    assert caught.value.field == "act.data.rows[1].n"


def test_single_values() -> None:
    assert convert(date, "2026-09-30") == date(2026, 9, 30)
    assert convert(tuple[Decimal, ...], ["1", "2"]) == (Decimal(1), Decimal(2))
    with pytest.raises(InputError) as caught:
        convert(int, "x", "number")
    assert caught.value.field == "number"


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 10**15) | st.text(max_size=6) | st.floats(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["line", "before", "after", "base_amount", "lines", "earlier", "gross", "at", "gates", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=10,
)


@given(PLAIN)
def test_whatever_is_handed_in_is_facts_or_refused(data: Any) -> None:
    for cls in (ChangeFacts, ChangeLine, AcceptanceFacts, Outer):
        try:
            outcome: Any = from_plain(cls, data)
        except InputError as error:
            outcome = error
        assert isinstance(outcome, cls) or (outcome.zh and outcome.en)
