"""Settings of every suite: the same examples in every run, no time limits, the clock of no machine."""

from __future__ import annotations

import os

from hypothesis import settings

# KAIHUA_EXAMPLES: fewer in a mutation run, more in a search by hand.
EXAMPLES = int(os.environ.get("KAIHUA_EXAMPLES", "100"))

# derandomize: a run on another machine sees the same examples; no deadline: a slow machine is not a wrong rule.
settings.register_profile("project", deadline=None, derandomize=True, database=None, max_examples=EXAMPLES)
settings.load_profile("project")
