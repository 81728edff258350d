"""Reading the shipped cases once for the whole suite: it takes longer than running them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pytest

from kaihua_infoproj.cli.commands import cases


@pytest.fixture(autouse=True, scope="session")
def _cases_read_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cases, "load_cases", cache(cases.load_cases))
        yield
