"""What clauses may use (docs/klausul.md): a record and its parties as plain values in one language."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, Final

from ksdocs import bahasa
from ksdocs.clauses.environment import Tanda, gap, reference
from ksdocs.clauses.library import Jenis
from ksdocs.clauses.reads import Values
from ksdocs.memo import LONGEST, Memo
from ksdocs.models.dasar import DIISI_TANGAN, Model, Teks
from ksdocs.models.lembaga import JenisKewenangan, Kewenangan, Kontak, Lembaga, Pejabat
from ksdocs.models.lengkap import NaskahLengkap, PihakLengkap
from ksdocs.models.naskah import TANPA_NOMOR, Pembiayaan, Penandatanganan, Pihak
from ksdocs.models.pandangan import Pandangan, view

GAP_WIDTHS: Final = {
    "hari": 10,
    "tanggal": 16,
    "bulan": 12,
    "tahun": 26,
    "angka": 12,
    "tempat": 22,
    "nomor": 30,
}
"""Width in characters of what is written by hand; fixed, so that filling it in moves nothing else."""

_AUTHORITY: Final = {
    JenisKewenangan.SK_PENGANGKATAN: "Keputusan {penerbit} Nomor {nomor} tanggal {tanggal}",
    JenisKewenangan.AKTA: "Akta {penerbit} Nomor {nomor} tanggal {tanggal}",
    JenisKewenangan.SURAT_KUASA: "Surat Kuasa {penerbit} Nomor {nomor} tanggal {tanggal}",
    JenisKewenangan.PENDELEGASIAN: "Pendelegasian Kewenangan dari {penerbit} Nomor {nomor} tanggal {tanggal}",
    JenisKewenangan.PERATURAN: "Peraturan {penerbit} Nomor {nomor} tanggal {tanggal}",
}


_BY_VIRTUE_OF: Final = {"id": "berdasarkan", "en": "by virtue of"}


def authority(given: Kewenangan, language: str) -> str:
    """`Keputusan … Nomor … tanggal … tentang …`: what a signatory acts upon."""
    words = _AUTHORITY[given.jenis].format(
        penerbit=given.penerbit[language],
        nomor=given.nomor,
        tanggal=bahasa.filters(language)["tanggal_panjang"](given.tanggal),
    )
    return f"{words} tentang {given.tentang[language]}" if given.tentang is not None else words


def authorities(given: tuple[Kewenangan, ...], language: str) -> str:
    """`berdasarkan Keputusan … dan Surat Kuasa …`, or "" without any."""
    if not given:
        return ""
    words = bahasa.filters(language)["daftar"]([authority(k, language) for k in given])
    return f"{_BY_VIRTUE_OF[language]} {words}"


_VIEWS: Final[Memo[tuple[Hashable, ...], tuple[tuple[Any, ...], Any]]] = Memo(1024)
"""(how a view is made, language, id of each part it is made of) → those parts, and the view."""


def _once(make: Callable[..., Any], language: str, *parts: Any) -> Any:
    """`make(*parts, language)`, the same view for the very same parts, which nobody changes."""
    key = (make, language, *map(id, parts))
    held = _VIEWS.get(key)
    if held is not None:
        return held[1]
    made = make(*parts, language)
    return _VIEWS.put(key, (parts, made))[1] if len(repr(made)) <= LONGEST else made


def _field_view(value: Any, language: str) -> Any:
    """As `view`; parts that records share are seen once."""
    if value and (value.__class__ is tuple or isinstance(value, Model)) and not isinstance(value, Teks):
        return _once(view, language, value)
    return view(value, language)


def _signer(official: Pejabat, language: str) -> Pandangan:
    return Pandangan(
        nama_lengkap=bahasa.nama_lengkap(official.gelar_depan, official.nama, official.gelar_belakang),
        nama=official.nama,
        jabatan=official.jabatan[language],
        nip=official.nip or "",
        sebutan_nip=official.sebutan_nip,
        kewenangan=authorities(official.kewenangan, language),
    )


def _letters(contact: Kontak | None, official: Pejabat, lembaga: Lembaga, language: str) -> Pandangan:
    return Pandangan(
        nama=(contact.nama if contact else None) or "-",
        jabatan=contact.jabatan[language] if contact else official.jabatan[language],
        alamat=(contact.alamat if contact else None) or lembaga.alamat[language],
        telepon=(contact.telepon if contact else None) or lembaga.telepon or "-",
        surel=(contact.surel if contact else None) or "-",
    )


def party_view(party: PihakLengkap, naskah: NaskahLengkap, language: str) -> Pandangan:
    """One party: the record's fields and the lembaga's, under one roof."""
    lembaga, official, contact = party.lembaga, party.pejabat, party.kontak
    signer = _once(_signer, language, official)
    letters = _once(_letters, language, contact, official, lembaga)
    own = {name: _field_view(getattr(party.pihak, name), language) for name in Pihak.model_fields}
    return Pandangan(
        **{
            **own,
            "urut": party.urut,
            "label": party.label(naskah.profil, language),
            "nama": lembaga.nama[language],
            "singkatan": lembaga.singkatan or "",
            "alamat": lembaga.alamat[language],
            "kedudukan": lembaga.kedudukan[language],
            "negara": lembaga.negara,
            "kelas": lembaga.kelas.value,
            "badan_publik": lembaga.badan_publik,
            "nomor": number_text(party) or gap(GAP_WIDTHS["nomor"]),
            "pejabat": signer,
            "kontak": letters,
            "unit": own["unit"] or "",
            "penanggung_jawab": own["penanggung_jawab"] or "",
        }
    )


def number_text(party: PihakLengkap) -> str:
    """The party's number as printed; "" while it is open, written by hand, or not given at all."""
    number = party.pihak.nomor
    return "" if number in (None, DIISI_TANGAN.value, TANPA_NOMOR) else str(number)


