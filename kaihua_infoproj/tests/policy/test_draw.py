"""Draws: anyone can repeat them, and what was changed is named."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.policy.draw import ALGORITHM, Declined, Draw, PoolEntry, draw, normal_id, repeat, taking_part
from kaihua_infoproj.policy.errors import InputError

FIVE = tuple(PoolEntry(name) for name in ("01", "02", "03", "04", "05"))
DRAWN = draw(FIVE, "演示种子2026", 2)

IDS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=4)
POOLS = (
    st.lists(IDS, min_size=1, max_size=12, unique_by=normal_id)
    .map(lambda ids: [i for i in ids if normal_id(i)])
    .filter(bool)
)


def test_the_order_is_that_of_the_hashes() -> None:
    order = sorted((hashlib.sha256(f"演示种子2026\n{entry.id}".encode()).hexdigest(), entry.id) for entry in FIVE)
    assert DRAWN.result + DRAWN.replacements == tuple(name for _, name in order)
    assert (DRAWN.algorithm, DRAWN.seed, DRAWN.number, DRAWN.pool) == (ALGORITHM, "演示种子2026", 2, FIVE)


@pytest.mark.parametrize(
    "pool, seed, number, field, words",
    [
        (FIVE, "", 2, "seed", "种子不能为空"),
        (FIVE, "a\nb", 2, "seed", "不能分行"),
        (FIVE, "a\rb", 2, "seed", "不能分行"),
        (FIVE, "s", 0, "number", "大于零"),
        (FIVE, "s", -1, "number", "大于零"),
        (FIVE, "s", 6, "number", "要抽取6个，但名单5个中可参加抽取的只有5个"),
        ((*FIVE[:4], PoolEntry("05", "回避")), "s", 5, "number", "可参加抽取的只有4个"),
        ((), "s", 1, "number", "只有0个"),
        ((*FIVE, PoolEntry("03")), "s", 1, "pool[6]", "“03”在名单里重复出现"),
        ((*FIVE, PoolEntry(" 03", "回避")), "s", 1, "pool[6]", "重复出现"),
        ((PoolEntry("é"), PoolEntry("e\u0301")), "s", 1, "pool[2]", "重复出现"),
        ((PoolEntry(" "),), "s", 1, "pool[1]", "空的或分行"),
        ((FIVE[0], PoolEntry("a\nb")), "s", 1, "pool[2]", "空的或分行"),
        ((PoolEntry("a\rb"),), "s", 1, "pool[1]", "空的或分行"),
    ],
)
def test_refused_draws(pool: tuple[PoolEntry, ...], seed: str, number: int, field: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        draw(pool, seed, number)
    assert caught.value.field == field and caught.value.en


def test_ids_are_taken_in_one_writing_and_the_seed_as_it_stands() -> None:
    assert draw([PoolEntry(" e\u0301 ")], "s", 1).result == ("é",)
    assert draw(FIVE, " s", 2) != draw(FIVE, "s", 2)


def test_who_takes_part_after_some_declined() -> None:
    assert taking_part(DRAWN, []) == ("01", "03")
    assert taking_part(DRAWN, [Declined("01", "出差")]) == ("03", "05")
    assert taking_part(DRAWN, [Declined(" 03 ", "出差"), Declined("05", "退休")]) == ("01", "04")
    assert taking_part(DRAWN, [Declined("05", "出差")]) == ("01", "03")
    assert taking_part(DRAWN, [Declined(n, "出差") for n in ("01", "03", "04")]) == ("05", "02")


@pytest.mark.parametrize(
    "declined, field, words",
    [
        ([Declined("09", "x")], "declined[1]", "不在抽取结果"),
        ([Declined("01", " ")], "declined[1]", "须写明理由"),
        ([Declined("01", "x"), Declined("01", "y")], "declined[2]", "已登记过放弃"),
        ([Declined(n, "x") for n in ("01", "02", "03", "04")], "declined", "候补已用完：需要2个，只剩1个"),
    ],
)
def test_refused_declines(declined: list[Declined], field: str, words: str) -> None:
    with pytest.raises(InputError, match=words) as caught:
        taking_part(DRAWN, declined)
    assert caught.value.field == field


# --- repeating -------------------------------------------------------------------------------------------------------


def test_a_record_comes_out_again() -> None:
    assert repeat(DRAWN).ok and repeat(DRAWN, FIVE[::-1]).ok


@pytest.mark.parametrize(
    "recorded, name, words",
    [
        (replace(DRAWN, pool=FIVE[1:]), "01", "已不在可抽名单"),
        (replace(DRAWN, pool=(replace(FIVE[0], excluded="回避"), *FIVE[1:])), "01", "已不在可抽名单"),
        (replace(DRAWN, pool=(*FIVE, PoolEntry("06"))), "06", "不在记录中"),
        (replace(DRAWN, result=("03", "01")), "03", "第1位记录为“03”，重新抽取为“01”"),
        (replace(DRAWN, result=("01", "05"), replacements=("03", "04", "02")), "05", "第2位"),
        (replace(DRAWN, replacements=("05", "02", "04")), "02", "第4位"),
        (replace(DRAWN, replacements=("05", "04")), "02", "不在记录中"),
        (replace(DRAWN, result=("01", "03", "05"), replacements=("04", "02")), "05", "记录抽中3个，应为2个"),
        (replace(DRAWN, result=("01",), replacements=("03", "05", "04", "02")), "03", "记录抽中1个，应为2个"),
        (replace(DRAWN, seed="演示种子2027"), "01", "第1位"),
        (replace(DRAWN, algorithm="random/2"), "", "算法“random/2”未知"),
    ],
)
def test_what_was_changed_is_named(recorded: Draw, name: str, words: str) -> None:
    outcome = repeat(recorded)
    assert not outcome.ok and outcome.id == name and words in outcome.reason.zh and outcome.reason.en


def test_a_pool_as_it_is_now() -> None:
    assert repeat(DRAWN, FIVE[:4]).id == "05"
    assert repeat(DRAWN, (*FIVE, PoolEntry("06"))).id == "06"
    assert repeat(DRAWN, (*FIVE, PoolEntry("06", "回避"))).ok
    with pytest.raises(InputError, match="重复出现"):
        repeat(DRAWN, (*FIVE, FIVE[0]))


@given(POOLS, st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), min_size=1, max_size=5), st.data())
def test_a_draw_does_not_depend_on_the_order_of_the_pool(ids: list[str], seed: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(ids)))
    one = draw([PoolEntry(i) for i in ids], seed, number)
    other = draw([PoolEntry(i) for i in data.draw(st.permutations(ids))], seed, number)
    assert (one.result, one.replacements) == (other.result, other.replacements)
    assert len(one.result) == number and sorted(one.result + one.replacements) == sorted(map(normal_id, ids))
    assert repeat(one).ok


@given(POOLS, st.data())
def test_drawing_more_keeps_those_drawn_before(ids: list[str], data: st.DataObject) -> None:
    number = data.draw(st.integers(1, len(ids)))
    whole = draw([PoolEntry(i) for i in ids], "种子", len(ids)).result
    assert draw([PoolEntry(i) for i in ids], "种子", number).result == whole[:number]


@given(POOLS, st.data())
def test_excluding_one_leaves_the_order_of_the_others(ids: list[str], data: st.DataObject) -> None:
    gone = data.draw(st.sampled_from(ids))
    entries = [PoolEntry(i, "回避" if i == gone else "") for i in ids]
    if len(ids) == 1:
        return
    whole = draw([PoolEntry(i) for i in ids], "种子", 1)
    left = draw(entries, "种子", 1)
    others = tuple(n for n in whole.result + whole.replacements if n != normal_id(gone))
    assert left.result + left.replacements == others
