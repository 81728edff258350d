"""The forms' schemas: every field that the forms must have, read strictly, and demanded by the right article."""

from __future__ import annotations

import re

import pytest

from kaihua_infoproj.policy.errors import InputError
from kaihua_infoproj.policy.forms import (
    Field,
    form_names,
    form_of_doctype,
    forms,
    load_form,
    option_lists,
)

# The fieldnames that the forms' description gives, form by form.
FIELDNAMES = {
    "declaration": """is_classified declaration_no project_name plan_year batch declaration_type form_kind nature
        project_field department unit_credit_code competent_department is_cross_department co_units priority_in_unit
        project_leader leader_post leader_phone contact_person contact_phone contact_email planned_start planned_end
        systems superior_system network_zone entry_points reused_components decommission earlier_phases
        earlier_declaration basis necessity current_state objectives requirements expected_users annual_transactions
        construction_content architecture architecture_figure implementation_plan risks targets investment_lines
        total_investment construction_subtotal om_subtotal om_months software_estimate contingency_rate funding_lines
        funding_total this_year_request ex_ante_evaluation payment_plan collection_plan no_data sharing_needs
        sharing_offers integration_design integrations cloud_use cloud_resources deploys_on_cloud security_level
        security_measures crypto_application crypto_scheme_assessed personal_data innovation_items negative_checks
        unit_head sealed_form truthfulness_commitment chapters scheme_file attachments handed_in_at reached_centre_at
        is_late round scheme_version stage waiting_for due competent_opinion competent_priority om_scope service_scope
        correction_answers opinion_responses""",
    "preliminary_review": """proposal round scheme_version reviewer due checks correction_items correction_due
        extension""",
    "joint_review": """review_form held_on place chair members experts average spread conclusion expert_group_opinion
        reviewed_amount adjusted_lines cut_rate opinion_items opinion_text filed_no filed_on filed_version""",
    "expert_sheet": "recommended_amount opinion items",
    "consultation": "meeting_no held_on convener attendees agenda minutes minutes_no minutes_file",
    "annual_plan": "year kind title lines not_listed approval_no approved_on approval_file",
    "follow_up": "investment_code",
    "implementation": """confirmed_scheme_version implementation_file differences unit_pm organisation schedule
        procurements contract_clauses supervision_required supervisor supervision_order started_on progress_percent
        trial_log collections""",
    "data_dictionary": "rows",
    "change": """implementation project base_amount reason_kind reason change_kinds unit_view_of_degree
        centre_content_degree new_end not_yet_carried_out supplements lines filed_no""",
    "acceptance": "gates applied_on delegation_no parts round formal_start deliverables",
    "evaluation": "draw project opens_on targets self_score findings",
    "paper": """reference project paper_kind organ doc_no signatory issued_on served_on received_by sealed_file
        entered_from_paper signed_paper entered_by""",
    "draw": "purpose pool number seed algorithm result drawn_by witness",
    "software_estimate": "method weight_set functions cf pdr factors dnc low likely high",
    "classified_stub": "code unit year named_officer",
    "declaration_batch": "plan_year opens closes",
    "policy": "parameter value unit effective_from legal_basis document_number reason floor tightens",
}

COLUMNS = {
    "declaration.investment_lines": """line_no category item specification quantity unit unit_price amount
        basis_of_price quotations is_new_hardware hardware_justification is_bulk_replacement months mode bears_year
        remark""",
    "declaration.targets": """level_1 level_2 year indicator comparator unit baseline target_value due weight
        verification data_source""",
    "change.lines": """line category item before_quantity before_unit_price before_amount after_quantity
        after_unit_price after_amount difference reason""",
}

DOCTYPES = {
    "IT Project Proposal",
    "IT Project Preliminary Review",
    "IT Project Joint Review",
    "IT Project Consultation",
    "IT Project Annual Plan",
    "IT Project Implementation",
    "IT Project Change",
    "IT Project Acceptance",
    "IT Project Evaluation",
    "IT Project Expert Sheet",
    "IT Project Software Estimate",
    "IT Project Data Dictionary",
    "IT Project Progress Report",
    "IT Project Supervision Check",
    "IT Project Paper",
    "IT Project Follow-up",
    "IT Project Draw",
    "IT Project Classified Stub",
    "IT Project Expert",
    "IT System",
    "IT System Inspection",
    "IT Project Declaration Batch",
    "IT Project Policy",
    "IT Project Threshold Rule",
    "IT Project Reminder Rule",
    "IT Project Substitution",
}

BARE_WORDS = {
    "change",
    "review",
    "field",
    "item",
    "issue",
    "draft",
    "state",
    "return",
    "applied",
    "planned",
    "consultation",
}


def every_field() -> list[tuple[str, Field]]:
    return [
        (f"{form.name}.{path}", field)
        for form in forms()
        for top in form.fields
        for path, field in [(top.fieldname, top), *((f"{top.fieldname}.{c.fieldname}", c) for c in top.rows)]
    ]


@pytest.mark.parametrize("name", sorted(FIELDNAMES))
def test_every_fieldname_is_there(name: str) -> None:
    assert [f for f in FIELDNAMES[name].split() if f not in load_form(name).by_name] == []


@pytest.mark.parametrize("path", sorted(COLUMNS))
def test_columns_are_exactly_these(path: str) -> None:
    name, table = path.split(".")
    assert [column.fieldname for column in load_form(name).field(table).rows] == COLUMNS[path].split()


def test_every_document_has_its_form() -> None:
    assert {form.doctype for form in forms()} == DOCTYPES
    assert form_of_doctype("IT Project Proposal").name == "declaration"
    with pytest.raises(InputError, match="没有对应的表"):
        form_of_doctype("Sales Invoice")


def test_a_form_is_called_as_its_file() -> None:
    assert [form.name for form in forms()] == list(form_names())


def test_an_unknown_form_lists_the_known() -> None:
    with pytest.raises(InputError, match="declaration"):
        load_form("declarations")


def test_labels_are_no_bare_words_and_stand_in_both_languages() -> None:
    for path, field in every_field():
        assert field.label.en.lower() not in BARE_WORDS, path
        assert len(re.split("[ -]", field.label.en)) > 1, path  # a bare word would take another program's Chinese
        assert re.search(r"[\u4e00-\u9fff]", field.label.zh), path
        assert bool(field.help.zh) == bool(field.help.en), path


def test_every_option_is_read_back_in_every_writing() -> None:
    for name, options in option_lists().items():
        for option in options.options:
            for word in (
                option.value,
                option.label.zh,
                option.label.en,
                option.value.upper(),
                f"  {option.label.zh} ",
                option.value.replace(" ", "_"),
                option.value.replace("-", " "),
                *option.also,
            ):
                assert options.find(word) == option.value, (name, word)


def test_every_option_list_is_used() -> None:
    used = {field.options.name for _, field in every_field() if field.options}
    assert set(option_lists()) - used == set()


def test_normal_forms_of_the_options_that_programs_rely_on() -> None:
    lists = option_lists()
    assert lists["nature"].values == ("new", "continued", "upgrade", "O&M", "service")
    assert lists["form_kind"].values == ("construction", "O&M", "service")
    assert lists["negative_applies"].values == ("no", "yes", "exempted", "exception")
    assert lists["content_degree"].values == ("small", "considerable")
    assert lists["funding_source"].values == (
        "general public budget",
        "government fund budget",
        "upper-level special transfer",
        "local special bond",
        "own funds",
        "other",
    )
    assert lists["funding_source"].find("上级专项资金(转移支付)") == "upper-level special transfer"
    assert lists["nature"].find("Ｏ＆Ｍ") == "O&M"
