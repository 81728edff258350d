"""What the cases of art. 12 cannot say: figures that contradict each other, the largest line, exactness."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal, getcontext, localcontext

import pytest

from kaihua_infoproj.policy.calendar import SHANGHAI
from kaihua_infoproj.policy.change import REASONS, ChangeFacts, ChangeLine, EarlierChange, route_change
from kaihua_infoproj.policy.change_route import filed_since_joint, new_total, percent, percent_beside
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.parameter import in_force

RULES = in_force(date(2026, 5, 1))
BASE = Decimal("1000000.00")


def line(key: str, before: str, after: str) -> ChangeLine:
    return ChangeLine(key, Decimal(before), Decimal(after))


def test_the_largest_line_is_the_first_of_equals() -> None:
    lines = (line("1", "5", "6"), line("2", "9", "0"), line("3", "0", "9"), line("4", "1", "1"))
    route = route_change(ChangeFacts(BASE, lines=lines), RULES)
    assert route.largest == lines[1] and route.gross == 19 and route.net == 1


@pytest.mark.parametrize("base", ["0", "0.00", "-1"])
def test_a_base_of_zero_is_refused(base: str) -> None:
    with pytest.raises(InputError) as caught:
        route_change(ChangeFacts(Decimal(base), gross=Decimal(1)), RULES)
    assert "须大于零" in caught.value.zh and caught.value.field == "base_amount"


def test_a_line_stands_once() -> None:
    with pytest.raises(InputError) as caught:
        route_change(ChangeFacts(BASE, lines=(line("1", "1", "2"), line("2", "1", "2"), line("1", "3", "4"))), RULES)
    assert "“1”重复" in caught.value.zh and caught.value.field == "lines[3]"


@pytest.mark.parametrize(
    "facts",
    [
        ChangeFacts(BASE, gross=Decimal("-0.01")),
        ChangeFacts(BASE, gross=Decimal(1), earlier=(Decimal(1), Decimal("-0.01"))),
        ChangeFacts(BASE, lines=(line("1", "-0.01", "1"),)),
        ChangeFacts(BASE, lines=(line("1", "1", "-0.01"),)),
    ],
)
def test_negative_amounts_are_refused(facts: ChangeFacts) -> None:
    with pytest.raises(InputError, match="不能为负数"):
        route_change(facts, RULES)


def test_gross_and_lines_agree() -> None:
    with pytest.raises(InputError) as caught:
        route_change(ChangeFacts(BASE, lines=(line("1", "0", "10"),), gross=Decimal("9.99")), RULES)
    assert "9.99元与明细合计10.00元不一致" in caught.value.zh and caught.value.field == "gross"
    assert route_change(ChangeFacts(BASE, gross=Decimal(0)), RULES).gross == 0


def test_reasons_come_in_their_fixed_order() -> None:
    everything = ChangeFacts(
        BASE,
        gross=Decimal(300000),
        earlier=(Decimal(1),),
        centre_content_degree="considerable",
        meets_review=False,
        refer_reason="理由",
    )
    assert route_change(everything, RULES).reasons == REASONS


def test_the_new_total() -> None:
    assert new_total(ChangeFacts(BASE, gross=Decimal(5))) is None
    assert new_total(ChangeFacts(BASE, lines=(line("1", "5", "3"),))) == Decimal("999998.00")
    assert new_total(ChangeFacts(BASE, lines=(line("1", "3", "5"),), effective_total=Decimal(7))) == 9


def test_filed_changes_since_the_last_agreed_one() -> None:
    def at(day: int) -> datetime:
        return datetime(2026, 3, day, 9, tzinfo=SHANGHAI)

    history = (
        EarlierChange(Decimal(1), "filed", at(1)),
        EarlierChange(Decimal(2), "agreed", at(2)),
        EarlierChange(Decimal(4), "filed", at(2)),
        EarlierChange(Decimal(8), "rejected", at(3)),
        EarlierChange(Decimal(16), "filed", at(4)),
        EarlierChange(Decimal(32), "filed"),
    )
    assert sum(filed_since_joint(history)) == 4 + 16 + 32
    assert sum(filed_since_joint(reversed(history))) == 4 + 16 + 32
    assert filed_since_joint(()) == ()
    # an agreement without its moment cannot start the count anew: then everything filed counts
    assert sum(filed_since_joint([*history[:1], EarlierChange(Decimal(2), "agreed")])) == 1


def test_percentages_are_for_display_alone() -> None:
    assert percent(Decimal(1), Decimal(3)) == Decimal("33.33")
    assert percent(Decimal("0.005"), Decimal(100)) == Decimal("0.01")
    assert percent(Decimal("10"), Decimal("1000"), 4) == Decimal("1.0000")
    assert str(percent_beside(Decimal(200000), Decimal(1333300), Decimal(15))) == "15.0004"
    assert str(percent_beside(Decimal(150040), BASE, Decimal(15))) == "15.004"
    assert str(percent_beside(Decimal("149999.99"), BASE, Decimal(15))) == "14.999999"
    assert str(percent_beside(Decimal(150000), BASE, Decimal(15))) == "15.00"
    assert str(percent_beside(Decimal(160000), BASE, Decimal(15))) == "16.00"


def test_the_route_does_not_depend_on_the_programs_decimal_context() -> None:
    facts = ChangeFacts(Decimal("999999999999.99"), gross=Decimal("199999.99"), earlier=(Decimal("0.01"),))
    expected = route_change(facts, RULES)
    with localcontext() as context:
        context.prec = 28
        assert route_change(facts, RULES) == expected
    assert expected.reasons == ("cumulative_amount",) and getcontext().prec == 28


def test_before_the_measure_there_is_no_limit() -> None:
    with pytest.raises(InputError, match="最早自2020年8月5日起施行"):
        route_change(ChangeFacts(BASE, gross=Decimal(1)), in_force(date(2020, 8, 4)))
