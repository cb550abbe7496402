"""The names that the template of a form may use: its fields in the ways in which they read, what it computes, and what
every form is given."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from ksdocs.bahasa import hari, rupiah, rupiah_terbilang, tanggal_angka, tanggal_panjang
from ksdocs.borang.jenis import JenisBorang, Retensi
from ksdocs.borang.khusus import khusus
from ksdocs.models.borang import Isian
from ksdocs.nama import Nama, merged, nama

_WAYS: Final[Mapping[str, Mapping[str, tuple[str, str, str]]]] = {
    "tanggal": {
        "_hari": ("dengan harinya", "with its weekday", "Selasa, 17 Maret 2026"),
        "_angka": ("dengan angka", "in figures", "17-03-2026"),
    },
    "uang": {"_terbilang": ("dengan terbilang", "with words", "Rp1.500.000,00 (satu juta lima ratus ribu rupiah)")},
    "lembaga": {"_singkat": ("singkatannya", "its short name", "SE")},
    "naskah": {"_nomor": ("nomornya saja", "its number alone", "012/MOU.PL29/III/2026")},
    "pejabat": {
        "_jabatan": ("jabatannya", "the office held", "Direktur"),
        "_nip": ("NIP-nya", "the NIP", "NIP 198703152015041001"),
    },
}
"""Type → suffix → what is told of that way: the suffixes of `borang.susun`."""
_EACH: Final = frozenset({"pejabat"})
_EXAMPLES: Final[Mapping[str, str]] = {
    "tanggal": "17 Maret 2026",
    "uang": "Rp1.500.000,00",
    "jam": "09.00",
    "bulan": "Maret",
    "tahun": "2026",
    "cacah": "25",
    "desimal": "3,5",
    "persen": "80%",
    "ya_tidak": "Ya",
    "lembaga": "PT Samudra Elektronika",
    "naskah": "MoU Nomor 012/MOU.PL29/III/2026 tentang …",
    "pejabat": "Dr. Contoh, M.T.",
}


def names_of_form(form: JenisBorang) -> tuple[Nama, ...]:
    """Everything that a template of `form` is given, fields first."""
    return merged(_fields(form.isian, ""), khusus(form.id).nama, _common(form))


def _fields(fields: Sequence[Isian], path: str, printed: bool = True) -> Iterator[Nama]:
    for declared in fields:
        yield from _field(declared, f"{path}{declared.nama}", printed and declared.cetak)


def _field(declared: Isian, path: str, printed: bool) -> Iterator[Nama]:
    meaning = _meaning(declared)
    if declared.jenis == "daftar":
        number = nama("no", "Nomor urut", "Number in the list", contoh="1")
        isi = (number, *_fields(declared.isian, f"{path}.", printed))
        yield Nama(declared.nama, meaning, "daftar", isi=isi)
        return
    need = path if printed else ""
    if declared.jenis == "gambar":
        yield Nama(declared.nama, meaning, "gambar", _told(declared.contoh), wajib=need)
        return
    ways = _examples(declared)
    yield Nama(declared.nama, meaning, "teks", ways[""], wajib=need)
    for suffix, (told_id, told_en, _) in _WAYS.get(declared.jenis, {}).items():
        arti = {"id": f"{meaning['id'].rstrip('.')}, {told_id}", "en": f"{meaning['en'].rstrip('.')}, {told_en}"}
        own = f"{need}{suffix}" if need and declared.jenis in _EACH else need
        yield Nama(f"{declared.nama}{suffix}", arti, "teks", ways[suffix], wajib=own)


def _meaning(declared: Isian) -> dict[str, str]:
    label, arti = declared.label, declared.arti
    more = arti.get("id", "")
    told = label["id"] if not more or more == label["id"] else f"{label['id']}: {more}"
    return {"id": told, "en": label.get("en", declared.nama)}


def _examples(declared: Isian) -> dict[str, str]:
    """Suffix → how the example of a field reads in that way."""
    given = _told(declared.contoh) or (declared.pilihan[0] if declared.pilihan else "")
    made = {suffix: told[2] for suffix, told in _WAYS.get(declared.jenis, {}).items()}
    if declared.jenis == "tanggal" and (day := _day(given)):
        return {
            "": tanggal_panjang(day), "_hari": f"{hari(day)}, {tanggal_panjang(day)}", "_angka": tanggal_angka(day)
        }  # fmt: skip
    if declared.jenis == "uang" and (sum_ := _amount(given)) is not None:
        return {"": rupiah(sum_), "_terbilang": f"{rupiah(sum_)} ({rupiah_terbilang(sum_)})"}
    coded = declared.jenis in ("lembaga", "naskah", "butir", "bentuk", "pejabat", "notulen", "tanggal", "uang")
    return {"": _EXAMPLES.get(declared.jenis, "") if coded or not given else given, **made}


def _told(value: object) -> str:
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text.replace(".", "").replace(",", "."))
    except InvalidOperation:
        return None


def _kept(kept: Retensi) -> tuple[Nama, ...]:
    """The names of retention; what is given must stand on the page, alone or in the line of all of it."""
    told = {
        "nama": ("Nama rekaman dalam arsip", "Name of the record in the archive", kept.nama),
        "berkas": ("Berkasnya", "Its file", kept.berkas),
        "lokasi": ("Tempat penyimpanan", "Where it is kept", kept.lokasi),
        "masa": ("Masa penyimpanan", "For how long", kept.masa),
    }
    keys = [f"retensi.{key}" for key, (_, _, text) in told.items() if text]
    line = nama("keterangan", "Semuanya dalam satu baris", "All of it in one line", contoh=kept.keterangan,
                wajib=" ".join(keys))  # fmt: skip
    single = (
        nama(key, id_, en, contoh=text, wajib=f"retensi.{key}" if text else "", tetap=bool(text))
        for key, (id_, en, text) in told.items()
    )
    return (line, *single)


def _common(form: JenisBorang) -> tuple[Nama, ...]:
    """What every form is given besides its fields."""
    control, title = form.kendali, form.judul["id"]
    day = tanggal_panjang(control.tanggal) if control.tanggal else ""
    # The title may stand under either name, as long as the form has no other name in its head.
    head = "kendali.nama" if not control.nama or control.nama == title else ""
    code = "kendali.kode" if control.kode else ""
    isi = (
        nama("kode", "Kode borang", "Code of the form", contoh=control.kode, wajib=code, tetap=bool(code)),
        nama("versi", "Versi borang", "Version of the form", contoh=control.versi),
        nama("tanggal", "Tanggal versi borang", "Date of the version", contoh=day),
        nama("nama", "Nama borang", "Name of the form", contoh=control.nama or title, wajib="kendali.nama", tetap=True),
        nama("unit", "Unit pemilik borang", "Unit that owns the form", contoh=control.unit),
        nama("penyetuju", "Pejabat yang menyetujui borang", "Who approved the form", contoh=control.penyetuju),
        nama(
            "cap",
            "Cap dokumen terkendali",
            "Stamp of a controlled document",
            contoh=control.cap,
            wajib="kendali.cap" if control.cap else "",
            tetap=bool(control.cap),
        ),
        nama(
            "salinan",
            "Tanda salinan dokumen terkendali",
            "What marks a copy",
            contoh=control.salinan,
            wajib="kendali.salinan" if control.salinan else "",
            tetap=bool(control.salinan),
        ),
    )
    example = "contoh" if form.contoh else ""
    return (
        nama("judul", "Judul borang", "Title of the form", contoh=title, wajib=head, tetap=True),
        nama("institusi", "Nama resmi institusi", "Official name of the institution", contoh="Politeknik Negeri Batam"),
        nama("kendali", "Kendali dokumen, di kepala borang", "Document control, at the head", "kelompok", *isi),
        nama("kaki", "Teks kaki halaman: judul dan id rekaman", "Foot of the page: title and id",
             contoh=f"{title} — id-rekaman"),
        nama("zona_waktu", "WIB, WITA, atau WIT, menurut profil", "Time zone by the profile", contoh="WIB"),
        nama("retensi", "Cara borang disimpan", "How a filled form is kept", "kelompok", *_kept(form.retensi)),
        nama("contoh", "Benar bila tata letak ini contoh buatan ksdocs; catatannya harus tercetak",
             "True for an example layout; its note must be printed", "ya_tidak", wajib=example),
        nama("logo", "Logo institusi", "Logo of the institution", "gambar"),
        nama("ada_logo", "Benar bila institusi mempunyai logo", "True where there is a logo", "ya_tidak"),
    )  # fmt: skip
