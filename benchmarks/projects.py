"""What a project costs when there are many: the played years with every project several times over."""

from __future__ import annotations

import time
from collections.abc import Iterator

from kaihua_infoproj.demo.offline.player import play
from kaihua_infoproj.demo.offline.repeat import repeated
from kaihua_infoproj.demo.offline.scenario import FOLDER, load

from .measuring import Result

TIMES = (1, 5, 50)


def results() -> Iterator[Result]:
    """Milliseconds a project, played once for each number of projects."""
    scenario = load(sorted(FOLDER.glob("*.yaml")))
    play(scenario)
    for times in TIMES:
        many = repeated(scenario, times)
        began = time.perf_counter()
        played = play(many)
        taken = (time.perf_counter() - began) * 1000
        number = len(played.world.projects)
        yield Result(f"one project of {number:,}, played from declaration to its end", taken / number)
