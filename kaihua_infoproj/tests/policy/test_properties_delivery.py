"""What holds of every change, period, acceptance and evaluation, whatever the figures."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from kaihua_infoproj.policy import (
    acceptance_facts,
    benchmark_sets,
    change_facts,
    draw,
    estimate,
    evaluation,
    implementation,
    ledger,
    milestones,
    service_completion,
)
from kaihua_infoproj.policy.acceptance import AcceptanceFacts, Gate, check_acceptance
from kaihua_infoproj.policy.calendar import SHANGHAI
from kaihua_infoproj.policy.change import (
    REASONS,
    ChangeFacts,
    ChangeLine,
    EarlierChange,
    check_agreement,
    check_change,
    check_filing,
    check_joint_conclusion,
    check_referral,
    route_change,
)
from kaihua_infoproj.policy.evaluation import (
    EvaluationFacts,
    check_conclusion,
    check_notice,
    check_self_evaluation,
    grade,
)
from kaihua_infoproj.policy.finding import Finding, Severity, catalogue
from kaihua_infoproj.policy.implementation import (
    Contract,
    ImplementationFacts,
    check_completion,
    check_contracts,
    check_start_construction,
    check_start_service,
    check_start_trial,
    check_submission,
    check_termination,
    supervision_required,
)
from kaihua_infoproj.policy.milestones import Suspension, trial_period
from kaihua_infoproj.policy.parameter import OverlayRow, ResolvedSet, floor, in_force, resolve
from kaihua_infoproj.policy.service_completion import ServiceCompletionFacts, check_service_completion

DAY = date(2026, 5, 1)
RULES = in_force(DAY)
WEIGHT = {"filing": 0, "joint": 1}

AMOUNTS = st.decimals(0, 400_000, places=2)
BASES = st.decimals(1, 5_000_000, places=2)
EARLIER = st.lists(st.decimals(0, 200_000, places=2), max_size=4).map(tuple)
LINES = st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=6).map(
    lambda rows: tuple(ChangeLine(str(n), before, after) for n, (before, after) in enumerate(rows))
)
DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))


def judged(base: Decimal, **more: Any) -> ChangeFacts:
    return ChangeFacts(base, centre_content_degree="small", meets_review=True, **more)


# --- change: no lighter by splitting, no lighter by order ------------------------------------------------------------


@given(BASES, st.lists(AMOUNTS, min_size=1, max_size=5), EARLIER)
def test_the_heaviest_part_of_a_split_change_is_never_lighter_than_the_whole(
    base: Decimal, parts: list[Decimal], earlier: tuple[Decimal, ...]
) -> None:
    whole = route_change(judged(base, gross=sum(parts, Decimal(0)), earlier=earlier), RULES)
    filed, heaviest = earlier, "filing"
    for part in parts:
        route = route_change(judged(base, gross=part, earlier=filed), RULES)
        if route.route == "joint":
            heaviest = "joint"
            break
        filed = (*filed, part)
    assert WEIGHT[heaviest] >= WEIGHT[whole.route]


@given(BASES, AMOUNTS, EARLIER, st.data())
def test_the_order_of_filed_changes_does_not_matter(
    base: Decimal, gross: Decimal, earlier: tuple[Decimal, ...], data: st.DataObject
) -> None:
    other = tuple(data.draw(st.permutations(earlier)))
    assert route_change(judged(base, gross=gross, earlier=earlier), RULES) == route_change(
        judged(base, gross=gross, earlier=other), RULES
    )


@given(BASES, AMOUNTS, EARLIER)
def test_history_and_list_of_filed_changes_say_the_same(
    base: Decimal, gross: Decimal, earlier: tuple[Decimal, ...]
) -> None:
    start = datetime(2026, 1, 1, tzinfo=SHANGHAI)
    history = [EarlierChange(Decimal(399999), "agreed", start)]
    history += [EarlierChange(g, "filed", start + timedelta(hours=n)) for n, g in enumerate(earlier, 1)]
    before = EarlierChange(Decimal(399999), "filed", start - timedelta(seconds=1))
    assert route_change(judged(base, gross=gross, history=(before, *history)), RULES) == route_change(
        judged(base, gross=gross, earlier=earlier), RULES
    )


@given(BASES, LINES, AMOUNTS, AMOUNTS)
def test_any_line_added_never_lowers_gross(
    base: Decimal, lines: tuple[ChangeLine, ...], before: Decimal, after: Decimal
) -> None:
    fewer = route_change(judged(base, lines=lines), RULES)
    more = route_change(judged(base, lines=(*lines, ChangeLine("新", before, after))), RULES)
    assert more.gross >= fewer.gross and WEIGHT[more.route] >= WEIGHT[fewer.route]


@given(BASES, LINES)
def test_gross_is_never_below_the_net_nor_the_largest_line(base: Decimal, lines: tuple[ChangeLine, ...]) -> None:
    route = route_change(judged(base, lines=lines), RULES)
    assert route.net is not None and route.largest is not None
    assert route.gross >= abs(route.net) and route.gross >= abs(route.largest.after - route.largest.before)
    assert all(abs(row.after - row.before) <= abs(route.largest.after - route.largest.before) for row in lines)


@given(BASES, AMOUNTS, AMOUNTS, EARLIER)
def test_a_larger_change_is_never_lighter(
    base: Decimal, one: Decimal, other: Decimal, earlier: tuple[Decimal, ...]
) -> None:
    small, large = (route_change(judged(base, gross=g, earlier=earlier), RULES) for g in sorted((one, other)))
    assert set(small.reasons) <= set(large.reasons)


@given(BASES, BASES, AMOUNTS, EARLIER)
def test_a_larger_base_is_never_stricter(
    one: Decimal, other: Decimal, gross: Decimal, earlier: tuple[Decimal, ...]
) -> None:
    low, high = (route_change(judged(b, gross=gross, earlier=earlier), RULES) for b in sorted((one, other)))
    assert set(high.reasons) <= set(low.reasons)


def tightened(ratio: Decimal, amount: Decimal) -> ResolvedSet:
    rows = [
        OverlayRow("change_joint_ratio", ratio, DAY, "演示"),
        OverlayRow("change_joint_amount", amount, DAY, "演示"),
    ]
    return resolve(floor(), rows, DAY)


@given(BASES, AMOUNTS, EARLIER, st.decimals(0, 15, places=2), st.decimals(0, 200_000, places=2))
def test_with_the_same_earlier_changes_tightening_never_loosens(
    base: Decimal, gross: Decimal, earlier: tuple[Decimal, ...], ratio: Decimal, amount: Decimal
) -> None:
    facts = judged(base, gross=gross, earlier=earlier)
    assert set(route_change(facts, RULES).reasons) <= set(route_change(facts, tightened(ratio, amount)).reasons)


@given(
    BASES,
    AMOUNTS,
    EARLIER,
    st.sampled_from(["small", "considerable", None]),
    st.sampled_from([True, False, None]),
    st.sampled_from(["", "理由"]),
)
def test_the_route_is_the_fold_over_its_findings(
    base: Decimal, gross: Decimal, earlier: tuple[Decimal, ...], degree: Any, meets: Any, refer: str
) -> None:
    facts = ChangeFacts(
        base,
        gross=gross,
        earlier=earlier,
        centre_content_degree=degree,
        meets_review=meets,
        refer_reason=refer,
    )
    route = route_change(facts, RULES)
    assert (route.route == "joint") == bool(route.reasons)
    assert [r for r in REASONS if r in route.reasons] == list(route.reasons)
    codes = [f.code for f in route.findings]
    assert [c.removeprefix("art12.") for c in codes if c.removeprefix("art12.") in REASONS] == list(route.reasons)
    assert ("art12.filing" in codes) == (route.route == "filing")
    assert all(f.severity is Severity.NOTE for f in route.findings)
    assert route.cumulative == gross + sum(earlier)
    assert ("ratio" in route.reasons) == (gross * 100 > 15 * base) and ("amount" in route.reasons) == (gross >= 200000)


@given(
    BASES,
    AMOUNTS,
    EARLIER,
    st.sampled_from(["small", "considerable", None]),
    st.sampled_from([True, False, None]),
)
def test_what_may_be_filed_need_not_be_examined_jointly(
    base: Decimal, gross: Decimal, earlier: tuple[Decimal, ...], degree: Any, meets: Any
) -> None:
    facts = ChangeFacts(base, gross=gross, earlier=earlier, centre_content_degree=degree, meets_review=meets)
    filing = {f.code for f in check_filing(facts, RULES)}
    assert ("art12.must_be_joint" in filing) == (route_change(facts, RULES).route == "joint")
    referral = {f.code for f in check_referral(facts, RULES)}
    assert ("art12.referral_reason" in referral) == (route_change(facts, RULES).route == "filing")


# --- supervision, contracts, trial -----------------------------------------------------------------------------------


@given(st.sampled_from(["new", "continued", "upgrade", "O&M", "service"]), st.decimals(0, 4_000_000, places=2))
def test_supervision_is_compulsory_from_its_threshold_on(nature: str, total: Decimal) -> None:
    assert supervision_required(nature, total, RULES) == (
        nature in ("new", "continued", "upgrade") and total >= 2_000_000
    )


@given(st.lists(AMOUNTS, max_size=5), st.decimals(0, 1_000_000, places=2))
def test_contracts_above_the_total_are_refused_to_the_cent(amounts: list[Decimal], total: Decimal) -> None:
    contracts = tuple(Contract(str(n), "演示公司", a) for n, a in enumerate(amounts))
    facts = ImplementationFacts("new", DAY, approved_total=total, contracts=contracts)
    refused = any(f.code == "art11.contracts_above_total" for f in check_contracts(facts, RULES))
    assert refused == (sum(amounts) > total)


SUSPENSIONS = st.lists(st.tuples(DAYS, st.integers(0, 200)), max_size=3).map(
    lambda rows: tuple(Suspension(since, since + timedelta(days=length)) for since, length in rows)
)


@given(DAYS, SUSPENSIONS, DAYS, st.integers(0, 100))
def test_a_further_suspension_never_opens_acceptance_earlier(
    start: date, suspensions: tuple[Suspension, ...], since: date, length: int
) -> None:
    before = trial_period(start, suspensions, RULES)
    after = trial_period(start, (*suspensions, Suspension(since, since + timedelta(days=length))), RULES)
    assert before is not None and after is not None and after.opens_on >= before.opens_on
    assert before.last_day > start


@given(DAYS, DAYS)
def test_the_trial_gate_opens_on_one_day_and_stays_open(start: date, applied: date) -> None:
    over = trial_period(start, (), RULES)
    assert over is not None
    facts = AcceptanceFacts(applied, trial_start=start)
    closed = any(f.code == "art13.gate.trial_not_over" for f in check_acceptance(facts, RULES))
    assert closed == (applied < over.opens_on)


@given(st.sets(st.sampled_from(RULES.texts("acceptance_gates"))))
def test_every_gate_without_evidence_is_named(given_gates: set[str]) -> None:
    day = date(2026, 1, 1)
    facts = AcceptanceFacts(
        date(2026, 6, 1),
        all_built_on=day,
        data_dictionary_received_on=day,
        preliminary_accepted_on=day,
        trial_start=day,
        zone_connected_on=day,
        trial_data_collected_on=day,
        stable_and_normal=True,
        gates=tuple(
            Gate(g, evidence="材料", confirmed_by="演示甲", confirmed_at=datetime(2026, 5, 1, tzinfo=SHANGHAI))
            for g in given_gates
        ),
    )
    codes = [f.code for f in check_acceptance(facts, RULES)]
    assert codes.count("art13.gate_evidence") == 7 - len(given_gates)


# --- grades ----------------------------------------------------------------------------------------------------------


@given(st.decimals(0, 100, places=4), st.decimals(0, 100, places=4))
def test_a_higher_score_never_gets_a_lower_grade(one: Decimal, other: Decimal) -> None:
    order = ["poor", "fair", "good", "excellent"]
    low, high = sorted((one, other))
    assert order.index(grade(low, RULES)) <= order.index(grade(high, RULES))


# --- every blocking finding has a way out ----------------------------------------------------------------------------

EMPTY: list[tuple[Any, Any]] = (
    [
        (check, ChangeFacts(Decimal(1)))
        for check in (check_change, check_filing, check_referral, check_agreement, check_joint_conclusion)
    ]
    + [
        (check, ImplementationFacts("new", DAY, approved_total=Decimal(2_000_000)))
        for check in (
            check_submission,
            check_contracts,
            check_start_construction,
            check_start_service,
            check_start_trial,
            check_completion,
            check_termination,
        )
    ]
    + [
        (check_acceptance, AcceptanceFacts(DAY)),
        (check_service_completion, ServiceCompletionFacts("O&M", DAY)),
    ]
    + [(check, EvaluationFacts(DAY)) for check in (check_notice, check_self_evaluation, check_conclusion)]
)


def sound(finding: Finding) -> bool:
    whole = finding.way_out.zh.endswith("。") and finding.way_out.en.endswith(".") if finding.blocking else True
    return whole and "{" not in finding.zh + finding.en and finding.zh.startswith("【") and finding.code in catalogue()


def test_every_blocking_finding_has_a_way_out() -> None:
    for check, facts in EMPTY:
        for finding in check(facts, RULES):
            assert sound(finding), finding


def test_every_act_finds_something_on_an_empty_paper() -> None:
    silent = [check.__name__ for check, facts in EMPTY if not check(facts, RULES)]
    assert silent == ["check_contracts"]


@given(st.data())
def test_whatever_is_known_of_a_project_the_checks_answer_in_whole_sentences(data: st.DataObject) -> None:
    check, facts = data.draw(st.sampled_from(EMPTY))
    changes: dict[str, Any] = {}
    for spec in fields(facts):
        hint = str(spec.type)
        if hint == "date | None":
            changes[spec.name] = data.draw(st.none() | DAYS)
        elif hint == "str" and spec.default == "":
            changes[spec.name] = data.draw(st.sampled_from(["", "演示"]))
        elif hint == "bool":
            changes[spec.name] = data.draw(st.booleans())
        elif hint == "Decimal | None" and spec.name != "gross":
            changes[spec.name] = data.draw(st.none() | AMOUNTS)
    found = check(replace(facts, **changes), RULES)
    assert all(sound(finding) for finding in found)
    assert len({(f.code, f.field, f.facts) for f in found}) == len(found)


@given(st.lists(DAYS, min_size=4, max_size=4))
def test_dates_in_order_are_never_found_fault_with(days: list[date]) -> None:
    built, dictionary, preliminary, trial = sorted(days)
    facts = AcceptanceFacts(
        date(2029, 1, 1),
        all_built_on=built,
        data_dictionary_received_on=dictionary,
        preliminary_accepted_on=preliminary,
        trial_start=trial,
        zone_connected_on=trial,
        trial_data_collected_on=trial,
    )
    assert not any(f.code.startswith("art13.order") for f in check_acceptance(facts, RULES))
    shuffled = replace(
        facts,
        all_built_on=days[0],
        data_dictionary_received_on=days[1],
        preliminary_accepted_on=days[2],
        trial_start=days[3],
    )
    assume(days != sorted(days))
    assert any(f.code.startswith("art13.order") for f in check_acceptance(shuffled, RULES))


def test_facts_cannot_be_altered_by_a_rule() -> None:
    modules = (
        acceptance_facts,
        benchmark_sets,
        change_facts,
        draw,
        estimate,
        evaluation,
        implementation,
        ledger,
        milestones,
        service_completion,
    )
    found = [thing for module in modules for thing in vars(module).values() if is_dataclass(thing)]
    assert len(found) >= 35
    assert [cls.__name__ for cls in found if not cls.__dataclass_params__.frozen] == []  # type: ignore[union-attr]
