"""`clause check`, `new`, `diff`, `bump`: clauses that an office writes itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ksdocs import pustaka
from ksdocs.cli import FINE, INPUT
from ksdocs.cli.clicks import UsageFault
from ksdocs.cli.console import Segment
from ksdocs.cli.library import need_kind
from ksdocs.cli.output import document, result
from ksdocs.cli.settings import Settings, shown_path
from ksdocs.cli.show import count, show_group
from ksdocs.problems import LibraryError, Location, Problem, Severity, suggest
from ksdocs.pustaka.beda import Perbedaan, compare
from ksdocs.pustaka.tulis import begin
from ksdocs.pustaka.tulis import bump as raise_version
from ksdocs.workspace import Workspace


def clause_check(settings: Settings, places: tuple[str, ...], kind: str | None, as_json: bool) -> int:
    """Whole kinds, or single files; every fault of all of them at once."""
    workspace = settings.office().workspace
    kinds = pustaka.document_kinds(workspace)
    if kind:
        need_kind(kind, kinds)
    groups: list[tuple[str, str, str, list[Problem]]] = []
    seen: set[tuple[str, Location]] = set()
    for place in places or kinds:
        for title, told_kind, file, found in _checked(workspace, place, kind or "", kinds):
            fresh = [p for p in found if (p.code, p.at) not in seen]  # of a clause that kinds share, told once
            seen |= {(p.code, p.at) for p in fresh}
            groups.append((title, told_kind, file, fresh))
    return _tell_check(settings, groups, as_json)


def _checked(
    workspace: Workspace, place: str, kind: str, kinds: Sequence[str]
) -> list[tuple[str, str, str, list[Problem]]]:
    """(title, kind, file, problems) of one word of the command: a kind, a file, or a folder of files."""
    if place in kinds:
        return [(place, place, "", pustaka.check_kind(workspace, place))]
    path = Path(place)
    if not path.exists():
        near = suggest(place, kinds)
        raise UsageFault("klausul_tempat", f"`{near}`" if near else "", nilai=f"`{place}`", pilihan=", ".join(kinds))
    found = []
    for file in pustaka.files_in([path]):
        done = pustaka.check_file(workspace, file, kind)
        found.append((shown_path(file), ", ".join(done.kinds), str(file), list(done.masalah)))
    return found


def _tell_check(settings: Settings, groups: Sequence[tuple[str, str, str, list[Problem]]], as_json: bool) -> int:
    every = [p for *_, found in groups for p in found]
    refused = count(every, Severity.TOLAK)
    if as_json:
        answers = [
            result(
                record=title, kind=kind, source=file, refused=any(p.refuses for p in found), problems=found,
                language=settings.language,
            )
            for title, kind, file, found in groups
        ]  # fmt: skip
        summary = {"ditolak": refused, "peringatan": count(every, Severity.PERINGATAN)}
        settings.console.json(document("clause check", settings.language, answers, [], summary))
        return INPUT if refused else FINE
    for title, kind, file, found in groups:
        detail = [settings.say("klausul.sebagai", jenis=kind)] if file else []
        show_group(settings, title, detail, found, fine=not any(p.refuses for p in found))
    settings.console.line()
    warned = count(every, Severity.PERINGATAN)
    settings.console.say(settings.say("klausul.periksa", tolak=refused, peringatan=warned))
    return INPUT if refused else FINE


def clause_new(settings: Settings, kind: str, ident: str, section: str | None, variant: str | None) -> int:
    """A starter in the office's own folder."""
    workspace = settings.office().workspace
    need_kind(kind, pustaka.document_kinds(workspace))
    file = begin(workspace, kind, ident, section or "", variant or "")
    settings.console.say(settings.say("klausul.ditulis", nama=shown_path(file)))
    if not variant:
        order = workspace.find_kind(kind).folder / "jenis.toml"
        settings.console.say(settings.say("klausul.urutan", id=ident, berkas=shown_path(order)))
    settings.console.say(settings.say("klausul.lanjut", jenis=kind))
    return FINE


def clause_bump(settings: Settings, kind: str, clause: str, to: str | None, against: str | None) -> int:
    """A higher version for words that changed."""
    workspace = settings.office().workspace
    need_kind(kind, pustaka.document_kinds(workspace))
    name = clause.removesuffix(".md").removesuffix(".en")
    _need_clause(kind, name, pustaka.clause_files(workspace, kind))
    before = pustaka.shelf_before(kind, _place(against, kind))
    for file, old, new in raise_version(workspace, kind, name, before, to or ""):
        settings.console.say(settings.say("klausul.versi", berkas=shown_path(file), lama=old, baru=new))
    return FINE


def _need_clause(kind: str, name: str, files: Mapping[tuple[str, str, str], Any]) -> None:
    known = {".".join(part for part in key[:2] if part) for key in files}
    if name not in known:
        near = suggest(name, known)
        raise UsageFault("klausul", f"`{near}`" if near else "", nilai=f"`{name}`", jenis=kind)


