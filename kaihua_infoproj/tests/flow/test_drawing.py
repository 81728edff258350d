"""Drawings: Mermaid and SVG hold every state and action, are well-formed, and nothing lies on anything else."""

from __future__ import annotations

from itertools import combinations
from xml.etree import ElementTree

import pytest

from kaihua_infoproj.flow import roles
from kaihua_infoproj.flow.definition import Definition, load_definition, shipped, shipped_doctypes
from kaihua_infoproj.flow.drawing import mermaid, svg
from kaihua_infoproj.flow.drawing_graph import edges_of, plan, spine_of
from kaihua_infoproj.flow.drawing_label import label_of, text_width, wrap
from kaihua_infoproj.flow.drawing_layout import BOX_WIDTH, lay_out
from kaihua_infoproj.flow.terms import term

from .staff import plain, small

SVG = "{http://www.w3.org/2000/svg}"
LANGUAGES = ("zh", "en")


@pytest.mark.parametrize("doctype", shipped_doctypes())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_mermaid_names_every_state_and_action(doctype: str, lang: str) -> None:
    definition = shipped(doctype)
    lines = mermaid(definition, lang).splitlines()
    assert lines[0] == "stateDiagram-v2"
    states = [line for line in lines if line.startswith("  state ")]
    assert states == [f'  state "{term(s.name).get(lang)}" as s{n}' for n, s in enumerate(definition.states, 1)]
    arrows = [line for line in lines if "-->" in line and "[*]" not in line]
    assert len(arrows) == len(edges_of(definition))
    for edge in edges_of(definition):
        assert any(term(edge.action).get(lang) in line for line in arrows)
    assert sum(line.endswith("--> [*]") for line in lines) == sum(s.kind == "end" for s in definition.states)
    assert all(line.count(":") <= 1 and ";" not in line and "#" not in line for line in lines)


def texts(drawing: str) -> list[str]:
    root = ElementTree.fromstring(drawing)
    return ["".join(t.itertext()) for t in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("doctype", shipped_doctypes())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_svg_is_well_formed_self_contained_and_names_everything(doctype: str, lang: str) -> None:
    definition = shipped(doctype)
    drawing = svg(definition, lang)
    written = "".join(texts(drawing)).replace(" ", "")
    for name in (*(s.name for s in definition.states), *definition.actions()):
        assert term(name).get(lang).replace(" ", "") in written
    assert "http" not in drawing.replace("http://www.w3.org/2000/svg", "")
    assert "<script" not in drawing


@pytest.mark.parametrize("doctype", shipped_doctypes())
@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_lies_on_anything_else(doctype: str, lang: str) -> None:
    definition = shipped(doctype)
    planned = plan(definition)
    labels = {id(line): label_of([e.rows for e in line.edges], lang) for line in planned.lines}
    out = lay_out(planned, labels, dict.fromkeys((s.name for s in definition.states), 60))
    boxes = [
        (b.x - BOX_WIDTH // 2, b.y - b.height // 2, b.x + BOX_WIDTH // 2, b.y + b.height // 2)
        for b in out.boxes.values()
    ]
    notes = [
        (
            p.at[0] - (p.label.width if p.right else 0),
            p.at[1],
            p.at[0] + (0 if p.right else p.label.width),
            p.at[1] + p.label.height,
        )
        for p in out.labels
    ]
    assert len(boxes) == len(definition.states) and len(notes) == len(planned.lines)
    for one, other in combinations([*boxes, *notes], 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart, (one, other)


@pytest.mark.parametrize("doctype", shipped_doctypes())
def test_lines_run_straight_up_down_or_across_and_through_no_box(doctype: str) -> None:
    definition = shipped(doctype)
    planned = plan(definition)
    labels = {id(line): label_of([e.rows for e in line.edges], "zh") for line in planned.lines}
    out = lay_out(planned, labels, dict.fromkeys((s.name for s in definition.states), 60))
    for path in out.paths:
        for (x1, y1), (x2, y2) in zip(path.points, path.points[1:], strict=False):
            assert x1 == x2 or y1 == y2
            for box in out.boxes.values():
                inside_x = min(x1, x2) < box.x + BOX_WIDTH // 2 - 1 and max(x1, x2) > box.x - BOX_WIDTH // 2 + 1
                inside_y = min(y1, y2) < box.y + box.height // 2 - 1 and max(y1, y2) > box.y - box.height // 2 + 1
                assert not (inside_x and inside_y), (path, box)


@pytest.mark.parametrize(
    ("doctype", "way"),
    [
        (
            "IT Project Implementation",
            [
                "Implementation Draft",
                "Awaiting Confirmation",
                "Plan Confirmed",
                "Under Construction",
                "Trial Operation",
                "Implementation Completed",
            ],
        ),
        ("IT Project Change", ["Change Draft", "Data Centre Examination", "Joint Examination", "Change Approved"]),
    ],
)
def test_the_main_way_is_the_approving_one(doctype: str, way: list[str]) -> None:
    assert list(spine_of(shipped(doctype))) == way


def broken() -> list[Definition]:
    """Definitions that a check would refuse, and that a drawing must still show."""
    unknown = plain("IT Project Change")
    unknown["transitions"][0]["next_state"] = "Nowhere"
    forbidden = plain("IT Project Change")
    forbidden["transitions"][0]["condition"] = "print(1)"
    circle = [
        {"state": "A", "action": "x & <y>", "next_state": "B", "allowed": roles.UNIT_HEAD},
        {"state": "B", "action": "back", "next_state": "A", "allowed": "Nobody"},
    ]
    lonely = plain("IT Project Change")
    lonely["states"].append({"state": 'Island "#;:', "doc_status": "0", "allow_edit": ""})
    many = [{"state": "A", "action": f"go {n}", "next_state": "Done", "allowed": roles.UNIT_HEAD} for n in range(5)]
    fan = [{"state": "A", "action": f"go {n}", "next_state": f"End {n}", "allowed": roles.UNIT_HEAD} for n in range(6)]
    return [
        load_definition(unknown),
        load_definition(forbidden),
        small(circle, ()),
        load_definition(lonely),
        small(many),
        small(fan, [f"End {n}" for n in range(6)]),
    ]


@pytest.mark.parametrize("number", range(6))
def test_a_broken_workflow_is_drawn_too(number: int) -> None:
    definition = broken()[number]
    written = "".join(texts(svg(definition)))
    assert all(term(s.name).zh.replace(" ", "") in written.replace(" ", "") for s in definition.states)
    assert mermaid(definition).count("-->") >= 1


def test_a_text_is_broken_between_names_where_they_fit() -> None:
    assert wrap("县大数据中心负责人、县发改局审核人、县财政局审核人", 11, 170) == [
        "县大数据中心负责人、",
        "县发改局审核人、县财政局审核人",
    ]
    assert wrap("一" * 40, 10, 100) == ["一" * 10] * 4
    assert wrap("", 11) == []
    assert text_width("中a", 100) == 156
