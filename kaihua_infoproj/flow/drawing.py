"""Drawings of a workflow: Mermaid for documents, and a self-contained SVG that needs no other program."""

from __future__ import annotations

from xml.sax.saxutils import escape, quoteattr

from .definition import KIND_LABELS, Definition
from .drawing_graph import Plan, edges_of, plan
from .drawing_label import LINE, SMALL_SIZE, Label, label_of, text_width, who, wrap
from .drawing_layout import BOX_WIDTH, Box, Layout, Path, lay_out
from .roles import organ_of
from .terms import term

MARGIN, HEADING = 28, 54
NAME_SIZE = 15


def mermaid(definition: Definition, lang: str = "zh") -> str:
    """A Mermaid state diagram."""
    ids = {state.name: f"s{n}" for n, state in enumerate(definition.states, 1)}
    lines = ["stateDiagram-v2", "  direction TB"]
    for state in definition.states:
        lines.append(f'  state "{_plain(term(state.name).get(lang))}" as {ids[state.name]}')
    lines.append(f"  [*] --> {ids[definition.start.name]}")
    for edge in edges_of(definition):
        bracket = ("（{}）" if lang == "zh" else " ({})").format(who(edge.rows, lang))
        label = _plain(term(edge.action).get(lang) + bracket)
        lines.append(f"  {ids[edge.state]} --> {ids[edge.next_state]} : {label}")
    lines += [f"  {ids[state.name]} --> [*]" for state in definition.states if state.kind == "end"]
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    """Without the characters that Mermaid reads as its own."""
    return text.replace('"', "'").replace(":", "：").replace(";", "；").replace("#", "＃").replace("\n", " ")


_COLOURS = {
    "unit": "#2f6db5",
    "competent_department": "#7a56b3",
    "data_centre": "#1f8a70",
    "drb": "#b5652f",
    "finance": "#a88a14",
    "magistrate": "#b23a5b",
    "county_government": "#b23a3a",
}
_FONTS = {
    "zh": '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif',
    "en": '"Noto Sans","DejaVu Sans",Arial,Helvetica,sans-serif',
}
_STYLE = """
text{font-family:FONTS}
.title{font-size:20px;font-weight:700;fill:#1d2733}
.name{font-size:15px;font-weight:700;fill:#1d2733;text-anchor:middle}
.holder{font-size:11px;fill:#5a6675;text-anchor:middle}
.end .name{fill:#fff}
.action{font-size:13px;fill:#1d2733}
.role{font-size:11px;fill:#5a6675}
.condition{font-size:11px;fill:#8a4b00;font-style:italic}
.halo{stroke:#fff;stroke-width:4px;stroke-linejoin:round;paint-order:stroke}
.line{fill:none;stroke:#55616f;stroke-width:1.4px}
.return{stroke:#c27a12;stroke-dasharray:6 3}
.reject,.withdraw{stroke:#a0454c}
.withdraw{stroke-dasharray:2 3}
.system{stroke-dasharray:8 3 2 3}
.box{fill:#fff;stroke-width:2px}
.end .box{fill:#3c4a5a;stroke:#3c4a5a}
"""


def svg(definition: Definition, lang: str = "zh") -> str:
    """A drawing as a self-contained SVG document.

    States are boxes in the colour of the organ that holds them, actions are arrows with who takes them.
    """
    planned = plan(definition)
    labels = {id(line): label_of([edge.rows for edge in line.edges], lang) for line in planned.lines}
    writing = {state.name: _writing(definition, state.name, lang) for state in definition.states}
    out = lay_out(planned, labels, {name: label.height + 14 for name, label in writing.items()})
    body = [_path(p) for p in out.paths]
    body += [f'<circle cx="{x}" cy="{y}" r="2.6" fill="#55616f"/>' for x, y in out.dots]
    body += [_box(definition, box, writing[box.state]) for box in out.boxes.values()]
    body += [_label(placed.label, *placed.at, right=placed.right) for placed in out.labels]
    left, top, right, bottom = _bounds(out)
    title = term(definition.doctype).get(lang)
    legend = _legend(definition, planned, left, bottom + 26, lang)
    width, height = right - left + 2 * MARGIN, bottom - top + 2 * MARGIN + HEADING + 40
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="{left - MARGIN} {top - MARGIN - HEADING} {width} {height}" role="img" '
        f"aria-label={quoteattr(title)}>"
    )
    return "\n".join(
        [
            head,
            f"<title>{escape(title)}</title>",
            f"<style>{_STYLE.replace('FONTS', _FONTS[lang])}</style>",
            _MARKERS,
            f'<rect x="{left - MARGIN}" y="{top - MARGIN - HEADING}" width="{width}" height="{height}" fill="#fff"/>',
            f'<text class="title" x="{left}" y="{top - HEADING + 12}">{escape(title)}</text>',
            *body,
            *legend,
            "</svg>",
            "",
        ]
    )


