"""The recap of monitoring: nothing that an agreement or a report knows is typed, and every link is told in a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any, Final

from ksdocs.bahasa import ribuan, tanggal_panjang
from ksdocs.borang.khusus import Khusus, Nilai, Tambahan
from ksdocs.borang.khusus.monitoring_periksa import check, rows_of, time_of
from ksdocs.borang.khusus.nama_laporan import MONITORING
from ksdocs.borang.susun import Deret, Tulisan
from ksdocs.laporan.kegiatan import Kegiatan
from ksdocs.laporan.pantauan import Pantauan, monitor
from ksdocs.laporan.status import Keadaan, Status
from ksdocs.laporan.tabel import Tabel
from ksdocs.models.lembaga import Lembaga
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.register import Register

KOSONG: Final = "–"
Baris = dict[str, str]


def _add(values: Nilai, register: Register) -> Tambahan:
    found = monitor(register, values["institusi"], time_of(values), rows_of(values))
    institution = register.lembaga(values["institusi"])
    sheet = _Sheet(found, register, values["institusi"])
    names: dict[str, Any] = {
        "dari": tanggal_panjang(found.masa.mulai),
        "hingga": tanggal_panjang(found.masa.sampai),
        "naskah": sheet.agreements(),
        "bukti": sheet.evidence(),
        "rekap_status": _counted(found.per_status)[:-1],
        "jumlah_status": _counted(found.per_status)[-1]["sel"],
        "rekap_keadaan": _counted(found.per_keadaan)[:-1],
        "jumlah_keadaan": _counted(found.per_keadaan)[-1]["sel"],
        "berakhir": _numbered(sheet.ending()),
        "tanpa_kegiatan": _numbered(sheet.short(k) for k in found.tanpa_kegiatan),
        "tanpa_bukti": [sheet.unproved(a) for a in found.tanpa_bukti],
        "tanpa_pks": _numbered(sheet.short(k) for k in found.tanpa_pks),
        "selebihnya": ribuan(len(found.selebihnya)) if found.selebihnya else "",
        "kota": institution.kedudukan.id if institution else "",
    }
    lists = ("bukti", "berakhir", "tanpa_kegiatan", "tanpa_bukti", "tanpa_pks")
    written: list[Tulisan | Deret] = [_recap(names["naskah"])]
    written += [_listed(name, names[name]) for name in lists if names[name]]
    written += [_cells("rekap_status", found.per_status), _cells("rekap_keadaan", found.per_keadaan)]
    written += [Tulisan(name, (names[name],)) for name in ("dari", "hingga", "selebihnya", "kota") if names[name]]
    return Tambahan(names, tuple(written))


def _numbered(rows: Iterable[Baris]) -> list[Baris]:
    return [{"no": str(number), **row} for number, row in enumerate(rows, 1)]


class _Sheet:
    """The words of one recap. Links are numbered in the order in which the table names them."""

    def __init__(self, found: Pantauan, register: Register, institusi: str) -> None:
        self.found, self.register, self.institusi = found, register, institusi
        self.links: dict[str, str] = {}
        self.places: dict[str, str] = {}
        for number, (_, acts) in enumerate(found.naskah, 1):
            for order, activity in enumerate(acts, 1):
                self.places[activity.kunci] = f"{number}.{order}"
                for link in activity.bukti:
                    self.links.setdefault(link, f"Bukti {len(self.links) + 1}")

    def agreements(self) -> list[dict[str, Any]]:
        return [
            {
                "no": str(number),
                **self.head(state.naskah),
                "masa": _term(state),
                "unit": state.naskah.unit or KOSONG,
                "lingkup": self.scope(state.naskah),
                "tingkat": state.naskah.tingkat or KOSONG,
                "status": state.status.value,
                "kegiatan": [self.activity(activity) for activity in acts],
            }
            for number, (state, acts) in enumerate(self.found.naskah, 1)
        ]

    def head(self, entry: RingkasanNaskah) -> Baris:
        """What tells an agreement and its partners apart."""
        partners = [self.register.lembaga(ident) for ident in entry.pihak if ident != self.institusi]
        known = [partner for partner in partners if partner is not None]
        phones = [entry.telepon] if entry.telepon else [phone for one in known if (phone := _phone(one))]
        return {
            "nomor": title(entry),
            "tentang": entry.tentang,
            "mitra": "; ".join(one.nama.id for one in known) or KOSONG,
            "telepon": "; ".join(dict.fromkeys(phones)),
        }

    def scope(self, entry: RingkasanNaskah) -> str:
        """The scope where it is one text; of a full record, which has many, its kinds of activity."""
        if len(entry.lingkup) == 1:
            return entry.lingkup[0]
        kinds = self.register.bentuk()
        names = sorted(kinds[kind].nama if kind in kinds else kind for kind in entry.bentuk)
        return "; ".join(names or entry.lingkup) or KOSONG

    def activity(self, one: Kegiatan) -> Baris:
        told = one.tanggal_monitoring or one.tanggal_laporan
        missing = "belum ada" if one.status == "terlaksana" else KOSONG
        return {
            "no": self.places[one.kunci],
            "judul": one.judul,
            "manfaat": one.manfaat or KOSONG,
            "waktu": _span(one.mulai, one.selesai),
            "keadaan": one.status,
            "pic": one.pic,
            "tindak_lanjut": one.tindak_lanjut or KOSONG,
            "bukti": ", ".join(self.links[link] for link in one.bukti) or missing,
            "tanggal_monitoring": tanggal_panjang(told) if told else KOSONG,
            "catatan": "" if one.tanggal_monitoring else "menurut laporan",
        }

    def evidence(self) -> list[Baris]:
        told: dict[str, list[str]] = {}
        for _, acts in self.found.naskah:
            for activity in acts:
                for link in activity.bukti:
                    told.setdefault(link, []).append(self.places[activity.kunci])
        return [{"no": name, "kegiatan": ", ".join(told[link]), "tautan": link} for link, name in self.links.items()]

    def ending(self) -> list[Baris]:
        return [
            {
                "batas": f"{months} bulan",
                "berakhir": _day(state.naskah.berakhir),
                **self.short(state),
                "masa": "",
                "penerus": title(state.penerus) if state.penerus else KOSONG,
            }
            for state, months in self.found.berakhir
        ]

    def short(self, state: Keadaan) -> Baris:
        """An agreement in a list of those that call for something."""
        entry = state.naskah
        who = "; ".join(filter(None, (entry.unit, entry.penanggung_jawab)))
        return {**self.head(entry), "masa": _term(state), "unit": who or KOSONG}

    def unproved(self, one: Kegiatan) -> Baris:
        entry = self.register.naskah(one.naskah)
        head = title(entry) if entry else one.naskah
        place, span = self.places[one.kunci], _span(one.mulai, one.selesai)
        return {"no": place, "judul": one.judul, "nomor": head, "waktu": span, "pic": one.pic}


def title(entry: RingkasanNaskah) -> str:
    """`PKS 041/MOA.PL29/VIII/2025 dan 095/SEC-HRD/VIII/2025`."""
    return f"{entry.sebutan} {' dan '.join(entry.nomor) or '(belum bernomor)'}"


def _phone(partner: Lembaga) -> str:
    """The telephone of a partner's first contact, else its own."""
    return next((one.telepon for one in partner.kontak if one.telepon), None) or partner.telepon or ""


