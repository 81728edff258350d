"""Every name that a workflow uses has exactly one Chinese."""

from __future__ import annotations

from typing import Any

import pytest

from kaihua_infoproj.flow.definition import shipped, shipped_doctypes
from kaihua_infoproj.flow.roles import ALL_ROLES
from kaihua_infoproj.flow.terms import SECTIONS, known, load_terms, quoted, sections, term, zh
from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.strict_yaml import Located


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_every_name_of_a_workflow_is_a_term(doctype: str) -> None:
    definition = shipped(doctype)
    assert doctype in known("documents")
    assert {s.name for s in definition.states} <= known("states")
    assert {t.action for t in definition.transitions} <= known("actions")
    assert {t.role for t in definition.transitions} | {s.role for s in definition.states} <= known("roles")
    assert {f for t in definition.transitions for f in t.parsed.fields} <= known("fields")


def test_no_state_and_no_action_is_a_term_without_use() -> None:
    used_states = {s.name for d in shipped_doctypes() for s in shipped(d).states}
    used_actions = {t.action for d in shipped_doctypes() for t in shipped(d).transitions}
    assert known("states") == used_states
    assert known("actions") - used_actions == {"Transfer Work", "Add Signer", "Copy To", "Urge Decision", "Take Back"}
    assert known("roles") == set(ALL_ROLES)


def test_names_have_two_words_so_that_the_desk_does_not_translate_them_as_its_own() -> None:
    single = {
        name
        for section in ("states", "actions", "stages")
        for name in known(section)
        if " " not in name and "-" not in name
    }
    assert not single


def test_a_name_is_given_in_both_languages() -> None:
    assert term("IT Project Unit Head") == ("申报（建设）单位负责人", "Unit Head")
    assert term("IT Project") == ("信息化项目", "IT Project")
    assert term("form_kind") == ("项目类型", "form kind")
    assert quoted(["Hand In", "Sign and Send"]) == ("“提交单位签发”“签发报送主管部门”", "“Hand In”, “Sign and Send”")


def test_a_name_of_an_administrator_stays_as_he_wrote_it() -> None:
    assert zh("内部会商") == "内部会商"


def test_chinese_names_hold_chinese_and_no_brackets_of_latin() -> None:
    wrong = [
        name
        for entries in sections().values()
        for name, chinese in entries.items()
        if not any("\u4e00" <= c <= "\u9fff" for c in chinese) or "(" in chinese
    ]
    assert not wrong


def terms_with(**changes: Any) -> dict[str, Any]:
    return {**{section: {} for section in SECTIONS}, **changes}


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"states": {}},
        {**terms_with(), "more": {}},
        terms_with(states=[]),
        terms_with(states={"A": ""}),
        terms_with(states={"A": 1}),
        terms_with(states={"A": "甲"}, actions={"A": "乙"}),
        [],
    ],
)
def test_a_malformed_file_of_terms_is_refused(data: Any) -> None:
    with pytest.raises(InputError):
        load_terms(Located(data))
