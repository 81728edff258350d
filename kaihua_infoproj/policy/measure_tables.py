"""The tables at the end of the page of the measure: judgements, parameters, findings, sources, terms."""

from __future__ import annotations

from .demands import every_demand
from .measure_material import Material
from .measure_text import DIRECTIONS, article_of, join, table, value_of
from .parameter import UNITS, DatedValue, Parameter, article_text
from .text import date_text, plain_decimal

_SOURCES = ("text", "document")  # kind and unit of parameters that name a source


def judgement_list(material: Material, lang: str) -> list[str]:
    """Every judgement in one place: demands, then parameters, then findings."""
    zh = lang == "zh"
    lines = ["### 要求" if zh else "### Demands", ""]
    lines += table(
        ("序号", "要求") if zh else ("No.", "Demand"),
        ((d.number, d.text.get(lang)) for d in every_demand(material.book) if d.judgement),
    )
    lines += ["### 参数取值" if zh else "### Values of parameters", ""]
    lines += table(
        ("参数", "取值", "起始日", "可改方向") if zh else ("Parameter", "Value", "Since", "Direction"),
        (
            (
                f"{p.label.get(lang)}（`{p.name}`）" if zh else f"{p.label.en} (`{p.name}`)",
                value_of(p, v, material.words, lang),
                date_text(v.since, lang),
                DIRECTIONS[p.tighten].get(lang),
            )
            for p, v in _values(material)
            if v.judgement
        ),
    )
    lines += ["### 核查问题" if zh else "### Findings", ""]
    judged = [s for s in material.sentences.values() if s.judgement]
    lines += table(
        ("代码", "依据", "要求") if zh else ("Code", "Cites", "Demands"),
        ((f"`{s.code}`", article_of(s, lang), _demands_of(material, s.code, lang)) for s in judged),
    )
    return lines


def _values(material: Material) -> list[tuple[Parameter, DatedValue]]:
    return [(p, v) for name in sorted(material.parameters) for p in (material.parameters[name],) for v in p.values]


def _demands_of(material: Material, code: str, lang: str) -> str:
    return join(material.demands_of(code), lang)


def parameter_table(material: Material, lang: str) -> list[str]:
    """Every value of every parameter with unit, start, source, judgement, direction and the demands it carries."""
    zh = lang == "zh"
    head = (
        ("参数", "取值", "单位", "起始日", "依据", "本县判断", "可改方向", "要求")
        if zh
        else ("Parameter", "Value", "Unit", "Since", "Source", "J", "Direction", "Demands")
    )
    rows = []
    for p, v in _values(material):
        source = v.document + article_text(v.article).zh if zh else f"{v.document} {article_text(v.article).en}"
        numbers = join((d.number for d in every_demand(material.book) if p.name in d.carried_by.parameters), lang)
        rows.append(
            (
                f"{p.label.zh}（`{p.name}`）" if zh else f"`{p.name}` – {p.label.en}",
                value_of(p, v, material.words, lang),
                UNITS[p.unit].get(lang),
                date_text(v.since, lang),
                source,
                ("是" if zh else "J") if v.judgement else "",
                DIRECTIONS[p.tighten].get(lang),
                numbers,
            )
        )
    return table(head, rows)


def findings_table(material: Material, lang: str) -> list[str]:
    """Every finding by code with what it cites, its severity and the demands it carries."""
    head = (
        ("代码", "依据", "轻重", "本县判断", "要求") if lang == "zh" else ("Code", "Cites", "Severity", "J", "Demands")
    )
    judged = "是" if lang == "zh" else "J"
    return table(
        head,
        (
            (
                f"`{s.code}`",
                article_of(s, lang),
                s.severity.label.get(lang),
                judged if s.judgement else "",
                _demands_of(material, s.code, lang),
            )
            for s in material.sentences.values()
        ),
    )


def source_table(material: Material, lang: str) -> list[str]:
    """The sources that parameters date: which one a finding names from which day on."""
    zh = lang == "zh"
    head = ("依据", "写作", "起始日", "本县判断") if zh else ("Source of", "Named as", "Since", "J")
    rows = [
        (
            p.label.get(lang),
            value_of(p, v, material.words, lang),
            date_text(v.since, lang),
            ("是" if zh else "J") if v.judgement else "",
        )
        for p, v in _values(material)
        if (p.kind, p.unit) == _SOURCES
    ]
    note = (
        "核查问题写当日有效的依据。附件3至5存在而内容未知，未写入。"
        if zh
        else "A finding names the source in force on its date. Annexes 3 to 5 exist but are unknown and left out."
    )
    return [*table(head, rows), note, ""]


def term_table(material: Material, lang: str) -> list[str]:
    """Terms with their name in both languages and their meaning."""
    head = ("用语", "英文", "含义") if lang == "zh" else ("Term", "中文", "Meaning")
    return table(
        head,
        (
            (t.name.zh, t.name.en, t.meaning.zh) if lang == "zh" else (t.name.en, t.name.zh, t.meaning.en)
            for t in material.terms
        ),
    )


def step_table(material: Material, lang: str) -> list[str]:
    """The states that no way to an end may miss, the ends that are closed in a case, and who must sign."""
    zh = lang == "zh"
    head = (
        ("文书", "不得绕过的环节或者签署", "依据", "理由")
        if zh
        else ("Document", "Step or signatures", "Cites", "Reason")
    )
    rows = []
    for doctype, demanded in material.demanded.items():
        document = material.name(doctype, lang)
        for step in demanded.steps.values():
            rows.append(
                (document, material.name(step.state, lang), article_text(step.article).get(lang), step.said.get(lang))
            )
        for end in demanded.ends:
            passes = join((material.name(state, lang) for state in end.steps), lang)
            way = (
                ("不得到达" if zh else "not reachable")
                if end.forbidden
                else ("须经" if zh else "passes ") + passes
                if passes
                else ""
            )
            rows.append(
                (
                    document,
                    material.name(end.state, lang) + (f"（{way}）" if zh else f" ({way})") * bool(way),
                    article_text(end.article).get(lang),
                    end.said.get(lang),
                )
            )
        for signed in demanded.signatures:
            organs = join((material.words[organ].get(lang) for organ in signed.organs), lang)
            rows.append(
                (
                    document,
                    f"{material.name(signed.action, lang)}：{organs}" if zh else f"{signed.action}: {organs}",
                    article_text(signed.article).get(lang),
                    signed.said.get(lang),
                )
            )
    return table(head, rows)


def checklist_table(material: Material, lang: str) -> list[str]:
    """Every shipped checklist with its items, edition by edition."""
    zh = lang == "zh"
    lines = [
        "以下核对表随系统交付，均为本县判断，带起始日，可以修改。"
        if zh
        else "These checklists are shipped; all are judgement, dated, and may be edited.",
        "",
    ]
    head = ("编号", "事项", "依据", "分值") if zh else ("Code", "Item", "Cites", "Points")
    for checklist in material.checklists:
        for edition in checklist.editions:
            since = f"自{date_text(edition.since, 'zh')}起" if zh else f"since {edition.since}"
            lines += [f"### {checklist.label.zh}（{since}）" if zh else f"### {checklist.label.en} ({since})", ""]
            lines += table(
                head,
                (
                    (
                        f"`{item.code}`",
                        item.label.get(lang),
                        article_text(item.article).get(lang) if item.article else "",
                        "" if item.points is None else plain_decimal(item.points),
                    )
                    for item in edition.items
                ),
            )
    return lines
