"""The installed package works alone: in an empty environment, from a folder that knows no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

import ksdocs.cli

needs_cli = pytest.mark.skipif(not hasattr(ksdocs.cli, "main"), reason="there is no command line yet")


@dataclass(frozen=True)
class Installed:
    """ksdocs from its wheel, and a folder to work in."""

    wheel: Path
    scripts: Path
    cwd: Path

    def run(self, *command: str) -> str:
        """What `command` prints, run outside the checkout; a failure fails the test."""
        environ = {k: v for k, v in os.environ.items() if not k.startswith(("KSDOCS_", "PYTHON"))}
        environ |= {"PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
        first = str(self.scripts / command[0])
        done = subprocess.run(
            [first, *command[1:]], cwd=self.cwd, env=environ, capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory, checkout: Path) -> Installed:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(checkout)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False, symlinks=os.name != "nt")
    scripts = folder / "env" / ("Scripts" if os.name == "nt" else "bin")
    _install(wheel, scripts / "python")
    _lend_dependencies(scripts / "python")
    (folder / "elsewhere").mkdir()
    return Installed(wheel, scripts, folder / "elsewhere")


def _install(wheel: Path, python: Path) -> None:
    """By pip: this environment's, or the machine's where this one was made without."""
    options = ["--python", str(python), "install", "--quiet", "--no-deps", "--no-index", str(wheel)]
    faults = []
    for program in (sys.executable, getattr(sys, "_base_executable", sys.executable)):
        done = subprocess.run([program, "-m", "pip", *options], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        faults.append(done.stderr)
    pytest.fail("\n".join(faults))


def _lend_dependencies(python: Path) -> None:
    """Puts the pinned dependencies of this environment behind the empty one's own packages.

    A folder named in a .pth file does not have its own .pth files read, so the editable ksdocs stays out.
    """
    where = [str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    purelib = subprocess.run(where, capture_output=True, text=True, check=True).stdout.strip()
    lent = dict.fromkeys([sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    (Path(purelib) / "lent.pth").write_text("\n".join(lent) + "\n", encoding="utf-8")


def test_the_wheel_carries_templates_data_messages_types_and_licences(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    for name in (
        "ksdocs/_bawaan/templates/substansi.toml",
        "ksdocs/_bawaan/data/institusi/polibatam.toml",
        "ksdocs/pesan/umum.toml",
        "ksdocs/py.typed",
    ):
        assert name in names
    for licence in ("LICENSE", "LICENSE-CC0", "THIRD-PARTY.md"):
        assert any(name.endswith(f"/licenses/{licence}") for name in names)


def test_the_wheel_carries_every_file_of_templates_and_data(installed: Installed, checkout: Path) -> None:
    listed = ["git", "-C", str(checkout), "ls-files", "-z", "templates", "data"]
    tracked = subprocess.run(listed, capture_output=True, text=True, check=False).stdout.split("\0")[:-1]
    if not tracked:
        pytest.skip("not a git checkout")
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    missing = [f for f in tracked if (checkout / f).exists() and f"ksdocs/_bawaan/{f}" not in names]
    assert missing == []


def test_the_wheel_carries_no_tests_tools_or_leftovers(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"ksdocs"}
    assert [n for n in names if n.endswith((".pyc", ".orig", ".tmp", "~")) or "/.~lock" in n] == []


def test_the_installed_package_is_the_wheel_and_finds_its_own_templates(installed: Installed) -> None:
    script = (
        "import os, pathlib, ksdocs\n"
        "from ksdocs.workspace import Workspace\n"
        "here = Workspace.discover(pathlib.Path.cwd(), os.environ)\n"
        "print(ksdocs.__file__)\n"
        "print(here.find_shared('substansi.toml').folder)\n"
        "print(*here.kinds())\n"
    )
    package, shared, kinds = installed.run("python", "-c", script).splitlines()
    assert Path(package).is_relative_to(installed.scripts.parent)
    assert Path(shared).is_relative_to(Path(package).parent / "_bawaan")
    assert {"mou", "pks"} <= set(kinds.split())


@needs_cli
def test_the_installed_command_tells_what_it_can_do(installed: Installed) -> None:
    assert "render" in installed.run("ksdocs", "--help")
    kinds = installed.run("ksdocs", "kinds")
    assert "mou" in kinds and "pks" in kinds


@needs_cli
@pytest.mark.parametrize("kind", ["mou", "pks"])
def test_the_installed_command_makes_a_document_from_nothing_but_itself(installed: Installed, kind: str) -> None:
    (installed.cwd / f"{kind}.yaml").write_text(installed.run("ksdocs", "new", kind), encoding="utf-8")
    installed.run("ksdocs", "render", f"{kind}.yaml", "-o", f"out-{kind}")
    (document,) = (installed.cwd / f"out-{kind}").rglob("*.docx")
    assert zipfile.is_zipfile(document)


@needs_cli
def test_the_installed_command_makes_an_office_in_which_everything_works(installed: Installed) -> None:
    installed.run("ksdocs", "init", "kantor", "--nama", "Politeknik Umpama")
    folders = ("--data", "kantor/data", "--templates", "kantor/templates")
    installed.run("ksdocs", "template", "new", "surat_undangan", "--like", "surat", *folders)
    installed.run("ksdocs", "new", "surat_undangan", "-o", "kantor/data/surat_undangan/satu.yaml", *folders)
    installed.run("ksdocs", "render", "kantor/data", "-o", "kantor/hasil", *folders)
    made = {file.stem for file in (installed.cwd / "kantor" / "hasil").glob("*.docx")}
    assert {"mou-contoh", "pks-contoh", "usulan-contoh", "notulen-contoh"} < made
    assert "Tidak ada yang perlu diperbarui" in installed.run("ksdocs", "template", "status", *folders)
