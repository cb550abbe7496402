"""`python -m ksdocs`: the same as the command `ksdocs`."""

from __future__ import annotations

import sys

from ksdocs.cli import main

if __name__ == "__main__":
    sys.exit(main())
