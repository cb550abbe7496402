"""`verify` and `fill`: a document asked again, and a record filled in when it is signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ksdocs import api
from ksdocs.batch import enter_all
from ksdocs.cli import FINE, INPUT
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.output import document, result
from ksdocs.cli.records import read_given
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import count, show_group, show_problem
from ksdocs.filling import Isian, Terisi, save
from ksdocs.filling import fill as fill_in
from ksdocs.models import Institusi
from ksdocs.office import Office
from ksdocs.outputs import safe_name, write_atomically
from ksdocs.pipeline import render
from ksdocs.problems import KsdocsError, Location, Problem, Severity, SourceError, problem, suggest
from ksdocs.sources import Source

_OPEN = (None, "", "diisi_tangan", "tanpa_nomor")
_DEFAULT_OUT = Path("out")


# --- verify -------------------------------------------------------------------------------------------------


def verify(
    settings: Settings, documents: tuple[Path, ...], record: Path | None, rekaman: str | None, as_json: bool
) -> int:
    """Each document proved against its record, or against itself."""
    if not documents:
        raise UsageFault("argumen_kurang", nama="DOCX")
    if rekaman and record is None:
        raise UsageFault("record_kurang")
    office = settings.office() if record is not None else None
    sources = _records_of(record, office) if record is not None and office is not None else []
    answers: list[dict[str, Any]] = []
    told: list[Problem] = []
    faulty = 0
    for number, file in enumerate(documents, 1):
        settings.console.progress(settings.say("tampil.progres", kini=number, semua=len(documents)))
        source, problems = _verify_one(settings, file, record, rekaman, sources, office)
        refused = any(p.refuses for p in problems)
        faulty += refused
        told += problems
        if as_json:
            name, kind = (source.id, str(source.tree.get("jenis", ""))) if source else ("", "")
            answers.append(
                result(
                    record=name, kind=kind, source=str(file), refused=refused, problems=problems,
                    language=settings.language,
                )
            )  # fmt: skip
        else:
            proof = settings.say("tampil.terbukti", id=source.id) if source else settings.say("tampil.utuh")
            show_group(settings, shown_path(file), [] if refused else [proof], problems, fine=not refused)
    counts = {"selesai": len(documents) - faulty, "ditolak": faulty, "peringatan": count(told, Severity.PERINGATAN)}
    if as_json:
        settings.console.json(document("verify", settings.language, answers, (), {"dokumen": len(documents), **counts}))
    else:
        settings.console.line()
        settings.console.say(settings.say("tampil.ringkas_verify", **counts), style="bad" if faulty else "good")
    return INPUT if faulty else FINE


def _records_of(record: Path, office: Office) -> list[Source]:
    """The records of the file; SourceError with everything that cannot be read."""
    items = read_given(record)
    faults = [p for i in items if isinstance(i, SourceError) for p in i.problems]
    if faults:
        raise SourceError(faults)
    enter_all(items, office)
    return [i for i in items if isinstance(i, Source)]


def _verify_one(
    settings: Settings,
    file: Path,
    record: Path | None,
    rekaman: str | None,
    sources: Sequence[Source],
    office: Office | None,
) -> tuple[Source | None, tuple[Problem, ...]]:
    if not file.exists():
        return None, (problem("KS101", Location(file=str(file))),)
    if record is None:
        return None, api.verify(file)
    try:
        wanted = rekaman or _made_from(file)
    except OSError as error:
        return None, (problem("KS510", Location(file=str(file)), sebab=error.strerror or error),)
    except KsdocsError as error:
        return None, error.problems
    fitting = [s for s in sources if s.id == wanted] if wanted else list(sources)
    if len(fitting) != 1:
        known = ", ".join(s.id for s in sources) or "-"
        return None, (problem("KS022", Location(file=str(record)), rekaman=wanted or "?", pilihan=known),)
    return fitting[0], api.verify(file, fitting[0], office, today=settings.day())


def _made_from(file: Path) -> str:
    """The id of the record that a document says it was made from, or ""."""
    from ksdocs.docx.text import properties

    return properties(file.read_bytes())["custom"].get("ksdocs_id", "")


# --- fill ---------------------------------------------------------------------------------------------------


def fill(
    settings: Settings,
    record: Path,
    rekaman: str | None,
    nomor: tuple[str, ...],
    tanggal: str | None,
    tempat: str | None,
    tanggal_ttd: tuple[str, ...],
    tempat_ttd: tuple[str, ...],
    out: Path | None,
    as_json: bool,
) -> int:
    """The record filled in and saved, its document rendered; the proof comes before anything is written."""
    if not (nomor or tanggal or tempat or tanggal_ttd or tempat_ttd):
        raise UsageFault("tidak_ada_isi")
    office = settings.office()
    source = _only(record, rekaman)
    isian = Isian({})
    if source is not None:  # otherwise `fill_in` says that there is not exactly one
        parties = _Parties(source, office)
        isian = Isian(
            parties.numbers(nomor), tanggal, tempat, parties.by_party(tanggal_ttd), parties.by_party(tempat_ttd)
        )
    try:
        filled = fill_in(record, isian, office, settings.day(), record=rekaman)
        files, report = _write(settings, filled, record, office, out or _DEFAULT_OUT)
    except KsdocsError as error:
        return _refuse(settings, source, record, error.problems, as_json)
    values = isian.values()
    if as_json:
        answer = result(
            record=filled.source.id, kind=report.jenis, source=str(record), refused=False, problems=report.problems,
            language=settings.language, files=files, diisi=values,
        )  # fmt: skip
        settings.console.json(
            document("fill", settings.language, [answer], (), {"berkas": len(files), "diisi": len(values)})
        )
    else:
        _tell(settings, values, files, report.problems)
    return FINE


def _only(record: Path, rekaman: str | None) -> Source | None:
    """The record that is meant; None where the file does not hold exactly one such."""
    items = read_given(record)
    faults = [p for i in items if isinstance(i, SourceError) for p in i.problems]
    if faults:
        raise SourceError(faults)
    found = [i for i in items if isinstance(i, Source) and rekaman in (None, i.id)]
    return found[0] if len(found) == 1 else None


class _Parties:
    """Which party is meant by `2=…`, `id=…` or a plain text."""

    def __init__(self, source: Source, office: Office) -> None:
        listed = source.tree.get("pihak")
        self.parties = [p for p in listed if isinstance(p, dict)] if isinstance(listed, list) else []
        self.ids = [str(p.get("id", "")) for p in self.parties]
        self.office = office

    def numbers(self, given: Sequence[str]) -> dict[int, str]:
        """Party → number; a plain text goes to the institution's own, else to the first that is open."""
        return self._gather(given, self._own)

    def by_party(self, given: Sequence[str]) -> dict[int, str]:
        """Party → text; every text must name its party."""

        def refuse(text: str, _: Mapping[int, str]) -> int:
            raise UsageFault("pihak_perlu", nilai=text)

        return self._gather(given, refuse)

    def _gather(self, given: Sequence[str], plain: Callable[[str, Mapping[int, str]], int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for word in given:
            party, text = self._split(word)
            place = party or plain(text, found)
            if place in found:
                raise UsageFault("pihak_dua_kali", nilai=place)
            found[place] = text
        return found

    def _split(self, word: str) -> tuple[int | None, str]:
        head, sign, text = word.partition("=")
        name = head.strip()
        if not sign or not all(c.isalnum() or c in "-_" for c in name):
            return None, word
        if name.isdigit() and 1 <= int(name) <= len(self.ids):
            return int(name), text.strip()
        if name in self.ids:
            return self.ids.index(name) + 1, text.strip()
        known = ", ".join(f"{n}={i}" for n, i in enumerate(self.ids, 1))
        near = suggest(name, self.ids) or next((i for i in self.ids if name and i.startswith(name)), "")
        raise UsageFault("pihak", f"`{near}`" if near else "", nilai=f"`{name}`", pilihan=known)

    def _own(self, text: str, taken: Mapping[int, str]) -> int:
        still_open = [n for n, p in enumerate(self.parties, 1) if p.get("nomor") in (*_OPEN, text) and n not in taken]
        own = [n for n in still_open if isinstance(self.office.register.lembaga(self.ids[n - 1]), Institusi)]
        if not still_open:
            raise UsageFault("pihak_penuh", nilai=text)
        return (own or still_open)[0]


def _write(settings: Settings, filled: Terisi, record: Path, office: Office, out: Path) -> tuple[list[Path], Any]:
    """The record saved and its document written; rendered first, so that a record is never ahead of its document."""
    report = render(filled.source, office, settings.day())
    if report.refused:
        raise KsdocsError([p for p in report.problems if p.refuses])
    files = [save(filled, record)]
    for artifact in report.artifacts:
        name = f"{safe_name(report.record, report.record)}.docx"
        files.append(write_atomically(out, name, artifact.data, owner_id=report.record))
    return files, report


def _refuse(settings: Settings, source: Source | None, record: Path, problems: Sequence[Problem], as_json: bool) -> int:
    name = source.id if source else ""
    if as_json:
        kind = str(source.tree.get("jenis", "")) if source else ""
        answer = result(
            record=name, kind=kind, source=str(record), refused=True, problems=problems, language=settings.language,
            diisi={},
        )  # fmt: skip
        settings.console.json(document("fill", settings.language, [answer], (), {"berkas": 0, "diisi": 0}))
        return INPUT
    cells = [p for p in problems if p.code == "KS714"]
    if cells and len(cells) == len(problems):
        settings.console.say(settings.say("isi.sel"))
        for found in cells:
            place = str(found.at.with_(file=shown_path(found.at.file or "")))
            settings.console.words(
                [("- ", ""), (place, "place"), (f"  {found.at.path} = {found.params['nilai']}", "")], indent=2
            )
        return INPUT
    show_group(settings, name or shown_path(record), [settings.say("tampil.tolak")], problems, fine=False)
    return INPUT


def _tell(settings: Settings, values: Mapping[str, str], files: Sequence[Path], problems: Sequence[Problem]) -> None:
    console = settings.console
    console.say(settings.say("isi.ditulis", nama=shown_path(files[0])))
    for path, value in values.items():
        console.words([("✓ ", "good"), (f"{path} = {value}", "")], indent=2)
    console.say(settings.say("isi.tetap"))
    for found in problems:
        if found.severity is Severity.PERINGATAN:
            show_problem(console, found, settings.language, indent=2)
    for file in files[1:]:
        console.say(settings.say("isi.dokumen", nama=shown_path(file)))
