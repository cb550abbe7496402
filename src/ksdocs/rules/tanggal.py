"""Days that must agree: weekday, words, term, the day of signing (KS210–KS218)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ksdocs.bahasa import baca_hari, baca_tanggal_terbilang, hari, tambah, tanggal_panjang, tanggal_terbilang
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.problems import Problem, Severity, problem
from ksdocs.rules.konteks import Konteks, at


def weekday_agrees(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS210: `penandatanganan.hari` is the weekday of `penandatanganan.tanggal`."""
    signing = naskah.isi.penandatanganan
    if signing.hari is None or not isinstance(signing.tanggal, date):
        return
    try:
        right = baca_hari(signing.hari) == signing.tanggal.weekday()
    except ValueError:
        right = False
    if not right:
        yield problem(
            "KS210",
            at("penandatanganan.hari"),
            tertulis=signing.hari,
            tanggal=tanggal_panjang(signing.tanggal),
            benar=hari(signing.tanggal),
        )


def words_agree(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS211: `penandatanganan.tanggal_terbilang` says `penandatanganan.tanggal`."""
    signing = naskah.isi.penandatanganan
    if signing.tanggal_terbilang is None or not isinstance(signing.tanggal, date):
        return
    try:
        right = baca_tanggal_terbilang(signing.tanggal_terbilang) == signing.tanggal
    except ValueError:
        right = False
    if not right:
        yield problem(
            "KS211",
            at("penandatanganan.tanggal_terbilang"),
            tertulis=signing.tanggal_terbilang,
            tanggal=tanggal_panjang(signing.tanggal),
            benar=tanggal_terbilang(signing.tanggal),
        )


def start_of_term(naskah: NaskahLengkap) -> date | None:
    """The first day of the term; None while it is open."""
    return naskah.isi.jangka_waktu.mulai or naskah.tanggal_ttd


def end_of_term(naskah: NaskahLengkap) -> date | None:
    """The last day of the term, as written or as counted by the profile; None while it is open."""
    term, start = naskah.isi.jangka_waktu, start_of_term(naskah)
    if term.berakhir is not None or start is None:
        return term.berakhir
    ends = _possible_ends(start, naskah)
    if not ends:
        return None
    return ends[1] if naskah.profil.akhir_masa == "tanggal_sama" else ends[0]


def _possible_ends(start: date, naskah: NaskahLengkap) -> tuple[date, ...]:
    """The day before the term comes round, and that day: both ways of counting are in use."""
    length = naskah.isi.jangka_waktu.lama
    try:
        last = tambah(start, length.lama, length.satuan.value)
        return last - timedelta(days=1), last
    except (ValueError, OverflowError):
        return ()


def term_ends_after_it_starts(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS214: the last day lies after the first."""
    term, start = naskah.isi.jangka_waktu, start_of_term(naskah)
    if term.berakhir is not None and start is not None and term.berakhir <= start:
        yield problem(
            "KS214",
            at("jangka_waktu.berakhir"),
            berakhir=tanggal_panjang(term.berakhir),
            mulai=tanggal_panjang(start),
        )


def term_ends_as_counted(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS215: the last day is start + length, or the day before (domain.md §3.8: both are accepted)."""
    term, start = naskah.isi.jangka_waktu, start_of_term(naskah)
    if term.berakhir is None or start is None or term.berakhir <= start:
        return
    ends = _possible_ends(start, naskah)
    if term.berakhir not in ends:
        usual = ends[naskah.profil.akhir_masa == "tanggal_sama"] if ends else None
        yield problem(
            "KS215",
            at("jangka_waktu.berakhir"),
            berakhir=tanggal_panjang(term.berakhir),
            mulai=tanggal_panjang(start),
            lama=term.lama,
            benar=tanggal_panjang(usual) if usual else "",
        )


def term_starts_with_signing(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS216: a term that starts before signing is unusual; with a recorded reason it is only shown."""
    term, signed = naskah.isi.jangka_waktu, naskah.tanggal_ttd
    if term.mulai is not None and signed is not None and term.mulai < signed:
        yield problem(
            "KS216",
            at("jangka_waktu.mulai"),
            severity=Severity.INFO if term.alasan_mulai is not None else None,
            mulai=tanggal_panjang(term.mulai),
            tanggal=tanggal_panjang(signed),
        )


def signing_is_past(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS217: what is signed was signed today or before."""
    if naskah.isi.tahap != "ditandatangani":
        return
    days = [("penandatanganan.tanggal", naskah.isi.penandatanganan.tanggal)]
    days += [(f"{p.path}.tanggal_ttd", p.pihak.tanggal_ttd) for p in naskah.pihak]
    for path, day in days:
        if isinstance(day, date) and day > konteks.today:
            yield problem("KS217", at(path), tanggal=tanggal_panjang(day), hari_ini=tanggal_panjang(konteks.today))


def accreditation_holds(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS278: the accreditation of the certifying body is valid on the day of signing, or today."""
    given = getattr(naskah.isi, "sertifikasi", None)
    if given is not None and given.berlaku_sampai < konteks.hari:
        yield problem(
            "KS278",
            at("sertifikasi.berlaku_sampai"),
            nomor=given.nomor_akreditasi,
            sampai=tanggal_panjang(given.berlaku_sampai),
            pada=tanggal_panjang(konteks.hari),
        )


RULES = (
    weekday_agrees,
    words_agree,
    term_ends_after_it_starts,
    term_ends_as_counted,
    term_starts_with_signing,
    signing_is_past,
    accreditation_holds,
)
