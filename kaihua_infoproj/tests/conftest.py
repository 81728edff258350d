"""Settings of every suite: the same examples in every run, no time limits, the clock of no machine."""

from __future__ import annotations

from hypothesis import settings

# derandomize: a run on another machine sees the same examples; no deadline: a slow machine is not a wrong rule.
settings.register_profile("project", deadline=None, derandomize=True, database=None, max_examples=100)
settings.load_profile("project")
