"""What holds for one run of the command line: language, JSON or not, and whether to show colour."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kaihua_infoproj.policy.text import Text

SCHEMA = "kaihua-infoproj/1"
PROGRAM = "kaihua-infoproj"
LANGUAGES = ("zh", "en")


@dataclass
class Settings:
    """The options that every command has.

    Attributes:
        lang: ``zh`` or ``en``. json: one JSON object on stdout. debug: show the trace of an unexpected error.
    """

    lang: str = "zh"
    json: bool = False
    debug: bool = False

    def say(self, text: Text) -> str:
        """The text in the chosen language."""
        return text.get(self.lang)

    @property
    def colour(self) -> bool:
        """Whether stdout may carry colour: a terminal, and nobody asked for none."""
        return not self.json and plain_terminal(sys.stdout)

    @property
    def progress(self) -> bool:
        """Whether stderr may carry a progress line."""
        return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def plain_terminal(stream: object) -> bool:
    """Whether ``stream`` is a terminal that takes colour and the user has not set ``NO_COLOR``."""
    isatty = getattr(stream, "isatty", None)
    return bool(isatty and isatty()) and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def look_ahead(args: Sequence[str]) -> Settings:
    """The common options as they stand anywhere in the arguments, before these are parsed.

    Needed for help and for errors of the parser itself; parsing afterwards checks them properly.
    """
    settings = Settings(lang=environment_language())
    for number, word in enumerate(args):
        if word == "--":
            break
        if word == "--json":
            settings.json = True
        elif word == "--debug":
            settings.debug = True
        elif word.startswith("--lang="):
            _choose(settings, word.partition("=")[2])
        elif word == "--lang" and number + 1 < len(args):
            _choose(settings, args[number + 1])
    return settings


def _choose(settings: Settings, lang: str) -> None:
    if lang.lower() in LANGUAGES:
        settings.lang = lang.lower()


def environment_language() -> str:
    """The language of ``KAIHUA_LANG``; Chinese where that is unset or neither ``zh`` nor ``en``."""
    asked = os.environ.get("KAIHUA_LANG", "").lower()[:2]
    return asked if asked in LANGUAGES else "zh"


def today() -> date:
    """Today in Kaihua. The one place that reads the clock."""
    from kaihua_infoproj.policy.calendar import SHANGHAI

    return datetime.now(SHANGHAI).date()
