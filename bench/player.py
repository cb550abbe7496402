"""A worker process that renders when it is asked to, and the packs of documents that it leaves behind."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from bench.office import ROOT, surroundings

NODE_FOLDER = ROOT / "build" / "bench-node"
_JS = ROOT / "bench" / "js"
JS_ENGINES = ("docxtemplater", "easy-template-x", "docx-templates", "carbone")


@dataclass(frozen=True, slots=True)
class Round:
    """What one round took: `n` documents in `seconds` of the wall clock, `cpu` seconds of computing, `bytes` made."""

    n: int
    seconds: float
    cpu: float
    bytes: int

    @property
    def per_document(self) -> float:
        return self.seconds / self.n


class Player:
    """A worker process; it waits between rounds and takes no time from the others."""

    def __init__(self, name: str, command: Sequence[str | Path], cwd: Path) -> None:
        self.name = name
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=cwd, env=surroundings()
        )
        self.told = self._hear()

    def __enter__(self) -> Player:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def play(self, n: int, start: int = 0, pack: Path | None = None, **more: Any) -> Round:
        """One round of `n` documents, beginning with context `start`; they are left in `pack`."""
        told = self.ask({"n": n, "start": start, "pack": str(pack) if pack else None, **more})
        return Round(n, told["seconds"], told["cpu"], told["bytes"])

    def ask(self, line: dict[str, Any]) -> dict[str, Any]:
        """The answer to one line."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        return self._hear()

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.stdout.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"bench: {self.name} ended with status {self._process.wait()} (its error stands above)")
        told: dict[str, Any] = json.loads(line)
        return told


def python(name: str, module: str, *arguments: str | Path, cwd: Path) -> Player:
    """A worker in this Python."""
    return Player(name, [sys.executable, "-m", module, *map(str, arguments)], cwd)


def node(name: str, job: Path, contexts: Path) -> Player:
    """A JavaScript engine in Node."""
    command: list[str | Path] = ["node", "--expose-gc", _JS / "worker.mjs", NODE_FOLDER, name, job, contexts]
    return Player(name, command, job.parent)


def install_node(say: Any) -> str:
    """Installs the JavaScript engines where npm is there; why they are left out, or ""."""
    missing = [tool for tool in ("node", "npm") if shutil.which(tool) is None]
    if missing:
        return f"no {' and '.join(missing)} on this machine"
    wanted = (_JS / "package-lock.json").read_bytes()
    mark = NODE_FOLDER / "installed-lock.json"
    if mark.is_file() and mark.read_bytes() == wanted:
        return ""
    say("npm: the JavaScript engines are installed into build/bench-node")
    NODE_FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(_JS / name, NODE_FOLDER / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    try:
        done = subprocess.run(command, cwd=NODE_FOLDER, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        return "npm did not end within five minutes"
    if done.returncode:
        return "npm could not install them: " + (done.stderr.strip().splitlines() or ["?"])[-1][:120]
    mark.write_bytes(wanted)
    return ""


def ask(module: str, *arguments: object, cwd: Path) -> dict[str, Any]:
    """What `python -m MODULE ARGUMENTS` answers, in a process of its own."""
    command = [sys.executable, "-m", module, *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env=surroundings(), stdout=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"bench: {module} ended with status {done.returncode} (its error stands above)")
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def read_pack(file: Path) -> Iterator[bytes]:
    """The documents of a pack, in order."""
    with file.open("rb") as stream:
        while length := stream.read(8):
            yield stream.read(int.from_bytes(length, "big"))
