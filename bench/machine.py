"""What the figures were taken on."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bench.player import JS_ENGINES, NODE_FOLDER
from bench.race import cores

_LIBRARIES = ("ksdocs", "docxtpl", "python-docx", "Jinja2", "lxml", "pydantic")


def describe() -> dict[str, str]:
    """Processor, cores, memory, system, and the versions of everything that took part."""
    found = {
        "processor": _processor(),
        "cores": str(cores()),
        "memory": _memory(),
        "system": f"{platform.system()} {platform.release().split('-')[0]}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }
    found |= {name: _version(name) for name in _LIBRARIES}
    if node := _first_line("node", "--version"):
        found["node"] = node
        found |= {engine: v for engine in JS_ENGINES if (v := _npm_version(engine))}
    if office := _first_line("soffice", "--version"):
        found["LibreOffice"] = re.sub(r"LibreOffice (\S+).*", r"\1", office)
    return found


def load() -> float | None:
    """Processes that wanted to run during the last minute, those of the bench among them."""
    return os.getloadavg()[0] if hasattr(os, "getloadavg") else None


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    found = re.search(r"model name\s*:\s*(.+)", info.read_text(encoding="utf-8")) if info.exists() else None
    return found[1] if found else platform.processor() or platform.machine()


def _memory() -> str:
    info = Path("/proc/meminfo")
    found = re.search(r"MemTotal:\s*(\d+) kB", info.read_text(encoding="utf-8")) if info.exists() else None
    return f"{int(found[1]) / 2**20:.0f} GiB" if found else "?"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _npm_version(engine: str) -> str:
    file = NODE_FOLDER / "node_modules" / engine / "package.json"
    found = re.search(r'"version":\s*"([^"]+)"', file.read_text(encoding="utf-8")) if file.is_file() else None
    return found[1] if found else ""


def _first_line(*command: str) -> str:
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    return (done.stdout.strip().splitlines() or [""])[0]
