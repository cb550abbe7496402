"""What every test may ask for: the checkout, the tools of this machine, and the golden texts."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
GOLDEN = ROOT / "tests" / "golden"
OOXML_VALIDATOR = ROOT / "tools" / "node" / "node_modules" / ".bin" / "ooxml-validator"

settings.register_profile("ksdocs", deadline=None, max_examples=60, print_blob=True)
settings.load_profile("ksdocs")


def _ooxml_validator() -> str | None:
    return str(OOXML_VALIDATOR) if OOXML_VALIDATOR.exists() else shutil.which("ooxml-validator")


TOOLS: dict[str, tuple[Callable[[], str | None], str]] = {
    "libreoffice": (lambda: shutil.which("soffice"), "LibreOffice (soffice) is not on this machine"),
    "poppler": (
        lambda: shutil.which("pdftotext") and shutil.which("pdftoppm"),
        "poppler-utils (pdftotext, pdftoppm) are not on this machine",
    ),
    "ooxml_sdk": (_ooxml_validator, "the Open XML SDK validator is missing: npm install --prefix tools/node"),
}
"""Marker → how its tool is found, and what is said when it is not."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--write-golden",
        action="store_true",
        help="write the expected texts anew instead of comparing (runs only the tests that have one)",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--write-golden"):
        keep = [i for i in items if "golden" in getattr(i, "fixturenames", ())]
        config.hook.pytest_deselected(items=[i for i in items if i not in keep])
        items[:] = keep


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skips what this machine has no tool for; where KSDOCS_REQUIRE_TOOLS is set, that is a failure."""
    for name, (find, reason) in TOOLS.items():
        if item.get_closest_marker(name) and not find():
            if os.environ.get("KSDOCS_REQUIRE_TOOLS"):
                pytest.fail(f"KSDOCS_REQUIRE_TOOLS is set, but {reason}", pytrace=False)
            pytest.skip(reason)


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A developer's own folders must not decide what a test sees, nor be written to."""
    for name in [n for n in os.environ if n.startswith("KSDOCS_") and n != "KSDOCS_REQUIRE_TOOLS"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("KSDOCS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(scope="session")
def checkout() -> Path:
    """The top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def ooxml_validator() -> str:
    """Path of the Open XML SDK validator; only for tests marked `ooxml_sdk`."""
    return _ooxml_validator() or "ooxml-validator"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, str], None]:
    """`golden(name, text)`: `text` is what tests/golden/`name` holds; `make golden` writes it anew."""

    def compare(name: str, text: str) -> None:
        file = GOLDEN / name
        if request.config.getoption("--write-golden"):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            return
        expected = file.read_text(encoding="utf-8") if file.exists() else ""
        if text != expected:
            now = text.splitlines()
            diff = "\n".join(difflib.unified_diff(expected.splitlines(), now, "expected", "now", lineterm=""))
            pytest.fail(f"tests/golden/{name} says otherwise (make golden writes it anew):\n{diff}")

    return compare
