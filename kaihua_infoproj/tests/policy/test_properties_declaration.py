"""What holds of every declaration, whatever was written in it."""

from __future__ import annotations

import copy
from collections import Counter
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kaihua_infoproj.policy.declaration import check_declaration
from kaihua_infoproj.policy.finding import Finding, blocking
from kaihua_infoproj.policy.parameter import OverlayRow, Parameter, floor, resolve
from kaihua_infoproj.policy.proposal_paper import read_proposal
from kaihua_infoproj.policy.register import Register, SimilarProject, SystemRecord, ZombieListing

from .declared import DAY, facts, paper, rules

CENT = Decimal("0.01")
TABLES = ("targets", "investment_lines", "funding_lines", "collection_plan", "systems", "basis", "negative_checks")
NATURES = ("new", "continued", "upgrade", "O&M", "service")
amounts = st.decimals(min_value=0, max_value=9_000_000, places=2)
lines = st.fixed_dictionaries(
    {
        "category": st.sampled_from(
            [
                "custom software",
                "supervision",
                "contingency",
                "O&M service",
                "other",
                "new physical hardware",
                "city-cloud compute",
            ]
        ),
        "item": st.just("一项"),
        "quantity": st.just(Decimal(1)),
        "unit_price": amounts,
        "basis_of_price": st.sampled_from(["market inquiry", "fee standard", "cost-measurement standard"]),
    },
    optional={
        "months": st.integers(0, 48),
        "mode": st.sampled_from(["included free", "priced"]),
        "is_bulk_replacement": st.booleans(),
        "is_new_hardware": st.booleans(),
    },
)
registers = st.sampled_from(
    [
        Register(),
        Register(zombie_listings=(ZombieListing("演示县水利局", "演示旧水情网", DAY - timedelta(days=400)),)),
        Register(similar_projects=(SimilarProject("ITP-1", "演示平台", passage="雨量站"),)),
        Register(
            systems=(
                SystemRecord("演示水情监测系统", last_upgraded_on=DAY - timedelta(days=500)),
                SystemRecord("演示办事大厅系统", om_included_until=DAY + timedelta(days=500)),
            )
        ),
    ]
)


@st.composite
def papers(draw: st.DrawFn) -> dict[str, Any]:
    """A demo paper with fields, cells and rows taken out, lines added, and its nature changed."""
    data = paper(draw(st.sampled_from(["construction", "om", "service"])))
    if draw(st.booleans()):
        data["nature"] = draw(st.sampled_from(NATURES))
    for name in draw(st.lists(st.sampled_from(sorted(data)), max_size=3)):
        data.pop(name, None)
    for table in draw(st.lists(st.sampled_from(TABLES), max_size=2)):
        rows = data.get(table)
        if rows:
            row = draw(st.integers(0, len(rows) - 1))
            rows[row].pop(draw(st.sampled_from(sorted(rows[row]))), None)
    data.setdefault("investment_lines", []).extend(draw(st.lists(lines, max_size=3)))
    answers = data.get("negative_checks") or []
    for number in draw(st.lists(st.integers(0, 6), max_size=2)):
        if number < len(answers):
            answers[number]["applies"] = draw(st.sampled_from(["yes", "exempted", "exception"]))
    return data


def found(data: dict[str, Any], register: Register, *overlay: OverlayRow) -> tuple[Finding, ...]:
    return check_declaration(facts(data, register=register), resolve(floor(), overlay, DAY))


def codes(findings: tuple[Finding, ...]) -> Counter[str]:
    return Counter(finding.code for finding in findings)


@given(papers(), lines)
def test_a_line_added_never_lowers_the_total(data: dict[str, Any], line: dict[str, Any]) -> None:
    before = read_proposal(data).total
    data["investment_lines"].append(line)
    assert read_proposal(data).total == before + line["unit_price"]
    assert read_proposal(data).total >= before


@given(papers(), registers)
def test_every_blocking_finding_has_a_way_out(data: dict[str, Any], register: Register) -> None:
    for finding in blocking(found(data, register)):
        assert finding.way_out.zh.endswith("。"), finding.code
        assert finding.way_out.en.endswith("."), finding.code
        assert finding.said.zh, finding.code


