"""``python -m benchmarks``: print the table of docs/benchmarks.md, measured here and now."""

from __future__ import annotations

import os
import platform
import sys

from . import programs, projects, rules
from .measuring import HEAD


def main() -> int:
    """Print line after line; 0 always: a slow machine is not a mistake."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores\n\n{HEAD}", flush=True)
    for part in (rules, programs, projects):
        for result in part.results():
            print(result.row(), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
