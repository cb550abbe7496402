"""Clause files that are begun, and versions that are raised without touching another byte."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ksdocs.clauses.beda import said
from ksdocs.clauses.padanan import Kunci
from ksdocs.clauses.periksa import Berkas
from ksdocs.outputs import replace_atomically, write_new
from ksdocs.problems import LibraryError, Location, problem, suggest
from ksdocs.pustaka import Rak, clause_files, is_shipped, open_shelf
from ksdocs.workspace import Workspace

_VERSION: Final = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){0,3}")
_GIVEN: Final = re.compile(rb"""^([ \t]*versi[ \t]*=[ \t]*)("[^"\r\n]*"|'[^'\r\n]*')""", re.MULTILINE)
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")


def bump(
    workspace: Workspace, kind: str, name: str, before: Mapping[Kunci, Berkas], to: str = ""
) -> list[tuple[Path, str, str]]:
    """(file, old version, new version) of clause `name` (`pembayaran.termin`) and of its translation, written.

    Raises:
        LibraryError: KS870 its words did not change against `before`, or its version did already; KS871 it ships with
            ksdocs; KS873 the version cannot be raised so; KS301, KS307 it has none.
        OutputError: it cannot be written.
    """
    shelf = open_shelf(workspace, kind)
    ident, _, variant = name.partition(".")
    texts = [one for language in ("id", "en") if (one := shelf.berkas.get((ident, variant, language))) is not None]
    for text in texts:
        if is_shipped(Path(text.file)):
            raise LibraryError([problem("KS871", Location(file=text.file), nama=text.nama)])
    reasons = [_standing_still(text, before.get(text.kunci)) for text in texts]
    if not to and all(reasons):  # both languages of a text are one version
        raise LibraryError(
            [problem("KS870", texts[0].baris_kunci("versi"), klausul=texts[0].nama, sebab=reasons[0])] if texts else []
        )
    writes: list[tuple[Path, bytes, str, str]] = []
    for text in texts:
        file, old = Path(text.file), str(text.kepala.get("versi", ""))
        new = _raised(text, old, to)
        writes.append((file, _with_version(text, file.read_bytes(), new), old, new))
    for file, data, _, _ in writes:
        replace_atomically(file, data, owner_id="")
    return [(file, old, new) for file, _, old, new in writes]


def _standing_still(text: Berkas, before: Berkas | None) -> str:
    """Why the version of `text` need not rise; "" when its words changed under it."""
    if before is None:
        return "tidak ada bunyi lama untuk dibandingkan"
    if said(text) == said(before):
        return "katanya tidak berubah"
    if text.kepala.get("versi") != before.kepala.get("versi"):
        return f"versinya sudah {text.kepala.get('versi')}, dahulu {before.kepala.get('versi')}"
    return ""


def _raised(text: Berkas, old: str, to: str) -> str:
    def refuse(version: str, reason: str) -> LibraryError:
        at = text.baris_kunci("versi")
        return LibraryError([problem("KS873", at, klausul=text.nama, versi=version, sebab=reason)])

    if to and not _VERSION.fullmatch(to):
        raise refuse(to, "bukan angka yang dipisah titik")
    if not _VERSION.fullmatch(old):
        if to:
            return to
        raise refuse(old, "bukan angka yang dipisah titik, jadi sebut versi barunya dengan `--to`")
    parts = [int(part) for part in old.split(".")]
    if not to:
        return ".".join(map(str, [*parts[:-1], parts[-1] + 1] if len(parts) > 1 else [*parts, 1]))
    if [int(part) for part in to.split(".")] <= parts:
        raise refuse(to, f"tidak lebih tinggi daripada {old}")
    return to


def _with_version(text: Berkas, data: bytes, version: str) -> bytes:
    """`data` with another version in its description, and no other byte changed."""
    end = data.find(b"+++", data.find(b"+++") + 3)
    found = _GIVEN.search(data, 0, end)
    if found is None:
        raise LibraryError([problem("KS307", Location(file=text.file, line=1), isian="versi", saran_isian="")])
    quote = found[2][:1]
    return data[: found.start(2)] + quote + version.encode() + quote + data[found.end(2) :]


# ---------------------------------------------------------------------- a new clause