def has_number(party: PihakLengkap) -> bool:
    """False for a party that declares to give no number."""
    return party.pihak.nomor != TANPA_NOMOR


def signing_view(signing: Penandatanganan, language: str) -> Pandangan:
    """`waktu`: weekday, day, month and year in words, figures, place; each a value or a ruled gap."""
    names = ("hari", "tanggal", "bulan", "tahun", "angka", "tempat")
    values: dict[str, Any] = {name: gap(GAP_WIDTHS[name]) for name in names}
    if isinstance(signing.tanggal, date):
        day, words = signing.tanggal, bahasa.filters(language)
        values |= {
            "hari": words["hari"](day),
            "tanggal": words["terbilang"](day.day),
            "bulan": words["bulan"](day),
            "tahun": words["terbilang"](day.year),
            "angka": words["tanggal_angka"](day),
        }
    if signing.tempat is not None and signing.tempat != DIISI_TANGAN.value:
        values["tempat"] = signing.tempat
    return Pandangan(**values)


def place_and_date(party: PihakLengkap, language: str) -> tuple[str, str]:
    """(place, date) of a signature given apart; "" for what is written by hand."""
    place, day = party.pihak.tempat_ttd, party.pihak.tanggal_ttd
    shown = bahasa.filters(language)["tanggal_panjang"](day) if isinstance(day, date) else ""
    return ("" if place in (None, DIISI_TANGAN.value) else str(place)), str(shown)


def clause_values(naskah: NaskahLengkap, jenis: Jenis, language: str, present: Callable[[str], bool]) -> Values:
    """Every name that a clause of `jenis` may use, in `language`; `present(clause_id)` answers `ada(…)`."""
    isi = naskah.isi
    parties = tuple(party_view(p, naskah, language) for p in naskah.pihak)
    names = {name: _field_view(getattr(isi, name), language) for name in type(isi).model_fields if name != "pihak"}
    court = isi.pengadilan or naskah.profil.pengadilan
    names["pembiayaan"] = _once(_money, language, isi.pembiayaan)
    basis = names.get("dasar")
    if basis is not None:
        names["dasar"] = Pandangan(**{**basis.__dict__, "pada_mou": naskah.mou is not None})
    return Values(
        names
        | {
            "pihak": parties,
            "semua_badan_publik": naskah.semua_badan_publik,
            "ada_pihak_asing": naskah.ada_pihak_asing,
            "naskah_ini": jenis.naskah_ini.get(language, ""),
            "sebutan": jenis.sebutan.get(language, ""),
            "waktu": _once(signing_view, language, isi.penandatanganan),
            "rangkap": isi.penandatanganan.rangkap or len(parties),
            "institusi": Pandangan(
                nama=naskah.institusi.nama[language], kedudukan=naskah.institusi.kedudukan[language]
            ),
            "pengadilan": court[language] if court is not None else "",
            "mou": mou_view(naskah, language),
            "sifat": naskah.sifat,
            "label_pihak": lambda n: parties[int(n) - 1].label,
            "nama_lampiran": tuple(f"Lampiran {bahasa.romawi(n)}" for n in range(1, len(isi.lampiran) + 1)),
            "ref": reference,
            "celah": gap,
            "ada": present,
        }
    )


def _money(money: Pembiayaan, language: str) -> Pandangan:
    return Pandangan(**{**view(money, language).__dict__, "uang_mengalir": money.uang_mengalir})


def mou_view(naskah: NaskahLengkap, language: str) -> Pandangan | None:
    """The MoU a PKS rests on: numbers, date, subject; None without one."""
    mou = naskah.mou
    if mou is None:
        return None
    return Pandangan(nomor=mou.nomor, tanggal=mou.tanggal, tentang=mou.tentang[language] if mou.tentang else "")


__all__ = ["GAP_WIDTHS", "Tanda", "clause_values", "has_number", "number_text", "place_and_date", "view"]
