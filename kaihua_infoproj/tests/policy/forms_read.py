"""Reading a paper in a test: from the text below its first line."""

from __future__ import annotations

import pytest

from kaihua_infoproj.policy.errors import InputErrors
from kaihua_infoproj.policy.form_reading import Paper, read_paper
from kaihua_infoproj.policy.forms import load_form
from kaihua_infoproj.policy.strict_yaml import read_bytes


def read(text: str, form: str = "declaration") -> Paper:
    return read_paper(load_form(form), read_bytes(f"form: {form}\n{text}".encode(), file="申报表.yaml"))


def problems(text: str, form: str = "declaration") -> list[str]:
    """The sentences of everything that is refused."""
    with pytest.raises(InputErrors) as error:
        read(text, form)
    return [problem.message("zh") for problem in error.value.all]


def problem(text: str, form: str = "declaration") -> str:
    """The sentence of the only thing that is refused."""
    (only,) = problems(text, form)
    return only
