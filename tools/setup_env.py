"""Makes `.venv` with the pinned dependencies and this project, editable.

Does with python3 (3.11 or newer) and pip alone: where the machine has no `ensurepip` (Debian without
python3-venv), the environment is made without pip and filled by the pip of the machine. Every download is
checked against its hash in requirements-dev.lock, and nothing is built from source, so that no package runs
code of its own while it is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCK = ROOT / "requirements-dev.lock"


def main() -> int:
    """0 when `.venv` is ready, 3 when something is missing on this machine."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is run by whatever python3 there is
        return _missing(f"Python 3.11 or newer is needed; {sys.executable} is {sys.version.split()[0]}")
    if not _runs([str(PYTHON), "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]):
        shutil.rmtree(VENV, ignore_errors=True)
        _make_environment()
    pip = _find_pip()
    if pip is None:
        return _missing("pip is needed: on Debian or Ubuntu, apt-get install python3-pip (or python3-venv)")
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    install = [*pip, "install", *quiet, "--no-deps"]
    subprocess.run([*install, "--require-hashes", "--only-binary", ":all:", "-r", str(LOCK)], check=True)
    subprocess.run([*install, "--no-build-isolation", "--editable", str(ROOT)], check=True)
    (VENV / ".ready").touch()
    return 0


def _make_environment() -> None:
    with_pip = find_spec("ensurepip") is not None
    if with_pip and _runs([sys.executable, "-m", "venv", str(VENV)]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)


def _find_pip() -> list[str] | None:
    own = [str(PYTHON), "-m", "pip"]
    machines = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    return next((pip for pip in (own, machines) if _runs([*pip, "--version"])), None)


def _runs(command: list[str]) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _missing(what: str) -> int:
    print(f"setup_env: {what}", file=sys.stderr)
    return 3


if __name__ == "__main__":
    sys.exit(main())
