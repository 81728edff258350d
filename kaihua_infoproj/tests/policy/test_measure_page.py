"""``docs/measure*.md`` is fresh, complete, and names nothing that does not exist."""

from __future__ import annotations

import importlib
from functools import lru_cache
from pathlib import Path

import pytest

from kaihua_infoproj.flow.definition import shipped, shipped_doctypes
from kaihua_infoproj.policy.demands import chapters, every_demand, named, terms, words
from kaihua_infoproj.policy.finding import catalogue
from kaihua_infoproj.policy.forms import FORM_KIND_OF_NATURE, form_kind_of, forms, load_form, required_fields
from kaihua_infoproj.policy.measure_material import Material
from kaihua_infoproj.policy.measure_page import page
from kaihua_infoproj.policy.parameter import floor
from tools import measure_page

DEMANDS = tuple(every_demand(chapters()))
LANGUAGES = ("zh", "en")


@lru_cache(maxsize=1)
def material() -> Material:
    return measure_page.material()


@lru_cache(maxsize=2)
def written(lang: str) -> str:
    return page(material(), lang)


def form_fields() -> set[tuple[str, str]]:
    found = set()
    for form in forms():
        for field in form.fields:
            found.add((form.doctype, field.fieldname))
            found |= {(form.doctype, f"{field.fieldname}.{column.fieldname}") for column in field.rows}
    return found


def resolve(rule: str) -> object:
    parts = rule.split(".")
    room, names = ("flow", parts[1:]) if parts[0] == "flow" else ("policy", parts)
    value: object = importlib.import_module(f"kaihua_infoproj.{room}.{names[0]}")
    for name in names[1:]:
        value = getattr(value, name)
    return value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_is_fresh(lang: str) -> None:
    assert measure_page.PAGES[lang].read_text(encoding="utf-8") == written(lang), "run python -m tools.measure_page"


def test_every_article_has_its_chapter() -> None:
    articles = [chapter.key for chapter in chapters() if chapter.is_article]
    assert articles == [str(number) for number in range(1, 15)]
    assert [chapter.key for chapter in chapters() if not chapter.is_article] == ["C", "T", "F", "P", "S"]


def test_every_finding_is_carried_by_a_demand() -> None:
    assert [code for code in catalogue() if not material().demands_of(code)] == []


def test_every_finding_named_exists() -> None:
    names = {field.rpartition(".")[2] for _, field in form_fields()}
    unknown = [
        (d.number, pattern)
        for d in DEMANDS
        for pattern in d.carried_by.findings
        if not named([pattern], catalogue())
        and not (material().family(pattern) and pattern.rpartition(".")[2] in names)
    ]
    assert unknown == []


def test_every_field_that_an_article_asks_for_stands_in_a_demand() -> None:
    codes = {code for demand in DEMANDS for code in material().codes_of(demand)}
    form = load_form("declaration")
    asked = {
        f"art{r.article}.missing.{r.field.fieldname}"
        for nature in FORM_KIND_OF_NATURE
        for by in ("unit", "competent")
        for r in required_fields(form, form_kind_of(nature), nature, by=by)
        if r.article != "form"
    }
    assert sorted(asked - codes) == []


def test_every_rule_named_exists() -> None:
    missing = []
    for demand in DEMANDS:
        for rule in demand.carried_by.rules:
            try:
                assert resolve(rule) is not None
            except (ImportError, AttributeError):
                missing.append((demand.number, rule))
    assert missing == []


def test_every_state_and_action_named_exists() -> None:
    states = {(d, state.name) for d in shipped_doctypes() for state in shipped(d).states}
    actions = {(d, action) for d in shipped_doctypes() for action in shipped(d).actions()}
    assert [(d.number, pair) for d in DEMANDS for pair in d.carried_by.states if pair not in states] == []
    assert [(d.number, pair) for d in DEMANDS for pair in d.carried_by.actions if pair not in actions] == []


def test_every_action_of_the_workflows_is_carried_by_a_demand() -> None:
    named_actions = {pair for demand in DEMANDS for pair in demand.carried_by.actions}
    actions = {(d, action) for d in shipped_doctypes() for action in shipped(d).actions()}
    assert sorted(actions - named_actions) == []


def test_every_state_in_which_a_procedure_ends_is_carried_by_a_demand() -> None:
    named_states = {pair for demand in DEMANDS for pair in demand.carried_by.states}
    ends = {(d, state.name) for d in shipped_doctypes() for state in shipped(d).states if state.doc_status == 1}
    assert sorted(ends - named_states) == []


