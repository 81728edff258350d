"""``python -m kaihua_infoproj``: the command line."""

from kaihua_infoproj.cli.main import main

if __name__ == "__main__":
    main()