def begin(workspace: Workspace, kind: str, ident: str, section: str = "", variant: str = "") -> Path:
    """The new file of clause `ident`, or of a variant of it, in the office's own folder; it passes the check.

    With `section` its words begin as those of a clause that satisfies that section.

    Raises:
        LibraryError: KS871 the folder ships with ksdocs; KS872 the clause exists; KS307 no usable id; KS309 no such
            section; KS313 a variant of a clause that does not exist.
        OutputError: KS021 the file exists.
    """
    shelf = open_shelf(workspace, kind)
    files = clause_files(workspace, kind)
    base = files.get((ident, "", "id"))
    for word in (ident, *([variant] if variant else [])):
        if not _ID.fullmatch(word) or word == "en":
            raise LibraryError([problem("KS307", Location(path=word), isian="id", saran_isian="")])
    if section and section not in shelf.substansi:
        near = suggest(section, shelf.substansi)
        raise LibraryError([problem("KS309", substansi=section, mungkin=near)])
    folder = workspace.find_kind(kind).folder / "klausul"
    if variant:
        if base is None:
            raise LibraryError([problem("KS313", rujukan=ident, mungkin=suggest(ident, {k[0] for k in files}))])
        folder = base.parent
    elif any(key[0] == ident for key in files):
        place = next(file for key, file in files.items() if key[0] == ident)
        raise LibraryError([problem("KS872", Location(file=str(place)), klausul=ident, jenis=kind, berkas=place.name)])
    file = folder / f"{ident}{'.' + variant if variant else ''}.md"
    if is_shipped(folder):
        raise LibraryError([problem("KS871", Location(file=str(file)), nama=file.name)])
    return write_new(file, _starter(shelf, ident, section, variant).encode("utf-8"))


def _starter(shelf: Rak, ident: str, section: str, variant: str) -> str:
    source = _model_of(shelf, ident, section, variant)
    front = source.kepala if source is not None else {}
    held = bool(section) and (source is not None or shelf.substansi[section].found_in(""))
    sections = [str(s) for s in front.get("substansi", ())] if variant else [section] if held else []
    title = front.get("judul") if source is not None else " ".join(ident.split("_")).capitalize()
    lines = [
        "+++",
        "# Keterangan klausul. Baris yang diawali # hanya catatan dan tidak dicetak.",
        f'id = "{ident}"  # sama dengan nama berkas',
        f"judul = {_quoted(str(title))}  # judul pasal yang dicetak",
        'versi = "1.0"  # naikkan dengan `ksdocs clause bump` setiap kali katanya berubah',
        f"substansi = [{', '.join(_quoted(s) for s in sections)}]  # yang dipenuhi; daftarnya di substansi.toml",
        'dasar = ["praktik_baku"]  # id sumber aturannya',
        f"perlu = [{', '.join(_quoted(str(p)) for p in front.get('perlu', ()))}]  # isian yang tidak boleh kosong",
    ]
    if section and section not in sections:
        lines += [
            f"# Tambahkan {_quoted(section)} ke substansi sesudah katanya memuat tanda-tandanya, yang tercatat dalam",
            "# templates/substansi.toml.",
        ]
    if variant:
        lines += [
            "# Varian ini dipakai bila rekaman memilihnya, atau dengan sendirinya bila syarat berikut berlaku:",
            "# bila = \"penandatanganan.cara == 'terpisah'\"",
        ]
    lines += [
        "#",
        "# Di bawah tanda +++: ayat (1) (2), huruf a. b. di bawahnya; baris sambungan menjorok.",
        "# Nilai rekaman: {{ naskah_ini }}, {{ jangka_waktu.lama|durasi }}. Nama ayat ditulis di akhirnya: {#nama},",
        f'# dirujuk dengan {{{{ ref("{ident}.nama") }}}}. Periksa dengan: ksdocs clause check {shelf.kind.id}',
        "+++",
    ]
    return "\n".join(lines) + "\n" + _words(source, ident)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _model_of(shelf: Rak, ident: str, section: str, variant: str) -> Berkas | None:
    """The clause whose words the new one begins with: its base, or one that satisfies `section`."""
    if variant:
        return shelf.berkas.get((ident, "", "id"))
    texts = [one for key, one in shelf.berkas.items() if key[1:] == ("", "id")]
    claiming = [one for one in texts if section and section in one.kepala.get("substansi", ())]
    return min(claiming, key=lambda one: len(one.kepala.get("substansi", ())), default=None)


def _words(source: Berkas | None, ident: str) -> str:
    if source is None:
        return (
            "(1) PARA PIHAK melaksanakan {{ naskah_ini }} dengan memperhatikan ketentuan dalam pasal ini.\n"
            "(2) «Tulis ketentuan berikutnya di sini, atau hapus baris ini.»\n"
        )
    body = "\n".join(source.badan).strip("\n") + "\n"
    return re.sub(rf"""(\bref\(\s*["']){re.escape(source.kunci[0])}(?=[."'])""", rf"\g<1>{ident}", body)
