"""A script in place of LibreOffice, which goes wrong where a document says so; and whether processes ended."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

FAKE = '''\
#!{python} -IS
"""Converts as LibreOffice does, in order; a word in a document tells it to go wrong there."""
import json, os, re, sys, time, zipfile
from pathlib import Path

log = Path({log!r})
words = sys.argv[1:]
target = Path(words[words.index("--outdir") + 1])
files = [Path(w) for w in words[words.index("--outdir") + 2:]]
profile = Path(next(w for w in words if w.startswith("-env:UserInstallation=file://"))[29:])
ending = words[words.index("--convert-to") + 1].split(":")[0]
with log.open("a") as out:
    out.write(json.dumps([ending, os.getpid(), profile.name, len(files)]) + chr(10))
if (profile / "terkunci").exists():
    sys.exit(0)
for file in files:
    if file.suffix == ".docx":
        text = zipfile.ZipFile(file).read("word/document.xml").decode()
    else:
        text = file.read_text()
    said = " ".join(re.findall("<w:t[^>]*>(.*?)</w:t>", text)) or re.sub("<.*?>", "", text)
    stage = "BUKA" if ending == "fodt" else "CETAK"
    alone = len(files) == 1
    for words, fate in json.loads((log.parent / "nasib.json").read_text()).items():
        said += (" " + fate) * (words in said)
    if "HENTI" in said or stage + "-MACET" in said or ("RAMAI-MACET" in said and not alone):
        time.sleep(600)
    if re.search("(?<!-)JATUH", said) or ("RAMAI-JATUH" in said and not alone):
        os.abort()
    if "KUNCI" in said and not alone:
        (profile / "terkunci").touch()
        sys.exit(0)
    while "TUNGGU" in said and not (log.parent / "lanjut").exists():
        time.sleep(0.02)
    if "LEWAT" in said:
        continue
    if "LAMBAT" in said and ending == "fodt":
        time.sleep(0.2)
    made = target / (file.stem + "." + ending)
    if ending == "fodt":
        made.write_text("<office:document>" + said + ("" if "POTONG-XML" in said else "</office:document>"))
        continue
    data = b"%PDF-1.7\\n1 0 obj<</Type/Page>>endobj " + said.encode() + b"\\n"
    data += b"xref\\ntrailer\\nstartxref\\n%d\\n%%%%EOF\\n" % len(data)
    made.write_bytes(data[:-60] if "POTONG" in said else data)
'''


class Fake:
    """A script in place of LibreOffice, and the calls it got: ending, process, profile, number of files."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.log = folder, folder / "panggilan"
        self.destine({})
        self.program = folder / "soffice"
        self.program.write_text(FAKE.format(python=sys.executable, log=str(self.log)), encoding="utf-8")
        self.program.chmod(0o755)

    def destine(self, fates: Mapping[str, str]) -> None:
        """Documents that hold a text go wrong as the word for it says."""
        (self.folder / "nasib.json").write_text(json.dumps(fates), encoding="utf-8")

    def go_on(self) -> None:
        """Lets documents with TUNGGU come out."""
        (self.folder / "lanjut").touch()

    def calls(self) -> list[tuple[str, int, str, int]]:
        text = self.log.read_text(encoding="utf-8") if self.log.exists() else ""
        return [tuple(json.loads(line)) for line in text.splitlines() if line.endswith("]")]


def first(found: Callable[[], list[int]]) -> int:
    assert settled(lambda: bool(found()))
    return found()[0]


def settled(holds: Callable[[], bool]) -> bool:
    for _ in range(200):
        if holds():
            return True
        time.sleep(0.05)
    return False


def ended(process: int) -> bool:
    """True once the process is gone, or is a zombie that waits for its new parent."""

    def gone() -> bool:
        try:
            return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
        except OSError:
            try:
                os.kill(process, 0)
            except ProcessLookupError:
                return True
            return False

    return settled(gone)
