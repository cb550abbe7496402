"""`clause diff … --khusus RECORD`: the words of a changed clause as `klausul_khusus` of one record, to paste there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ksdocs.cli import FINE, INPUT
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.records import read_given
from ksdocs.cli.settings import Settings
from ksdocs.cli.show import show_problems
from ksdocs.dokumen import Blok, Dokumen, plain
from ksdocs.pipeline import check
from ksdocs.sources import Source


def tell_special(settings: Settings, kind: str, clause: str, record: Path) -> int:
    """The clause as this record prints it, with its values; who approves it and why is left to whoever pastes it."""
    office = settings.office()
    sources = [item for item in read_given(record) if isinstance(item, Source)]
    source = next((one for one in sources if one.tree.get("jenis") == kind), None)
    if source is None:
        raise UsageFault("khusus_rekaman", nilai=f"`{record}`", jenis=kind)
    report = check(source, office, settings.day())
    if report.dokumen is None:
        show_problems(settings.console.for_errors(), report.problems, settings.language)
        return INPUT
    blocks = _blocks(report.dokumen, clause)
    if not blocks:
        raise UsageFault("khusus_tidak_dimuat", nilai=f"`{clause}`", rekaman=source.id)
    if any(b.tabel is not None or any(run.celah for run in b.teks.get("id", ())) for b in blocks):
        raise UsageFault("khusus_bentuk", nilai=f"`{clause}`")
    lines = [f"{'    ' * (b.tingkat - 1)}{b.nomor} {plain(b.teks['id'])}".rstrip() for b in blocks]
    if not blocks[0].nomor:
        lines = [line.lstrip() for line in lines]
    out = ["klausul_khusus:", f"  - klausul: {clause}", "    teks: |"]
    out += [f"      {line}" for line in lines]
    out += [f"    {key}:  # {settings.say(f'klausul.{key}')}" for key in ("alasan", "penyetuju", "tanggal")]
    for line in out:
        settings.console.line(line)
    return FINE


def _blocks(dokumen: Dokumen, clause: str) -> Sequence[Blok]:
    parts = {
        "pembuka": dokumen.pembuka,
        "komparisi": dokumen.komparisi,
        "premis": dokumen.premis,
        "sepakat": dokumen.sepakat,
    }
    found = next((pasal.blok for pasal in dokumen.pasal if pasal.id == clause), ())
    return parts.get(clause, found)
