"""Writes the drawings of the shipped workflows and the pages that show them; ``--check`` says whether they are fresh.

python -m tools.workflow_drawings [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path

from kaihua_infoproj.flow.definition import shipped, shipped_doctypes
from kaihua_infoproj.flow.drawing import svg
from kaihua_infoproj.flow.terms import term

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
PAGES = {"en": "workflows.md", "zh": "workflows.zh.md"}
_INTRODUCTION = {
    "zh": (
        "# 办理流程图\n\n"
        "九份文书各有一个流程，图由 `kaihua_infoproj/kaihua_infoproj/workflow` 中的流程定义画出，请勿手改；"
        "重画用 `python -m tools.workflow_drawings`。\n\n"
        "方框是环节，框内小字是该环节由谁编辑；箭头是动作和办理人，斜体是条件；深色的是终结环节。"
        "管理员改过的流程也可以画：`kaihua-infoproj workflow 文件 --draw svg`。\n"
    ),
    "en": (
        "# The workflows, drawn\n\n"
        "Each of the nine documents has one. The drawings are made from the definitions in "
        "`kaihua_infoproj/kaihua_infoproj/workflow`; do not edit them, run `python -m tools.workflow_drawings`.\n\n"
        "A box is a state with the role that edits in it, an arrow an action with who takes it and, in italics, its "
        "condition; a dark box is an end. An edited workflow is drawn by `kaihua-infoproj workflow FILE --draw svg`.\n"
    ),
}


def files() -> dict[Path, str]:
    """Every file that is to be there, with its text."""
    out = {}
    for lang, page in PAGES.items():
        parts = [_INTRODUCTION[lang]]
        for doctype in shipped_doctypes():
            name = f"{doctype.lower().replace(' ', '_')}.{lang}.svg"
            title = term(doctype).get(lang)
            out[DOCS / "workflows" / name] = svg(shipped(doctype), lang)
            parts.append(f"## {title}\n\n![{title}](workflows/{name})\n")
        out[DOCS / page] = "\n".join(parts)
    return out


def main(arguments: list[str]) -> int:
    """Write what is missing or stale; with ``--check`` only name it. Answers 0, or 1 where something is stale."""
    stale = {p: text for p, text in files().items() if not p.is_file() or p.read_text(encoding="utf-8") != text}
    for path, text in stale.items():
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        print(f"{path.relative_to(ROOT)}: {'stale' if '--check' in arguments else 'written'}")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
