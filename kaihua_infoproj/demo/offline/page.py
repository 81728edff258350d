"""The page of the years: one self-contained HTML file, in Chinese, that shows what was played."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .page_data import page_data
from .player import Played

FOLDER = Path(__file__).with_name("templates")
TEMPLATE = "years.html.j2"


def render(played: Played) -> str:
    """The whole page as text: no outside resource, the same for the same play.

    Raises:
        ValueError: nothing was played.
    """
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(TEMPLATE).render(page=page_data(played))


def write(played: Played, path: Path) -> Path:
    """Write the page; returns its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(render(played), encoding="utf-8")
    return path
