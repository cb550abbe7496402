"""The version of ksdocs, where a start can have it without asking for the metadata of the installation."""

from __future__ import annotations

from typing import Final

VERSI: Final = "0.1.0"
"""The same as in pyproject.toml; a test holds it."""
