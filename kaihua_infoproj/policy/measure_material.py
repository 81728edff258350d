"""What the page of the measure is made of, gathered by its caller: ``measure_page`` only writes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .case_runner import CaseResult
from .demanded_steps import Demanded
from .demands import Chapter, Demand, Pair, Term, named
from .finding import Sentence
from .parameter import Parameter
from .text import Text


@dataclass(frozen=True)
class Proof:
    """A case as the page names it: file, name, the codes it must give, the rule or the action it asks."""

    file: str
    name: str
    codes: frozenset[str]
    rule: str

    @property
    def label(self) -> str:
        """``file/name``."""
        return f"{self.file}/{self.name}"


@dataclass(frozen=True)
class Material:
    """Everything the page shows.

    Attributes:
        sentences: the catalogue of findings by code. demanded: DocType → steps that no workflow may leave out.
        examples: code → a sentence as a case gives it, filled in.
        names: states, actions, roles and documents by their English name. signers: (DocType, action) → roles.
        fields: (DocType, field) → label. words: words in parameters' values.
        cases_named: how many of a demand's cases are named; the rest are counted.
    """

    book: tuple[Chapter, ...]
    terms: tuple[Term, ...]
    parameters: Mapping[str, Parameter]
    sentences: Mapping[str, Sentence]
    cases_named: int
    demanded: Mapping[str, Demanded] = field(default_factory=dict)
    proofs: tuple[Proof, ...] = ()
    examples: Mapping[str, Text] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)
    signers: Mapping[Pair, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[Pair, Text] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)

    def name(self, name: str, lang: str) -> str:
        """A state, action, role or document as people read it; documents and roles without their prefix in English."""
        return self.names[name].zh if lang == "zh" and name in self.names else name.removeprefix("IT Project ")

    def codes_of(self, demand: Demand) -> tuple[str, ...]:
        """The finding codes that carry the demand, patterns spelt out."""
        return named(demand.carried_by.findings, self.sentences)

    def proofs_of(self, demand: Demand) -> tuple[Proof, ...]:
        """The cases that prove it: by its codes; by its rules where it has no codes; and those it names itself."""
        codes = frozenset(self.codes_of(demand))
        by_name = frozenset(named(demand.cases, (proof.label for proof in self.proofs)))
        rules = frozenset() if codes else frozenset(demand.carried_by.rules)
        return tuple(proof for proof in self.proofs
                     if proof.codes & codes or proof.rule in rules or proof.label in by_name)


def proofs_and_examples(results: Iterable[CaseResult]) -> tuple[tuple[Proof, ...], dict[str, Text]]:
    """The cases as proofs, and for each code the sentence of the first case that gives it."""
    proofs: list[Proof] = []
    examples: dict[str, Text] = {}
    for result in results:
        case = result.case
        stem = case.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        proofs.append(Proof(stem, case.name, frozenset(f.code for f in result.findings),
                            case.rule or f"{case.doctype}: {case.action}"))
        for finding in result.findings:
            examples.setdefault(finding.code, Text(finding.zh, finding.en))
    return tuple(proofs), examples
