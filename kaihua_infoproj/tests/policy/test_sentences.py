"""What a user reads in Chinese holds no fieldname, no English option and no word of the program."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kaihua_infoproj.policy.case_files import Case, load_cases
from kaihua_infoproj.policy.case_runner import run_case
from kaihua_infoproj.policy.finding import Finding, catalogue
from kaihua_infoproj.policy.forms import forms, option_lists
from kaihua_infoproj.policy.parameter import floor

ALLOWED = {"A4", "APP", "CA", "IRS", "SHA-256", "YAML", "docx", "pdf", "SJ/T", "GB/T", "L1", "L2", "L3", "L4"}
"""Words that an official writes in Latin letters too: names of things, standards, kinds of file."""

_NUMBERED = re.compile(
    r"(ITP|HT)-[0-9-]+|v[0-9]+|[0-9]{4}-[0-9]{6}-[0-9]{2}-[0-9]{2}-[0-9A-Z]{6}|[0-9A-Za-z._-]+\.(pdf|docx|xlsx)"
)
"""Numbers of documents, contracts, versions and projects, and names of files: what somebody has numbered or named."""
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_/.&-]*")


def latin_words(sentence: str) -> list[str]:
    """Words in Latin letters that no official would write."""
    return [word for word in _WORD.findall(_NUMBERED.sub("", sentence)) if word not in ALLOWED]


def template(sentence: str) -> str:
    return re.sub(r"\{[^}]*\}", "", sentence)


@pytest.mark.parametrize("case", load_cases(), ids=lambda case: f"{case.name}")
def test_the_findings_of_every_case_are_chinese(case: Case) -> None:
    assert [(f.code, word) for f in run_case(case).findings for word in latin_words(f.zh)] == []


def test_every_sentence_of_the_catalogue_is_chinese() -> None:
    assert {
        code: words
        for code, sentence in catalogue().items()
        if (words := latin_words(template(sentence.said.zh + sentence.way_out.zh)))
    } == {}


def labels() -> Iterator[tuple[str, str]]:
    for form in forms():
        for field in form.fields:
            for one in (field, *field.rows):
                yield f"{form.name}.{field.fieldname}.{one.fieldname}", one.label.zh + one.help.zh
    for options in option_lists().values():
        for option in options.options:
            yield f"{options.name}.{option.value}", option.label.zh
    for parameter in floor().values():
        yield parameter.name, parameter.label.zh


def test_labels_of_fields_options_and_parameters_are_chinese() -> None:
    assert [(name, words) for name, said in labels() if (words := latin_words(said))] == []


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("不得填写“project_name”。", ["project_name"]),
        ("签署方式为“every role”。", ["every", "role"]),
        ("独立APP须按GB/T 36964核对，见合同HT-001、项目ITP-2024-00007和方案版本v2。", []),
    ],
)
def test_a_raw_fieldname_or_option_is_seen(sentence: str, words: list[str]) -> None:
    assert latin_words(sentence) == words


def test_findings_are_rendered_in_both_languages() -> None:
    findings: list[Finding] = [f for case in load_cases()[:200] for f in run_case(case).findings]
    assert findings
    assert all(f.zh.startswith("【") and f.en.startswith("[") for f in findings)