def _place(against: str | None, kind: str) -> Workspace | None:
    """The templates that `--against` names; None for what ships."""
    if against is None or against in ("shipped", "bawaan"):
        return None
    folder = Path(against)
    try:
        place = pustaka.only(folder)
        pustaka.clause_files(place, kind)
    except LibraryError:
        raise UsageFault("klausul_folder", nilai=f"`{against}`", jenis=kind) from None
    return place


def clause_diff(
    settings: Settings, kind: str, clause: str | None, against: str | None, khusus: Path | None, as_json: bool
) -> int:
    """Words that changed against the shipped text, or against that of another folder."""
    workspace = settings.office().workspace
    need_kind(kind, pustaka.document_kinds(workspace))
    if khusus is not None:
        from ksdocs.cli.clause_special import tell_special

        if not clause:
            raise UsageFault("argumen_kurang", nama=settings.say("metavar.clause"))
        _need_clause(kind, clause.partition(".")[0], pustaka.clause_files(workspace, kind))
        return tell_special(settings, kind, clause.partition(".")[0], khusus)
    shelf = pustaka.open_shelf(workspace, kind)
    before = pustaka.shelf_before(kind, _place(against, kind))
    only: tuple[str, ...] = ()
    if clause:
        name = clause.removesuffix(".md").removesuffix(".en")
        _need_clause(kind, name, {**before, **shelf.berkas})
        ident, _, variant = name.partition(".")
        only = (ident, variant) if variant else (ident,)
    found = compare(before, shelf.berkas, (*shelf.kind.bagian, *shelf.kind.urutan), only)
    if as_json:
        answers = [_difference_json(kind, one, settings.language) for one in found if one.status != "sama" or clause]
        settings.console.json(document("clause diff", settings.language, answers, shelf.masalah, _counts(found)))
        return FINE
    for one in found:
        if one.status != "sama":
            _show(settings, kind, one)
    settings.console.say(settings.say("klausul.jumlah", **_counts(found)))
    return FINE


def _counts(found: Sequence[Perbedaan]) -> dict[str, int]:
    return {status: sum(one.status == status for one in found) for status in ("berubah", "baru", "hilang", "sama")}


def _show(settings: Settings, kind: str, one: Perbedaan) -> None:
    console = settings.console
    place = one.baru or one.lama
    assert place is not None
    said = settings.say(f"klausul.{one.status}")
    console.words([(one.nama, "bold"), (f" · {said}", ""), (f" · {shown_path(place.file)}", "dim")], hang=2)
    for key, old, new in one.keterangan:
        console.words([(f"{key}: ", "dim"), *_removed(_plain(old)), (" ", ""), *_added(_plain(new))], indent=2, hang=4)
    for part in one.bagian:
        where = settings.say("klausul.baris_lama" if part.hilang else "klausul.baris", nomor=part.line)
        words: list[Segment] = [(where, "dim")]
        for sign, text in part.kata:
            words.append((" ", ""))
            words += _removed(text) if sign == "-" else _added(text) if sign == "+" else [(_short(text), "")]
        console.words(words, indent=2, hang=4)
    if one.kata_berubah and not one.versi_naik:
        hint = settings.say("klausul.naikkan", jenis=kind, id=one.nama.removesuffix(".en"))
        console.words([("! ", "warn"), (hint, "")], indent=2, hang=4)
    console.line()


def _removed(text: str) -> list[Segment]:
    return [(f"[-{text}-]", "bad")] if text else []


def _added(text: str) -> list[Segment]:
    return [(f"{{+{text}+}}", "good")] if text else []


_AROUND = 8
"""Words that are shown on either side of a change."""


def _short(text: str) -> str:
    words = text.split(" ")
    if len(words) <= 2 * _AROUND + 1:
        return text
    return " ".join([*words[:_AROUND], "…", *words[-_AROUND:]])


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, dict):
        return ", ".join(f"{key}: {text}" for key, text in value.items())
    return "" if value is None else str(value)


def _difference_json(kind: str, one: Perbedaan, language: str) -> dict[str, Any]:
    told = {
        "status": one.status,
        "versi": {
            "lama": one.lama.kepala.get("versi") if one.lama is not None else None,
            "baru": one.baru.kepala.get("versi") if one.baru is not None else None,
        },
        "kata_berubah": one.kata_berubah,
        "keterangan": [{"isian": key, "lama": old, "baru": new} for key, old, new in one.keterangan],
        "bagian": [
            {
                "baris": part.line,
                "hilang": part.hilang,
                "kata": [{"tanda": sign, "teks": text} for sign, text in part.kata],
            }
            for part in one.bagian
        ],
    }
    place = one.baru or one.lama
    return result(
        record=one.nama, kind=kind, source=place.file if place is not None else "", refused=False, problems=(),
        language=language, beda=told,
    )  # fmt: skip
