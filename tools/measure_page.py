"""Writes ``docs/measure.md`` and ``docs/measure.zh.md``, or with ``--check`` says whether they are up to date.

python -m tools.measure_page [--check]
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from kaihua_infoproj.demo.offline.player import PlayedAct, play
from kaihua_infoproj.demo.offline.scenario import FOLDER
from kaihua_infoproj.flow.definition import shipped, shipped_doctypes
from kaihua_infoproj.flow.terms import sections
from kaihua_infoproj.policy.case_runner import run_cases
from kaihua_infoproj.policy.checklists import checklist, checklist_names
from kaihua_infoproj.policy.demanded_steps import all_demanded
from kaihua_infoproj.policy.demands import Pair, chapters, terms, words
from kaihua_infoproj.policy.finding import catalogue
from kaihua_infoproj.policy.forms import Field, forms, option_lists
from kaihua_infoproj.policy.measure_material import Material, entries_of, proofs_and_examples
from kaihua_infoproj.policy.measure_page import page
from kaihua_infoproj.policy.organs import DIMENSIONS, ORGANS
from kaihua_infoproj.policy.parameter import floor
from kaihua_infoproj.policy.text import Text

ROOT = Path(__file__).resolve().parent.parent
PAGES = {"en": ROOT / "docs" / "measure.md", "zh": ROOT / "docs" / "measure.zh.md"}
_OPTION_LISTS = ("nature", "consent_kind", "funding_source", "line_category", "acceptance_gate", "acceptance_part")
_APART = ("plan", "delegate_and_accept")  # what they do before they are refused changes the years for others
CASES_NAMED = 8  # of each demand; the rest are counted


def material() -> Material:
    """What the page is made of: the shipped demands, parameters, findings, cases, forms and workflows."""
    proofs, examples = proofs_and_examples(run_cases(), catalogue())
    played = _played(examples)
    named = {
        name: Text(chinese, name)
        for key in ("states", "actions", "roles", "documents")
        for name, chinese in sections()[key].items()
    }
    return Material(
        book=chapters(),
        terms=terms(),
        parameters=floor(),
        sentences=catalogue(),
        cases_named=CASES_NAMED,
        demanded=all_demanded(),
        checklists=tuple(checklist(name) for name in checklist_names()),
        proofs=proofs,
        examples=examples,
        names=named,
        signers=_signers(),
        fields=_fields(),
        words=_words(),
        played=played,
    )


def _signers() -> dict[Pair, tuple[str, ...]]:
    return {
        (doctype, action): tuple(
            dict.fromkeys(t.role for t in shipped(doctype).transitions if t.action == action and t.kind != "system")
        )
        for doctype in shipped_doctypes()
        for action in shipped(doctype).actions()
    }


def _fields() -> dict[Pair, Text]:
    out: dict[Pair, Text] = {}
    for form in forms():
        for field in form.fields:
            out[form.doctype, field.fieldname] = field.label
            for column in field.rows:
                out[form.doctype, f"{field.fieldname}.{column.fieldname}"] = _column_label(field, column)
    return out


def _column_label(field: Field, column: Field) -> Text:
    return Text(f"{field.label.zh}—{column.label.zh}", f"{field.label.en}: {column.label.en}")


def _words() -> dict[str, Text]:
    lists = option_lists()
    options = {option.value: option.label for name in _OPTION_LISTS for option in lists[name].options}
    archive = {item.code: item.label for edition in checklist("archive").editions for item in edition.items}
    return {**archive, **options, **ORGANS, **DIMENSIONS, **words()}


def _acts() -> Iterator[tuple[tuple[str, ...], PlayedAct]]:
    """The acts of the played years, then those of the forbidden ones; with the names that are meant, () for all.

    The forbidden ones happen within the same years, which are played along with them: so in few plays.
    """
    forbidden = sorted((FOLDER / "forbidden").glob("*.yaml"))
    plays: list[tuple[tuple[str, ...], list[Path]]] = [((), [FOLDER])]
    plays += [((path.stem,), [path]) for path in forbidden if path.stem in _APART]
    together = [path for path in forbidden if path.stem not in _APART]
    plays.append((tuple(path.stem for path in together), together))
    for names, paths in plays:
        for act in play(paths).acts:
            yield names, act


def _played(examples: dict[str, Text]) -> dict[Pair, tuple[str, ...]]:
    """What each act of the played years did and found; sentences that no case shows become examples."""
    out: dict[Pair, list[str]] = {}
    for meant, played in _acts():
        name = Path(played.act.file).stem
        if not played.ok or (meant and name not in meant):
            continue
        pairs = [] if played.refused else [(played.doctype, one) for one in (played.act.action, played.state) if one]
        for finding in (*played.findings, *([played.refusal] if played.refusal else [])):
            for code in dict.fromkeys((finding.code, *entries_of(finding, catalogue()))):
                pairs.append(("", code))
                examples.setdefault(code, Text(finding.zh, finding.en))
        for pair in dict.fromkeys(pairs):
            out.setdefault(pair, []).append(name)
    return {pair: tuple(names) for pair, names in out.items()}


def main(arguments: list[str]) -> int:
    """Write both pages; with ``--check`` only compare. Answers 0, or 1 where a page is stale."""
    gathered = material()
    stale = 0
    for lang, path in PAGES.items():
        text = page(gathered, lang)
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            continue
        stale += 1
        if "--check" not in arguments:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'stale' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
