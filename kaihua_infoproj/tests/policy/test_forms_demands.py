"""Who must fill in what, by which article: construction, O&M and services, and the conditions of a demand."""

from __future__ import annotations

import pytest

from kaihua_infoproj.policy.forms import form_kind_of, forms, load_form, missing_fields, option_lists, required_fields


def asked(form_kind: str, nature: str, *, by: str = "unit") -> dict[str, str]:
    return {r.path: r.article for r in required_fields(load_form("declaration"), form_kind, nature, by=by)}


ART4 = {
    "necessity",
    "objectives",
    "requirements",
    "architecture",
    "security_measures",
    "targets",
    "investment_lines",
    "funding_lines",
}


def test_a_new_project_is_asked_by_articles_4_and_5() -> None:
    demands = asked("construction", "new")
    assert {path for path, article in demands.items() if article == "4" and "." not in path} == ART4
    assert {path for path, article in demands.items() if article == "5" and "." not in path} == {
        "collection_plan",
        "integration_design",
        "cloud_use",
    }
    assert {path for path in demands if path.startswith("collection_plan.") and demands[path] == "5"} == {
        f"collection_plan.{name}" for name in ("scope", "method", "frequency", "interface_plan")
    }
    assert demands["negative_checks"] == "3"
    assert demands["nature"] == "2"
    assert demands["project_field"] == demands["no_data_reason"] == demands["investment_lines.basis_of_price"] == "form"
    assert {article for path, article in demands.items() if path.startswith("targets.")} == {"form"}
    assert demands["om_months"] == demands["truthfulness_commitment"] == demands["scheme_file"] == "6"
    assert demands["project_leader"] == demands["security_level"] == demands["basis"] == "form"


@pytest.mark.parametrize("nature", ["continued", "upgrade"])
def test_other_construction_is_asked_for_its_collection_plan_by_the_form_alone(nature: str) -> None:
    demands = asked("construction", nature)
    assert demands["collection_plan"] == demands["collection_plan.scope"] == "form"
    assert "integration_design" not in demands
    assert "cloud_use" not in demands
    assert {path for path, article in demands.items() if article == "4" and "." not in path} == ART4


@pytest.mark.parametrize(("kind", "scope"), [("O&M", "om_scope"), ("service", "service_scope")])
def test_o_and_m_and_service_are_asked_for_little_and_by_the_form(kind: str, scope: str) -> None:
    demands = asked(kind, kind)
    assert {
        name
        for name in (
            "necessity",
            "objectives",
            "targets",
            "security_measures",
            "investment_lines",
            "funding_lines",
            scope,
        )
        if demands.get(name) == "form"
    } == {"necessity", "objectives", "targets", "security_measures", "investment_lines", "funding_lines", scope}
    assert not {
        "requirements",
        "architecture",
        "current_state",
        "construction_content",
        "basis",
        "expected_users",
        "collection_plan",
        "integration_design",
        "cloud_use",
        "deploys_on_cloud",
        "security_level",
        "om_months",
    } & set(demands)
    assert "4" not in demands.values()
    assert "5" not in demands.values()


def test_the_other_kinds_scope_is_not_asked() -> None:
    assert "om_scope" not in asked("construction", "new")
    assert "service_scope" not in asked("O&M", "O&M")


def test_the_competent_departments_part_is_asked_of_it_alone() -> None:
    assert asked("construction", "new", by="competent") == {
        "competent_opinion": "form",
        "competent_conclusion": "form",
    }
    assert "competent_opinion" not in asked("construction", "new")


def test_nothing_derived_is_ever_asked_for() -> None:
    for form in forms():
        for kind in ("construction", "O&M", "service"):
            for by in ("unit", "centre", "competent", "county", "expert"):
                assert not [r.path for r in required_fields(form, kind, by=by) if r.field.derived]


@pytest.mark.parametrize(
    ("nature", "kind"),
    [
        ("new", "construction"),
        ("continued", "construction"),
        ("upgrade", "construction"),
        ("O&M", "O&M"),
        ("service", "service"),
        ("", ""),
    ],
)
def test_form_kind_follows_from_nature(nature: str, kind: str) -> None:
    assert form_kind_of(nature) == kind


def paths(data: dict[str, object], nature: str = "new") -> dict[str, str]:
    form = load_form("declaration")
    return {m.path: m.article for m in missing_fields(form, data, form_kind_of(nature), nature)}


def test_missing_fields_and_columns_are_named_with_their_article() -> None:
    missing = paths({"targets": [{"level_1": "output"}], "necessity": "为便民"})
    assert "necessity" not in missing
    assert missing["objectives"] == "4"
    assert missing["targets[1].indicator"] == "form"
    assert missing["project_leader"] == "form"
    assert "targets" not in missing
    assert "targets[1].weight" not in missing


def test_an_answer_of_no_is_an_answer() -> None:
    assert "is_classified" in paths({})
    assert "is_classified" not in paths({"is_classified": False})


def test_no_data_lifts_the_plan_and_asks_for_the_reason() -> None:
    assert paths({})["collection_plan"] == "5"
    assert "no_data_reason" not in paths({})
    lifted = paths({"no_data": True})
    assert "collection_plan" not in lifted
    assert lifted["no_data_reason"] == "form"


@pytest.mark.parametrize(
    ("data", "path", "due"),
    [
        ({"declaration_type": "in-year addition"}, "addition_reason", True),
        ({"declaration_type": "annual"}, "addition_reason", False),
        ({"security_level": "not graded"}, "ungraded_reason", True),
        ({"security_level": "level 2"}, "ungraded_reason", False),
        ({"deploys_on_cloud": "migrates by"}, "cloud_migration_date", True),
        ({"deploys_on_cloud": "no"}, "cloud_exemption", True),
        ({"deploys_on_cloud": "yes"}, "cloud_exemption", False),
        ({"targets": [{"comparator": "qualitative"}]}, "targets[1].unit", False),
        ({"targets": [{"comparator": "≥"}]}, "targets[1].unit", True),
        ({"basis": [{"kind": "leader's instruction"}]}, "basis[1].document_number", False),
        ({"basis": [{"kind": "plan"}]}, "basis[1].document_number", True),
        ({"investment_lines": [{"category": "O&M service"}]}, "investment_lines[1].months", False),
        ({"opinion_responses": [{"adopted": "partly"}]}, "opinion_responses[1].reason", True),
        ({"opinion_responses": [{"adopted": "adopted"}]}, "opinion_responses[1].reason", False),
    ],
)
def test_conditions_of_a_demand(data: dict[str, object], path: str, due: bool) -> None:
    assert (path in paths(data)) is due


def test_field_finds_columns_with_and_without_a_row_number() -> None:
    form = load_form("declaration")
    assert form.field("targets[3].unit") is form.field("targets.unit")
    with pytest.raises(KeyError):
        form.field("targets.units")


def test_labels_of_options_and_a_wrong_one() -> None:
    assert option_lists()["nature"].label("upgrade").zh == "升级改造"
    with pytest.raises(KeyError):
        option_lists()["nature"].label("升级")
