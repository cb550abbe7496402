"""The folder of a preview: a page for the browser, the pictures that it shows, the files; nothing from elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Final

from ksdocs.outputs import safe_name, write_atomically
from ksdocs.pratinjau.jalan import Cetakan, Pasangan, Pratinjau
from ksdocs.problems import Location, OutputError, Problem, problem

INDEX: Final = "index.html"
_LIST: Final = "pratinjau.json"
"""Names what a preview wrote, so that the next one into the same folder takes away that and nothing else."""

_KATA: Final = {
    "id": {
        "judul": "Pratinjau templat {jenis}",
        "templat": "Templat",
        "dibanding": "Dibandingkan dengan",
        "ringkas": "{kasus} kasus: {tercetak} tercetak, {ditolak} ditolak",
        "ringkas_berubah": "; {halaman} halaman berubah",
        "sama": "; tidak ada halaman yang berubah",
        "kontak": "Lembar kontak",
        "sebelum": "sebelum",
        "sesudah": "sesudah",
        "berubah": "berubah",
        "ditolak": "ditolak",
        "baru": "tidak ada",
        "teks_berubah": "kata-katanya berubah",
        "halaman": "halaman {n}",
        "tanpa_gambar": "Tidak ada gambar halaman; buka berkasnya.",
        "lengkap": "Perlu diketahui",
        "rekaan": "Semua nama, nomor, dan nilai di sini rekaan.",
    },
    "en": {
        "judul": "Preview of the template {jenis}",
        "templat": "Template",
        "dibanding": "Held against",
        "ringkas": "{kasus} cases: {tercetak} printed, {ditolak} refused",
        "ringkas_berubah": "; {halaman} pages changed",
        "sama": "; no page changed",
        "kontak": "Contact sheet",
        "sebelum": "before",
        "sesudah": "after",
        "berubah": "changed",
        "ditolak": "refused",
        "baru": "none",
        "teks_berubah": "its words changed",
        "halaman": "page {n}",
        "tanpa_gambar": "There are no pictures of pages; open the file.",
        "lengkap": "Worth knowing",
        "rekaan": "All names, numbers and amounts here are invented.",
    },
}
_STYLE: Final = """
body{font:15px/1.5 system-ui,sans-serif;margin:0 auto;max-width:1500px;padding:1.5rem;color:#1d2733;background:#f4f6f8}
h1{font-size:1.5rem;margin:0 0 .4rem}
h2{font-size:1.15rem;margin:2.2rem 0 .3rem;padding-top:.6rem;border-top:1px solid #cbd3da}
p{margin:.25rem 0} a{color:#0b5394} code{background:#e7ebef;padding:0 .25em;border-radius:3px}
.kontak{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:1rem;margin:1rem 0}
.kontak a{display:block;text-decoration:none;color:inherit;font-size:.85rem}
img,.kosong{display:block;width:100%;background:#fff;border:1px solid #b8c2cb;box-sizing:border-box}
.kosong{display:flex;aspect-ratio:210/297;align-items:center;justify-content:center;color:#6b7884}
.halaman{display:grid;grid-template-columns:repeat(auto-fill,minmax(300px,1fr));gap:1rem;margin:.8rem 0}
.pasang{display:grid;grid-template-columns:1fr 1fr;gap:1rem;margin:.8rem 0;max-width:1100px;padding:.6rem}
figure{margin:0} figcaption{font-size:.8rem;color:#55626e}
.beda{background:#fdeecb;outline:2px solid #c77700;border-radius:6px}
.tanda{display:inline-block;font-size:.75rem;font-weight:600;padding:0 .5em;border-radius:3px}
.tanda{background:#a35f00;color:#fff} .tanda.tolak{background:#a61b1b}
.masalah,.info{padding:.4rem .8rem;margin:.5rem 0;background:#e4ecf4;border-left:4px solid #0b5394}
.masalah{background:#fbe3e3;border-color:#a61b1b}
"""


def write_preview(made: Pratinjau, folder: Path, language: str = "id") -> Path:
    """The page of the preview, written into `folder` with all that it shows; what an earlier one left there is gone.

    Raises:
        OutputError: KS895 the folder holds something else; KS70x it cannot be written.
    """
    _clear(folder)
    written: list[str] = [INDEX]

    def put(name: str, data: bytes) -> None:
        if data:
            write_atomically(folder, name, data, owner_id=made.jenis, durable=False)
            written.append(name)

    for pair in made.pasangan:
        name = _stem(pair)
        put(f"{name}.docx", pair.sesudah.docx)
        put(f"{name}.pdf", pair.sesudah.pdf)
        for prefix, side in (("", pair.sesudah), ("sebelum-", pair.sebelum)):
            for number, page in enumerate(side.halaman if side is not None else (), 1):
                put(_picture(pair, number, prefix), page)
    listed = json.dumps({"ksdocs": "pratinjau", "berkas": sorted(written)}, indent=1)
    write_atomically(folder, _LIST, listed.encode(), owner_id=made.jenis, durable=False)
    page = "\n".join(_page(made, language)).encode("utf-8", "replace")
    return write_atomically(folder, INDEX, page, owner_id=made.jenis, durable=False)


def need_folder(folder: Path) -> None:
    """OutputError KS895 when `folder` holds anything that no preview wrote."""
    if folder.is_dir() and any(folder.iterdir()) and not (folder / _LIST).is_file():
        raise OutputError([problem("KS895", Location(file=str(folder)), folder=folder)])


def _clear(folder: Path) -> None:
    need_folder(folder)
    try:
        told = json.loads((folder / _LIST).read_text(encoding="utf-8"))["berkas"]
    except (OSError, ValueError, KeyError, TypeError):
        return
    for name in told if isinstance(told, list) else ():
        file = folder / str(name)
        if file.resolve().is_relative_to(folder.resolve()) and file.is_file():
            file.unlink(missing_ok=True)


def _stem(pair: Pasangan) -> str:
    return safe_name(pair.kasus.id, pair.kasus.id)


def _picture(pair: Pasangan, number: int, prefix: str) -> str:
    return f"halaman/{prefix}{_stem(pair)}-{number:02}.png"


def _page(made: Pratinjau, language: str) -> Iterator[str]:
    say = _KATA[language]
    title = escape(say["judul"].format(jenis=made.jenis))
    yield f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
    yield f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
    yield f"<h1>{title}</h1><p>{say['templat']}: <code>{escape(made.templat)}</code></p>"
    if made.sebelum:
        yield f"<p>{say['dibanding']}: <code>{escape(made.sebelum)}</code></p>"
    yield f"<p><strong>{_summary(made, language)}</strong>. {say['rekaan']}</p>"
    for found in made.masalah:
        yield _told(found, language, "info")
    yield f'<h2>{say["kontak"]}</h2><div class="kontak">'
    for pair in made.pasangan:
        yield f'<a href="#{_stem(pair)}">{_first(pair, say)}{_marks(pair, say)} {escape(pair.kasus.arti[language])}</a>'
    yield "</div>"
    for pair in made.pasangan:
        yield from _case(pair, language)
    yield "</body></html>\n"


def _summary(made: Pratinjau, language: str) -> str:
    say = _KATA[language]
    count = len(made.pasangan)
    told = say["ringkas"].format(kasus=count, tercetak=count - made.ditolak, ditolak=made.ditolak)
    if made.sebelum and any(pair.sebelum and pair.sebelum.halaman for pair in made.pasangan):
        pages = sum(len(pair.berubah) for pair in made.pasangan)
        told += say["ringkas_berubah"].format(halaman=pages) if pages else say["sama"]
    return escape(told)


def _first(pair: Pasangan, say: dict[str, str]) -> str:
    if pair.sesudah.halaman:
        return f'<img loading="lazy" alt="" src="{_picture(pair, 1, "")}">'
    return f'<div class="kosong">{say["ditolak"] if pair.sesudah.refused else say["baru"]}</div>'


def _marks(pair: Pasangan, say: dict[str, str]) -> str:
    made = ""
    if pair.sesudah.refused:
        made += f'<span class="tanda tolak">{say["ditolak"]}</span>'
    if pair.berubah:
        made += f'<span class="tanda">{say["berubah"]}: {len(pair.berubah)}</span>'
    elif pair.berbeda:
        made += f'<span class="tanda">{say["teks_berubah"]}</span>'
    return made


def _case(pair: Pasangan, language: str) -> Iterator[str]:
    say, name = _KATA[language], _stem(pair)
    yield f'<h2 id="{name}">{escape(pair.kasus.arti[language])} {_marks(pair, say)}</h2>'
    files = [f'<a href="{name}{end}">{name}{end}</a>' for end, data in _files(pair.sesudah) if data]
    if files:
        yield f"<p>{' · '.join(files)}</p>"
    for found in pair.sesudah.problems:
        yield _told(found, language, "masalah")
    if pair.sebelum is not None and pair.sebelum.halaman:
        yield from _side_by_side(pair, say)
    elif pair.sesudah.halaman:
        yield '<div class="halaman">'
        for number in range(1, len(pair.sesudah.halaman) + 1):
            yield _figure(pair, number, "", say["halaman"].format(n=number))
        yield "</div>"
    elif pair.sesudah.docx:
        yield f"<p>{say['tanpa_gambar']}</p>"


def _files(made: Cetakan) -> tuple[tuple[str, bytes], ...]:
    return ((".docx", made.docx), (".pdf", made.pdf))


def _side_by_side(pair: Pasangan, say: dict[str, str]) -> Iterator[str]:
    assert pair.sebelum is not None
    old, new = len(pair.sebelum.halaman), len(pair.sesudah.halaman)
    for number in range(1, max(old, new) + 1):
        changed = number - 1 in pair.berubah
        yield f'<div class="pasang{" beda" if changed else ""}">'
        mark = f" · {say['berubah']}" if changed else ""
        for prefix, count, word in (("sebelum-", old, say["sebelum"]), ("", new, say["sesudah"])):
            caption = f"{word}, {say['halaman'].format(n=number)}{mark}"
            if number <= count:
                yield _figure(pair, number, prefix, caption)
            else:
                yield f'<figure><div class="kosong">{say["baru"]}</div><figcaption>{caption}</figcaption></figure>'
        yield "</div>"


def _figure(pair: Pasangan, number: int, prefix: str, caption: str) -> str:
    file = _picture(pair, number, prefix)
    image = f'<a href="{file}"><img loading="lazy" alt="{caption}" src="{file}"></a>'
    return f"<figure>{image}<figcaption>{caption}</figcaption></figure>"


def _told(found: Problem, language: str, style: str) -> str:
    place = escape(str(found.at))
    line = f"<code>{found.code}</code> {escape(found.message(language))}"
    where = f"<br><small>{place}</small>" if place else ""
    return f'<div class="{style}">{line}{where}<br>{escape(found.hint(language))}</div>'
