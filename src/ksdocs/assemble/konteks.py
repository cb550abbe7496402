"""What clauses may use (docs/klausul.md): a record and its parties as plain values in one language."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, Final

from ksdocs import bahasa
from ksdocs.clauses.environment import Tanda, gap, reference
from ksdocs.clauses.library import Jenis
from ksdocs.models.dasar import DIISI_TANGAN
from ksdocs.models.lembaga import JenisKewenangan, Kewenangan
from ksdocs.models.lengkap import NaskahLengkap, PihakLengkap
from ksdocs.models.naskah import TANPA_NOMOR
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


def party_view(party: PihakLengkap, naskah: NaskahLengkap, language: str) -> Pandangan:
    """One party: the record's fields and the lembaga's, under one roof."""
    lembaga, official, contact = party.lembaga, party.pejabat, party.kontak
    signer = Pandangan(
        nama_lengkap=bahasa.nama_lengkap(official.gelar_depan, official.nama, official.gelar_belakang),
        nama=official.nama,
        jabatan=official.jabatan[language],
        nip=official.nip or "",
        sebutan_nip=official.sebutan_nip,
        kewenangan=authorities(official.kewenangan, language),
    )
    letters = Pandangan(
        nama=(contact.nama if contact else None) or "-",
        jabatan=contact.jabatan[language] if contact else official.jabatan[language],
        alamat=(contact.alamat if contact else None) or lembaga.alamat[language],
        telepon=(contact.telepon if contact else None) or lembaga.telepon or "-",
        surel=(contact.surel if contact else None) or "-",
    )
    own = view(party.pihak, language).__dict__
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


def signing_view(naskah: NaskahLengkap, language: str) -> Pandangan:
    """`waktu`: weekday, day, month and year in words, figures, place; each a value or a ruled gap."""
    signing = naskah.isi.penandatanganan
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


def clause_values(naskah: NaskahLengkap, jenis: Jenis, language: str, present: Callable[[str], bool]) -> dict[str, Any]:
    """Every name that a clause of `jenis` may use, in `language`; `present(clause_id)` answers `ada(…)`."""
    isi = naskah.isi
    parties = tuple(party_view(p, naskah, language) for p in naskah.pihak)
    names = {name: view(getattr(isi, name), language) for name in type(isi).model_fields}
    court = isi.pengadilan or naskah.profil.pengadilan
    money = names["pembiayaan"]
    money.uang_mengalir = isi.pembiayaan.uang_mengalir
    basis = names.get("dasar")
    if basis is not None:
        basis.pada_mou = naskah.mou is not None
    return names | {
        "pihak": parties,
        "semua_badan_publik": naskah.semua_badan_publik,
        "ada_pihak_asing": naskah.ada_pihak_asing,
        "naskah_ini": jenis.naskah_ini.get(language, ""),
        "sebutan": jenis.sebutan.get(language, ""),
        "waktu": signing_view(naskah, language),
        "rangkap": isi.penandatanganan.rangkap or len(parties),
        "institusi": Pandangan(nama=naskah.institusi.nama[language], kedudukan=naskah.institusi.kedudukan[language]),
        "pengadilan": court[language] if court is not None else "",
        "mou": mou_view(naskah, language),
        "sifat": naskah.sifat,
        "label_pihak": lambda n: parties[int(n) - 1].label,
        "nama_lampiran": tuple(f"Lampiran {bahasa.romawi(n)}" for n in range(1, len(isi.lampiran) + 1)),
        "ref": reference,
        "celah": gap,
        "ada": present,
    }


def mou_view(naskah: NaskahLengkap, language: str) -> Pandangan | None:
    """The MoU a PKS rests on: numbers, date, subject; None without one."""
    mou = naskah.mou
    if mou is None:
        return None
    return Pandangan(nomor=mou.nomor, tanggal=mou.tanggal, tentang=mou.tentang[language] if mou.tentang else "")


__all__ = ["GAP_WIDTHS", "Tanda", "clause_values", "has_number", "number_text", "place_and_date", "view"]
