"""The drawings in the documents are those of the shipped workflows."""

from __future__ import annotations

from kaihua_infoproj.flow.definition import shipped_doctypes
from tools.workflow_drawings import DOCS, files


def test_the_drawings_are_fresh() -> None:
    stale = [path.name for path, text in files().items() if path.read_text(encoding="utf-8") != text]
    assert stale == [], "run python -m tools.workflow_drawings"


def test_every_workflow_is_drawn_and_nothing_else() -> None:
    drawn = {path.name for path in (DOCS / "workflows").iterdir()}
    assert drawn == {path.name for path in files() if path.suffix == ".svg"}
    assert len(drawn) == 2 * len(shipped_doctypes())
