"""Article 2: which projects the measure governs – fiscal money, five fields, five natures –, and classified ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .finding import Finding, found
from .form_reading import CLASSIFIED_KEYS
from .forms import load_form, missing_fields
from .labels import labels
from .parameter import ResolvedSet
from .proposal import ProposalFacts
from .text import Text

STUB_FORM = "classified_stub"


@dataclass(frozen=True)
class ClassifiedStubFacts:
    """A classified project's registration: fieldname → value, whatever a person tried to enter."""

    fields: Mapping[str, Any]


def check_scope(facts: ProposalFacts, rules: ResolvedSet) -> Iterator[Finding]:
    """At least one source of funds is fiscal; a source without money does not count."""
    fiscal = rules.texts("fiscal_sources")
    sources = tuple(dict.fromkeys(line.source for line in facts.form.funding_lines if line.source and line.amount))
    if sources and not any(source in fiscal for source in sources):
        yield found(
            "art2.no_fiscal_source",
            {
                "sources": labels("funding_source", sources),
                "fiscal": labels("funding_source", fiscal),
            },
            uses=[rules.use("fiscal_sources")],
            field="funding_lines",
        )


def check_not_classified(facts: ProposalFacts) -> Iterator[Finding]:
    """A classified project is never declared here; what was typed is not repeated."""
    if not facts.form.is_classified:
        return
    if any(value not in (None, "", [], ()) for name, value in facts.paper.items() if name not in CLASSIFIED_KEYS):
        yield found("art6.classified_content", field="is_classified")
    else:
        yield found("art6.classified", field="is_classified")


def check_classified_stub(facts: ClassifiedStubFacts, _: ResolvedSet) -> tuple[Finding, ...]:
    """A stub holds code, unit, year and named officer, and nothing of the project itself."""
    return (*_stub_missing(facts), *_stub_content(facts))


def _stub_missing(facts: ClassifiedStubFacts) -> Iterator[Finding]:
    for missing in missing_fields(load_form(STUB_FORM), facts.fields, ""):
        yield found(
            f"art6.stub_missing.{missing.path}",
            {"label": missing.field.label},
            sentence="art6.stub_missing",
            field=missing.path,
        )


def _stub_content(facts: ClassifiedStubFacts) -> Iterator[Finding]:
    for name in facts.fields:
        if name not in load_form(STUB_FORM).by_name:
            yield found("art6.stub_content", {"label": _named(name)}, field=name)


def _named(fieldname: str) -> Text:
    """A field of the declaration as people know it; what stands on no form has no name that could be shown."""
    field = load_form(ProposalFacts.PAPER_FORM).by_name.get(fieldname)
    if field is None:
        return Text("其他内容", "anything else")
    return Text(f"“{field.label.zh}”", f"“{field.label.en}”")
