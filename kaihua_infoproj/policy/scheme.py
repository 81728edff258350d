"""Article 4: measurable targets, basis of prices, hardware and software lines."""

from __future__ import annotations

from collections.abc import Iterator

from .comparison import compared
from .finding import Finding, found
from .labels import label, labels
from .parameter import ResolvedSet
from .proposal import ProposalFacts
from .proposal_paper import ZERO, InvestmentLine

_BENEFITS = {"social benefit": "social_targets_minimum", "economic benefit": "economic_targets_minimum"}
NEW_HARDWARE = "new physical hardware"
COST_STANDARD, PRICE_LIST, INQUIRY = "cost-measurement standard", "city-cloud price list", "market inquiry"


def check_scheme(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Targets, basis documents and the lines' prices; what is not there at all is a missing field instead."""
    yield from check_targets(facts, rules)
    yield from check_basis(facts, rules)
    for number, line in enumerate(facts.form.investment_lines, 1):
        yield from _hardware(number, line, rules)
        yield from _quotations(number, line.basis_of_price, len(line.quotations), "investment_lines", rules)
        yield from _software(number, line, rules)
    for number, row in enumerate(facts.form.service_scope, 1):
        yield from _quotations(number, row.basis, len(row.quotations), "service_scope", rules)
    yield from check_software_cost(facts, rules)


def check_targets(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """At least one social and one economic benefit – by article 4 of construction, by the form of O&M and services –;
    weights, where given, sum to a hundred."""
    targets = facts.form.targets
    root = "art4.targets" if facts.form.kind == "construction" else "form.targets"
    for benefit, minimum in _BENEFITS.items():
        count = sum(target.level_2 == benefit for target in targets)
        if targets and count < rules.integer(minimum):
            yield found(
                f"{root}.{benefit.split()[0]}",
                {
                    "benefit": label("target_level_2", benefit),
                    "count": count,
                    "minimum": rules.integer(minimum),
                },
                uses=[rules.use(minimum)],
                comparison=compared(count, "<", rules.integer(minimum)),
                field="targets",
                sentence=root,
            )
    weights = [target.weight for target in targets if target.weight is not None]
    total, due = sum(weights, ZERO), rules.decimal("target_weights_total")
    if weights and total != due:
        yield found(
            "form.target_weights",
            {"total": total},
            uses=[rules.use("target_weights_total")],
            comparison=compared(total, "≠", due),
            field="targets",
        )


def check_basis(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """Enough documents that the project rests on (none at all is a missing field)."""
    count, minimum = len(facts.form.basis), rules.integer("basis_documents_minimum")
    if 0 < count < minimum:
        yield found(
            "form.basis_documents",
            {"count": count},
            uses=[rules.use("basis_documents_minimum")],
            comparison=compared(count, "<", minimum),
            field="basis",
        )


def check_software_cost(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """The software lines beside the measured cost: a deviation is a note, never a block (“参考”)."""
    estimate = facts.software_estimate
    if estimate is None:
        return
    measured = rules.texts("measured_categories")
    declared = facts.form.total_of(*measured)
    if abs(declared - estimate) * 100 > rules.decimal("software_deviation_ratio") * estimate:
        yield found(
            "art4.software_deviation",
            {
                "declared": declared,
                "estimate": estimate,
                "difference": abs(declared - estimate),
            },
            uses=[rules.use("software_deviation_ratio"), rules.use("cost_standard_source")],
            comparison=compared(declared, "≠", estimate),
            field="investment_lines",
        )


def _hardware(number: int, line: InvestmentLine, rules: ResolvedSet) -> Iterator[Finding]:
    is_hardware = line.category == NEW_HARDWARE
    where = f"investment_lines[{number}]"
    if (is_hardware or line.is_new_hardware) and not line.hardware_justification:
        yield found(
            "art4.hardware_justification", {"line": number, "item": line.item}, field=f"{where}.hardware_justification"
        )
    classes = rules.texts("cloud_categories")
    if line.is_new_hardware and not is_hardware and line.category not in classes:
        yield found(
            "art4.hardware_class",
            {
                "line": number,
                "item": line.item,
                "classes": labels("line_category", (*classes, NEW_HARDWARE)),
            },
            uses=[rules.use("cloud_categories")],
            field=f"{where}.category",
        )
    if line.category in classes and line.basis_of_price not in ("", PRICE_LIST):
        yield found(
            "art4.cloud_price",
            {"line": number, "item": line.item, "basis": label("price_basis", line.basis_of_price)},
            uses=[rules.use("cloud_categories")],
            field=f"{where}.basis_of_price",
        )


def _quotations(number: int, basis: str, count: int, table: str, rules: ResolvedSet) -> Iterator[Finding]:
    minimum = rules.integer("market_quotations_minimum")
    if basis == INQUIRY and count < minimum:
        yield found(
            "form.quotations",
            {"line": number, "count": count},
            uses=[rules.use("market_quotations_minimum")],
            comparison=compared(count, "<", minimum),
            field=f"{table}[{number}].quotations",
        )


def _software(number: int, line: InvestmentLine, rules: ResolvedSet) -> Iterator[Finding]:
    if line.category in rules.texts("measured_categories") and line.basis_of_price not in ("", COST_STANDARD):
        yield found(
            "art4.software_basis",
            {
                "line": number,
                "item": line.item,
                "basis": label("price_basis", line.basis_of_price),
            },
            uses=[rules.use("measured_categories"), rules.use("cost_standard_source")],
            field=f"investment_lines[{number}].basis_of_price",
        )