@given(papers(), registers, st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_of_rows(data: dict[str, Any], register: Register, random: Any) -> None:
    shuffled = copy.deepcopy(data)
    for table in TABLES:
        if table in shuffled:
            random.shuffle(shuffled[table])
    assert codes(found(shuffled, register)) == codes(found(data, register))


TIGHTENED = {
    "om_months_minimum": 60,
    "supervision_threshold": Decimal("100000.00"),
    "contingency_rate_maximum": Decimal(0),
    "ex_ante_evaluation_threshold": Decimal("50000.00"),
    "declaration_deadline": "08-31",
    "zombie_ban_years": 5,
    "upgrade_interval_months": 60,
    "social_targets_minimum": 3,
    "economic_targets_minimum": 2,
    "market_quotations_minimum": 5,
    "basis_documents_minimum": 4,
    "correction_working_days": 5,
    "revision_working_days": 5,
    "software_deviation_ratio": Decimal(0),
}
"""Every parameter that a declaration reads and that may only be tightened, and a tighter value."""


def test_every_tightenable_parameter_of_these_articles_is_tightened_below() -> None:
    articles = {"2", "3", "4", "5", "6", "7", "8", "10", "form"}
    ours = {
        name
        for name, parameter in floor().items()
        if parameter.tighten != "none" and parameter.values[-1].article.split(".")[0] in articles
    }
    assert ours - TIGHTENED.keys() <= {"supplement_ratio"}


def tighter(parameter: Parameter) -> OverlayRow:
    return OverlayRow(parameter.name, TIGHTENED[parameter.name], DAY, "演示收紧")


@given(papers(), registers, st.sampled_from(sorted(TIGHTENED)))
def test_tightening_a_parameter_never_removes_a_blocking_finding(
    data: dict[str, Any],
    register: Register,
    name: str,
) -> None:
    before = codes(blocking(found(data, register)))
    after = codes(blocking(found(data, register, tighter(floor()[name]))))
    assert not before - after


# --- edges made from the parameters ----------------------------------------------------------------------------------


def with_total(total: Decimal) -> dict[str, Any]:
    """The demo paper at another total, its funds equal to it."""
    data = paper()
    others = sum((line["quantity"] * line["unit_price"] for line in data["investment_lines"][1:]), Decimal(0))
    data["investment_lines"][0]["unit_price"] = data["investment_lines"][0]["amount"] = total - others
    data["funding_lines"] = [{"source": "general public budget", "year": 2027, "amount": total}]
    return data


EDGES = [
    ("supervision_threshold", "art11.supervision_line"),
    ("ex_ante_evaluation_threshold", "form.ex_ante_evaluation"),
]


@pytest.mark.parametrize(("name", "code"), EDGES)
@pytest.mark.parametrize("overlay", ["floor", "tightened"])
def test_a_threshold_of_the_total_holds_from_its_amount_on(name: str, code: str, overlay: str) -> None:
    rows = [OverlayRow(name, Decimal("777777.77"), DAY, "演示收紧")] if overlay == "tightened" else []
    limit = resolve(floor(), rows, DAY).decimal(name)
    hit = [code in codes(found(with_total(total), Register(), *rows)) for total in (limit - CENT, limit, limit + CENT)]
    assert hit == [False, True, True]


@pytest.mark.parametrize("plan_year", range(2022, 2030))
def test_the_deadline_holds_to_the_second(plan_year: int) -> None:
    month, day = rules().text("declaration_deadline").split("-")
    data = paper()
    data["plan_year"] = plan_year
    last = f"{plan_year - rules().integer('plan_year_offset')}-{month}-{day}T23:59:59+08:00"
    in_time = facts(data, at=last)
    hits = []
    for seconds in (0, 1, 2):
        reached = in_time.at + timedelta(seconds=seconds)
        late = check_declaration(facts(data, at=last, reached_centre_at=reached), rules())
        hits.append("art6.late" in codes(late))
    assert hits == [False, True, True]


@pytest.mark.parametrize("listed", [DAY - timedelta(days=n) for n in (0, 1, 29, 200, 364, 565)])
def test_the_ban_holds_through_its_last_day(listed: Any) -> None:
    from kaihua_infoproj.policy.calendar import add_years

    register = Register(zombie_listings=(ZombieListing("演示县水利局", "演示旧水情网", listed),))
    last = add_years(listed, rules().integer("zombie_ban_years"))
    hits = []
    for day in (listed - timedelta(days=1), listed, last, last + timedelta(days=1)):
        at = f"{day.isoformat()}T12:00:00+08:00"
        hits.append("art3.7" in codes(check_declaration(facts(paper(), at=at, register=register), rules())))
    assert hits == [False, True, True, False]
