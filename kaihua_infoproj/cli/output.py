"""Printing: one JSON object, or lines and tables for a person."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

import click

from .layout import hanging, page_width
from .settings import SCHEMA, Settings

T = TypeVar("T")


def print_json(payload: Mapping[str, Any]) -> None:
    """The one JSON object of a run, ``schema`` first."""
    click.echo(json.dumps({"schema": SCHEMA, **payload}, ensure_ascii=False, indent=2))


def line(text: str = "") -> None:
    """One line, broken at the terminal's width."""
    for part in hanging("", text, page_width()):
        click.echo(part)


def item(first: str, text: str, indent: str | None = None) -> None:
    """A line with a hanging indent: ``first`` is a number, a label or spaces."""
    for part in hanging(first, text, page_width(), indent):
        click.echo(part)


def styled(text: str, settings: Settings, **style: Any) -> str:
    """``text`` in colour where colour may be."""
    return click.style(text, **style) if settings.colour else text


def table(
    headers: Sequence[str],
    rows: Iterable[Sequence[str]],
    settings: Settings,
    *,
    right: Iterable[int] = (),
    title: str = "",
) -> None:
    """A table of plain texts.

    Args:
        right: columns (from 0) whose values stand to the right.
    """
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as RichText

    terminal = sys.stdout.isatty()
    console = Console(
        file=sys.stdout,
        force_terminal=terminal,
        width=None if terminal else 180,
        highlight=False,
        color_system="auto" if settings.colour else None,
        legacy_windows=False,
    )
    drawn = Table(
        box=box.SIMPLE_HEAD,
        title=title or None,
        title_justify="left",
        pad_edge=False,
        header_style="bold" if settings.colour else "",
        show_edge=False,
    )
    for number, header in enumerate(headers):
        drawn.add_column(header, justify="right" if number in set(right) else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(RichText(cell) for cell in row))
    with console.capture() as captured:
        console.print(drawn)
    for row_text in captured.get().rstrip("\n").split("\n"):
        click.echo(row_text.rstrip() if not settings.colour else row_text, color=settings.colour)


def followed(items: Iterable[T], label: str, settings: Settings, total: int | None = None) -> Iterator[T]:
    """The items again, with a progress line on stderr while they are worked on – on a terminal only."""
    if not settings.progress:
        yield from items
        return
    from rich.console import Console
    from rich.progress import track

    yield from track(items, description=label, total=total, transient=True, console=Console(stderr=True))


@contextlib.contextmanager
def waiting(label: str, settings: Settings) -> Iterator[None]:
    """A sign of life on stderr while one long step runs – on a terminal only."""
    if not settings.progress:
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(label):
        yield


def prepare_streams(settings: Settings) -> None:
    """UTF-8 wherever a program or a file reads; on a terminal its own encoding, never an error for a character."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty() and not settings.json:
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
