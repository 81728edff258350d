"""Which rules bind at which action, and whether every sentence of articles 2 to 10 is used."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from kaihua_infoproj.policy import procedures
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.finding import catalogue

from .declared import facts, paper, rules

POLICY = Path(procedures.__file__).parent
RULE_MODULES = [
    "_declaration_procedures",
    "annual_plan",
    "completeness",
    "consent",
    "consultation",
    "correction",
    "data_sharing",
    "deadlines",
    "declaration",
    "exception_path",
    "fees",
    "included_om",
    "investment",
    "joint_review",
    "negative_list",
    "preliminary_review",
    "project_code",
    "redeclaration",
    "review_hints",
    "revision",
    "scheme",
    "scope",
    "draw_record",
]


# --- the tables ------------------------------------------------------------------------------------------------------


def test_a_doctype_that_is_no_procedure_is_refused() -> None:
    with pytest.raises(InputError, match="不是本办法的办理事项"):
        procedures.ask("IT Project Expert", "Hand In", None, rules())


def test_an_action_that_no_rule_binds_finds_nothing() -> None:
    assert procedures.ask("IT Project Proposal", "Return to Unit", None, rules()) == ()


def test_asking_is_asking_the_rule() -> None:
    data = paper()
    del data["necessity"]
    (finding,) = procedures.ask("IT Project Proposal", "Sign and Send", facts(data), rules())
    assert finding.code == "art4.missing.necessity"


def codes_in(module: str) -> set[str]:
    tree = ast.parse((POLICY / f"{module}.py").read_text(encoding="utf-8"))
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and re.fullmatch(r"(art\d+|form)(\.[a-z_0-9]+)+", node.value)
    }


def test_every_sentence_of_these_articles_is_used_and_every_code_has_its_sentence() -> None:
    written = set().union(*(codes_in(module) for module in RULE_MODULES))
    assert written - set(catalogue()) <= {"art9.against_advice"}
    files = (
        "art02_scope",
        "art03_negative_list",
        "art04_scheme",
        "art05_data",
        "art06_declaration",
        "art07_preliminary_review",
        "art08_joint_review",
        "art09_decision",
        "art10_project_code",
        "art11_fees",
        "form",
    )
    shipped = {
        code
        for file in files
        for code in re.findall(r"^([a-z0-9_.]+):$", (POLICY / "findings" / f"{file}.yaml").read_text("utf-8"), re.M)
    }
    made = re.compile(
        r"art3\.[1-7](\.centre)?"
        r"|(art\d+|form)\.(missing(\.collection_plan)?|exception_(incomplete|approver)|stub_missing)"
        r"|art(7|9)\.(notice|meeting|approval)_missing\..+|art7\.conclusion_other\..+"
    )
    assert {code for code in shipped - written if not made.fullmatch(code)} == set()