_MARKERS = (
    "<defs>"
    + "".join(
        f'<marker id="head-{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" '
        f'orient="auto"><path d="M0 0 10 5 0 10z" fill="{colour}"/></marker>'
        for name, colour in (
            ("forward", "#55616f"),
            ("system", "#55616f"),
            ("return", "#c27a12"),
            ("reject", "#a0454c"),
            ("withdraw", "#a0454c"),
        )
    )
    + "</defs>"
)


def _path(path: Path) -> str:
    points = " ".join(f"{x},{y}" for x, y in path.points)
    head = f' marker-end="url(#head-{path.kind})"' if path.head else ""
    return f'<polyline class="line {path.kind}" points="{points}"{head}/>'


def _writing(definition: Definition, name: str, lang: str) -> Label:
    """What stands in a state's box: its name, and who holds the document in it."""
    state = definition.state(name)
    lines = [(part, "name") for part in wrap(term(name).get(lang), NAME_SIZE, BOX_WIDTH - 16)]
    if state.kind != "end":
        lines += [(part, "holder") for part in wrap(term(state.role).get(lang), SMALL_SIZE, BOX_WIDTH - 12)]
    return Label(tuple(lines))


def _box(definition: Definition, box: Box, writing: Label) -> str:
    colour = _COLOURS.get(organ_of(definition.state(box.state).role), "#55616f")
    out = [
        f'<g class="{"end" if box.end else "open"}"><rect class="box" x="{box.x - BOX_WIDTH // 2}" '
        f'y="{box.y - box.height // 2}" width="{BOX_WIDTH}" height="{box.height}" rx="{18 if box.end else 6}"'
        + ("" if box.end else f' stroke="{colour}"')
        + "/>"
    ]
    y = box.y - writing.height // 2
    for text, style in writing.lines:
        y += LINE[style]
        out.append(f'<text class="{style}" x="{box.x}" y="{y - 5}">{escape(text)}</text>')
    return "".join(out) + "</g>"


def _label(label: Label, x: int, y: int, *, right: bool) -> str:
    out = []
    anchor = ' text-anchor="end"' if right else ""
    for text, style in label.lines:
        y += LINE[style]
        out.append(f'<text class="{style} halo" x="{x}" y="{y - 4}"{anchor}>{escape(text)}</text>')
    return "".join(out)


def _bounds(out: Layout) -> tuple[int, int, int, int]:
    xs = [x for p in out.paths for x, _ in p.points]
    ys = [y for p in out.paths for _, y in p.points]
    for box in out.boxes.values():
        xs += [box.x - BOX_WIDTH // 2, box.x + BOX_WIDTH // 2]
        ys += [box.y - box.height // 2, box.y + box.height // 2]
    for placed in out.labels:
        x, y = placed.at
        xs += [x, x - placed.label.width if placed.right else x + placed.label.width]
        ys += [y, y + placed.label.height]
    return min(xs), min(ys), max(xs), max(ys)


def _legend(definition: Definition, planned: Plan, x: int, y: int, lang: str) -> list[str]:
    """The kinds of line that the drawing has."""
    used = {row.kind for row in definition.transitions}
    out = []
    for kind, text in KIND_LABELS.items():
        if kind in used:
            out.append(
                f'<polyline class="line {kind}" points="{x},{y} {x + 36},{y}" marker-end="url(#head-{kind})"/>'
                f'<text class="role" x="{x + 44}" y="{y + 4}">{escape(text.get(lang))}</text>'
            )
            x += 44 + text_width(text.get(lang), SMALL_SIZE) + 28
    return out
