"""The sums: lines, total, funds – equal to the cent –, contingency, and from which amount more is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from .comparison import compared
from .finding import Finding, found, plain_fact
from .forms import load_form
from .parameter import ResolvedSet
from .proposal import ProposalFacts
from .proposal_paper import ZERO, PricedRow, ProposalPaper

OM_LINE, CONTINGENCY = "O&M service", "contingency"


def check_investment(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Everything about amounts that no single fee is asked for."""
    yield from check_line_amounts(facts)
    yield from check_stated_sums(facts)
    yield from check_funds_equal_total(facts)
    yield from check_contingency(facts, rules)
    yield from check_ex_ante_evaluation(facts, rules)


def check_line_amounts(facts: ProposalFacts) -> Iterator[Finding]:
    """Quantity × unit price, rounded to the cent, is the amount of each line."""
    yield from _line_amounts("investment_lines", facts.form.investment_lines)
    yield from _line_amounts("service_scope", facts.form.service_scope)


def _line_amounts(table: str, rows: Sequence[PricedRow]) -> Iterator[Finding]:
    label = load_form(ProposalFacts.PAPER_FORM).field(table).label
    for number, row in enumerate(rows, 1):
        product = row.product
        if row.amount is not None and product is not None and row.amount != product:
            yield found(
                "form.line_amount",
                {
                    "table": label,
                    "line": number,
                    "quantity": row.quantity,
                    "unit_price": row.unit_price,
                    "product": product,
                    "amount": row.amount,
                },
                comparison=compared(row.amount, "≠", product),
                field=f"{table}[{number}].amount",
            )


def check_stated_sums(facts: ProposalFacts) -> Iterator[Finding]:
    """Sums that a paper states although they follow from its rows: ``form.stated.total_investment``."""
    for name, stated, derived in _sums(facts.form):
        if stated is not None and stated != derived:
            yield found(
                f"form.stated.{name}",
                {
                    "label": load_form(facts.PAPER_FORM).field(name).label,
                    "stated": stated,
                    "derived": derived,
                },
                comparison=compared(stated, "≠", derived),
                sentence="form.stated",
                field=name,
            )


def _sums(form: ProposalPaper) -> Iterator[tuple[str, Decimal | None, Decimal]]:
    om = form.total_of(OM_LINE)
    this_year = sum((line.amount or ZERO for line in form.funding_lines if line.year == form.plan_year), ZERO)
    yield "total_investment", form.total_investment, form.total
    yield "construction_subtotal", form.construction_subtotal, form.total - om
    yield "om_subtotal", form.om_subtotal, om
    yield "funding_total", form.funding_total, form.funds
    yield "this_year_request", form.this_year_request, this_year


def check_funds_equal_total(facts: ProposalFacts) -> Iterator[Finding]:
    """Σ of the funds = Σ of the lines to the cent."""
    form = facts.form
    if form.investment_lines and form.funding_lines and form.funds != form.total:
        yield found(
            "art4.funds_total",
            {
                "funds": form.funds,
                "total": form.total,
                "difference": abs(form.funds - form.total),
            },
            comparison=compared(form.funds, "≠", form.total),
            field="funding_lines",
        )


def check_contingency(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Contingency within its cap, a share of all other lines."""
    contingency = facts.form.total_of(CONTINGENCY)
    others = facts.form.total - contingency
    cap = rules.decimal("contingency_rate_maximum")
    if contingency * 100 > cap * others:
        yield found(
            "form.contingency",
            {"contingency": contingency, "others": others},
            uses=[rules.use("contingency_rate_maximum")],
            comparison=f"{compared(contingency, '>', cap)}% × {plain_fact(others)}",
            field="investment_lines",
        )


def check_ex_ante_evaluation(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """From an amount on the ex-ante performance evaluation is attached."""
    threshold = rules.decimal("ex_ante_evaluation_threshold")
    if facts.form.total >= threshold and not facts.form.ex_ante_evaluation:
        yield found(
            "form.ex_ante_evaluation",
            {"total": facts.form.total},
            uses=[rules.use("ex_ante_evaluation_threshold")],
            comparison=compared(facts.form.total, "≥", threshold),
            field="ex_ante_evaluation",
        )
