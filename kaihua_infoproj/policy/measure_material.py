"""What the page of the measure is made of, gathered by its caller: ``measure_page`` only writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from .case_runner import CaseResult
from .checklists import Checklist
from .demanded_steps import Demanded
from .demands import Chapter, Demand, Pair, Term, every_demand, named
from .finding import Finding, Sentence
from .measure_text import pattern_of
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
        played: (DocType, action or state), or ("", code of a finding) → scenarios of the played years, one an act.
    """

    book: tuple[Chapter, ...]
    terms: tuple[Term, ...]
    parameters: Mapping[str, Parameter]
    sentences: Mapping[str, Sentence]
    cases_named: int
    demanded: Mapping[str, Demanded] = field(default_factory=dict)
    checklists: tuple[Checklist, ...] = ()
    proofs: tuple[Proof, ...] = ()
    examples: Mapping[str, Text] = field(default_factory=dict)
    names: Mapping[str, Text] = field(default_factory=dict)
    signers: Mapping[Pair, tuple[str, ...]] = field(default_factory=dict)
    fields: Mapping[Pair, Text] = field(default_factory=dict)
    words: Mapping[str, Text] = field(default_factory=dict)
    played: Mapping[Pair, tuple[str, ...]] = field(default_factory=dict)

    def name(self, name: str, lang: str) -> str:
        """A state, action, role or document as people read it; documents and roles without their prefix in English."""
        return self.names[name].zh if lang == "zh" and name in self.names else name.removeprefix("IT Project ")

    def codes_of(self, demand: Demand) -> tuple[str, ...]:
        """The finding codes that carry the demand: patterns spelt out, members of a family as they are named."""
        return self._codes.get(demand.number, ())

    @cached_property
    def _codes(self) -> dict[str, tuple[str, ...]]:
        return {
            demand.number: tuple(
                dict.fromkeys(
                    code
                    for pattern in demand.carried_by.findings
                    for code in (named([pattern], self.sentences) or ([pattern] if self.family(pattern) else []))
                )
            )
            for demand in every_demand(self.book)
        }

    def demands_of(self, code: str) -> tuple[str, ...]:
        """The numbers of the demands that an entry of the catalogue, or a member of its family, carries."""
        return tuple(
            number for number, codes in self._codes.items() if code in codes or code in map(self.family, codes)
        )

    def family(self, code: str) -> str:
        """The catalogue's entry that a member such as ``art4.missing.necessity`` shares; empty if there is none."""
        parent = code.rpartition(".")[0]
        return parent if parent in self.sentences else ""

    def sentence(self, code: str) -> Sentence:
        """The sentence of a code that :meth:`codes_of` gives."""
        return self.sentences[code if code in self.sentences else self.family(code)]

    def plays_of(self, demand: Demand) -> tuple[str, ...]:
        """The scenarios in which its actions are taken, its states reached, its findings made: one entry an act."""
        pairs = (*demand.carried_by.actions, *demand.carried_by.states, *(("", code) for code in self.codes_of(demand)))
        return tuple(name for pair in pairs for name in self.played.get(pair, ()))

    def proofs_of(self, demand: Demand) -> tuple[Proof, ...]:
        """The cases that prove it: those it names itself; by its codes; by its rules where it has neither."""
        return self._proofs.get(demand.number, ())

    @cached_property
    def _proofs(self) -> dict[str, tuple[Proof, ...]]:
        labels = tuple(proof.label for proof in self.proofs)
        by_label = dict(zip(labels, self.proofs, strict=True))
        return {
            demand.number: tuple(
                dict.fromkeys((*map(by_label.__getitem__, named(demand.cases, labels)), *self._proving(demand)))
            )
            for demand in every_demand(self.book)
        }

    def _proving(self, demand: Demand) -> Iterator[Proof]:
        codes = frozenset(self.codes_of(demand))
        rules = frozenset() if codes or demand.cases else frozenset(demand.carried_by.rules)
        for proof in self.proofs:
            if proof.codes & codes or proof.rule in rules:
                yield proof


def entries_of(finding: Finding, sentences: Mapping[str, Sentence]) -> tuple[str, ...]:
    """The catalogue's entries that a finding is written from.

    Its own: of its family, and worded like it. And those that stand within it: what was recorded or judged of it, as
    its way out or among its facts.
    """
    within = [finding.way_out.zh, *(fact.zh for _, fact in finding.facts if isinstance(fact, Text))]
    return tuple(
        key
        for key, sentence in sentences.items()
        if (_same_family(finding.code, key) and pattern_of(sentence).fullmatch(finding.said.zh))
        or (not sentence.way_out.zh and any(pattern_of(sentence).fullmatch(text) for text in within if text))
    )


def _same_family(code: str, key: str) -> bool:
    return f"{code}.".startswith(f"{key}.") or key.startswith(f"{code}.")


def proofs_and_examples(
    results: Iterable[CaseResult],
    sentences: Mapping[str, Sentence],
) -> tuple[tuple[Proof, ...], dict[str, Text]]:
    """The cases as proofs, and for each code, and what its family shares, the sentence of the first case."""
    proofs: list[Proof] = []
    examples: dict[str, Text] = {}
    for result in results:
        case = result.case
        codes: set[str] = set()
        for finding in result.findings:
            entries = entries_of(finding, sentences)
            codes |= {finding.code, *entries}
            for code in (finding.code, *entries):
                examples.setdefault(code, Text(finding.zh, finding.en))
        stem = case.file.rsplit("/", 1)[-1].removesuffix(".yaml")
        proofs.append(Proof(stem, case.name, frozenset(codes), case.rule or f"{case.doctype}: {case.action}"))
    return tuple(proofs), examples