def _day(day: date | None) -> str:
    return tanggal_panjang(day) if day else KOSONG


def _span(first: date, last: date | None) -> str:
    if last is None:
        return f"mulai {tanggal_panjang(first)}"
    return tanggal_panjang(first) if first == last else f"{tanggal_panjang(first)}\ns.d. {tanggal_panjang(last)}"


def _term(state: Keadaan) -> str:
    """From when to when an agreement holds, and what became of it."""
    entry = state.naskah
    if entry.mulai is None:
        return KOSONG
    words = [_span(entry.mulai, entry.berakhir) if entry.berakhir else f"{_span(entry.mulai, None)}\ntanpa batas waktu"]
    if state.status is Status.DIAKHIRI:
        words.append(f"diakhiri {_day(entry.diakhiri)}")
    if state.status is Status.SELESAI:
        words.append(f"selesai {_day(entry.selesai)}")
    if state.penerus is not None:
        words.append(f"diteruskan {title(state.penerus)}")
    return "\n".join(words)


def _counted(table: Tabel) -> list[dict[str, Any]]:
    """Rows of a table of counts, their sum last: `nama`, and `sel`, the figures as they are printed."""
    return [
        {"nama": str(row[0].isi), "sel": [ribuan(cell.isi) if isinstance(cell.isi, int) else "" for cell in row[1:]]}
        for row in table.baris
    ]


# --- what must stand in the file ----------------------------------------------------------------------------


def _texts(path: str, row: Baris) -> tuple[Tulisan, ...]:
    return tuple(
        Tulisan(f"{path}.{key}", (text,)) for key, text in row.items() if isinstance(text, str) and text not in _UNSAID
    )


_UNSAID: Final = ("", KOSONG)


def _recap(agreements: Sequence[dict[str, Any]]) -> Deret:
    """The rows of the recap as they stand: each agreement, and its activities behind it."""

    def rows() -> Iterator[tuple[Tulisan, ...]]:
        for number, entry in enumerate(agreements, 1):
            yield _texts(f"naskah.{number}", entry)
            for order, activity in enumerate(entry["kegiatan"], 1):
                yield _texts(f"naskah.{number}.kegiatan.{order}", activity)

    return Deret("kegiatan", tuple(rows()))


def _listed(path: str, rows: Sequence[Baris]) -> Deret:
    return Deret(path, tuple(_texts(f"{path}.{number}", row) for number, row in enumerate(rows, 1)))


def _cells(path: str, table: Tabel) -> Deret:
    entries = [
        tuple(Tulisan(f"{path}.{number}", (text,)) for text in (row["nama"], *row["sel"]))
        for number, row in enumerate(_counted(table), 1)
    ]
    return Deret(path, tuple(entries))


KHUSUS: Final = Khusus(check, _add, MONITORING)