def test_every_field_named_exists() -> None:
    known = form_fields()
    assert [(d.number, pair) for d in DEMANDS for pair in d.carried_by.fields if pair not in known] == []


def test_every_parameter_is_named_and_exists() -> None:
    named_parameters = {name for demand in DEMANDS for name in demand.carried_by.parameters}
    assert named_parameters == set(floor())


def test_a_judgement_in_a_parameter_stands_in_a_demand_that_says_so() -> None:
    judged = {name for d in DEMANDS if d.judgement for name in d.carried_by.parameters}
    assert [
        name
        for name, parameter in floor().items()
        if any(value.judgement for value in parameter.values) and name not in judged
    ] == []


def test_a_judgement_in_a_finding_stands_in_a_demand_that_says_so() -> None:
    judged = {d.number for d in DEMANDS if d.judgement}
    assert [
        code
        for code, sentence in catalogue().items()
        if sentence.judgement and not judged & set(material().demands_of(code))
    ] == []


def test_a_value_of_the_measure_stands_in_a_demand_of_the_measure() -> None:
    own = {name for d in DEMANDS if not d.judgement for name in d.carried_by.parameters}
    of_the_measure = [
        name
        for name, parameter in floor().items()
        if any(not v.judgement and "信息化项目管理办法" in v.document for v in parameter.values)
    ]
    assert [name for name in of_the_measure if name not in own] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_not_or_only_partly_carried_stands_at_the_top(lang: str) -> None:
    top = written(lang).split("### ")[0]
    for demand in DEMANDS:
        listed = f"| {demand.number} |" in top
        assert listed == (not demand.carried_by or demand.later is not None), demand.number
        if demand.later:
            assert demand.later.get(lang) in top


@pytest.mark.parametrize(
    "lang, space, judged, of_the_measure",
    [
        ("zh", "　", "〔本县判断〕", "〔办法〕"),
        ("en", " ", "[J]", "[measure]"),
    ],
)
def test_every_demand_is_written_with_its_mark(lang: str, space: str, judged: str, of_the_measure: str) -> None:
    for demand in DEMANDS:
        mark = judged if demand.judgement else of_the_measure
        assert f"#### {demand.number}{space}{mark}\n\n{demand.text.get(lang)}\n" in written(lang)


def test_demands_are_whole_sentences() -> None:
    for demand in DEMANDS:
        assert demand.text.zh.endswith("。"), demand.number
        assert demand.text.en.endswith("."), demand.number
        assert not demand.later or (demand.later.zh.endswith("。") and demand.later.en.endswith("."))
    assert len({d.text.zh for d in DEMANDS}) == len({d.text.en for d in DEMANDS}) == len(DEMANDS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_table_has_as_many_cells_as_its_head(lang: str) -> None:
    width = 0
    for line in written(lang).splitlines():
        cells = line.replace("\\|", "").count("|")
        if not line.startswith("|"):
            width = 0
        elif not width:
            width = cells
        else:
            assert cells == width, line


def test_every_word_in_a_parameter_is_said_in_chinese() -> None:
    chinese = written("zh").split("## 六、")[1].split("## 七、")[0]
    values = [row.split(" | ")[1] for row in chinese.splitlines() if row.startswith("| ") and "---" not in row][1:]
    allowed = {"330824"}
    foreign = [value for value in values if any("a" <= letter <= "z" for letter in value) and value not in allowed]
    assert foreign == []


def test_cases_named_by_a_demand_exist() -> None:
    labels = [proof.label for proof in material().proofs]
    assert [(d.number, pattern) for d in DEMANDS for pattern in d.cases if not named([pattern], labels)] == []


def test_terms_and_words_are_told_apart() -> None:
    names = [term.name for term in terms()]
    assert len({name.zh for name in names}) == len({name.en for name in names}) == len(names)
    assert all(text.zh and text.en for text in words().values())


def test_the_command_says_whether_the_pages_are_fresh(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(measure_page, "material", material)
    monkeypatch.setattr(measure_page, "page", lambda _, lang: written(lang))
    monkeypatch.setattr(measure_page, "ROOT", tmp_path)
    monkeypatch.setattr(measure_page, "PAGES", {lang: tmp_path / "docs" / f"{lang}.md" for lang in LANGUAGES})
    assert measure_page.main(["--check"]) == 1
    assert not (tmp_path / "docs").exists()
    assert measure_page.main([]) == 0
    assert (tmp_path / "docs" / "zh.md").read_text(encoding="utf-8") == written("zh")
    capsys.readouterr()
    assert measure_page.main(["--check"]) == 0
    assert capsys.readouterr().out == ""
