"""What the annual evaluation says, chapter by chapter; every figure comes from `laporan`, and none is typed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final

from ksdocs.bahasa import tanggal_panjang
from ksdocs.borang.khusus import Nilai
from ksdocs.borang.khusus.evaluasi_cetak import TANPA, Baris, Cetakan, cetak, tertulis
from ksdocs.laporan.evaluasi import Evaluasi
from ksdocs.laporan.indikator import reached, set_of, sets
from ksdocs.laporan.portofolio import NAMA_JENIS
from ksdocs.laporan.tabel import Sel
from ksdocs.laporan.ukuran import UKURAN
from ksdocs.models.kpi import Indikator, Kpi
from ksdocs.register import Register

KELOMPOK: Final = {
    "jenis": "Naskah menurut jenis",
    "status": "Naskah menurut status",
    "tingkat": "Naskah menurut tingkat",
    "kelas": "Naskah menurut kelas mitra",
    "bidang": "Naskah menurut bidang tridharma",
    "bentuk": "Naskah menurut bentuk kegiatan",
    "unit": "Naskah menurut unit pelaksana",
}
KUNCI: Final = (
    ("naskah_berlaku", "naskah berlaku"),
    ("naskah_baru", "naskah baru tahun ini"),
    ("mitra_berlaku", "mitra aktif"),
    ("mitra_internasional", "mitra internasional"),
    ("kegiatan_terlaksana", "kegiatan terlaksana"),
    ("kegiatan_berbukti_persen", "kegiatan yang berbukti"),
    ("kepuasan_rerata", "rerata kepuasan mitra"),
    ("naskah_berakhir", "naskah berakhir tahun ini"),
)
"""The figures of the summary, eight of them."""
BELUM_DIPUTUSKAN: Final = "Belum diputuskan"
CARA_DIAKHIRI: Final = "Diakhiri sebelum waktunya"
"""What was ended early was decided on already, in its own record."""
SERATUS: Final = Decimal(100)


class Isi:
    """One report in the making."""

    def __init__(self, values: Nilai, found: Evaluasi, register: Register) -> None:
        self.values, self.found, self.register = values, found, register
        self.cetakan = Cetakan()

    def all(self) -> Cetakan:
        for part in (
            self._head,
            self._summary,
            self._portfolio,
            self._lists,
            self._ending,
            self._activities,
            self._programme,
            self._survey,
            self._indicators,
            self._obstacles,
            self._targets,
            self._lkps,
        ):
            part()
        return self.cetakan

    # --- what rows of lists share ---------------------------------------------------------------------------

    def _rows(self, ident: str) -> list[dict[str, Sel]]:
        """The rows of a table by the names of its columns."""
        table = self.found.tabel[ident]
        return [dict(zip(table.kolom, row, strict=True)) for row in table.baris]

    def _naskah(self, ident: Any) -> str:
        """`PKS 012/MOA.PL29/III/2026`: as an office calls an agreement."""
        entry = self.register.naskah(str(ident))
        if entry is None:
            return str(ident)
        kind = NAMA_JENIS.get(entry.jenis, entry.jenis)
        return f"{kind} {entry.nomor[0]}" if entry.nomor else f"{kind} (belum bernomor)"

    def _listed(self, ident: str, names: Mapping[str, str]) -> list[dict[str, str]]:
        """Rows for the page: number, agreement, partner, and columns by `names` (name → column)."""
        made = []
        for number, row in enumerate(self._rows(ident), 1):
            told = {"no": str(number), "id": str(row["Naskah"].isi), "naskah": self._naskah(row["Naskah"].isi)}
            told["mitra"] = cetak(row["Mitra"])
            made.append(told | {name: cetak(row[column]) for name, column in names.items()})
        return made

    def _table(self, key: str, rows: Iterable[dict[str, str]], kosong: str, judul: str = "") -> None:
        # Ids are for looking up; on paper an agreement has a number.
        plain = [{name: text for name, text in row.items() if name != "id"} for row in rows]
        self.cetakan.table(key, judul or self.found.tabel[key].judul, plain, kosong=kosong)

    # --- chapters -------------------------------------------------------------------------------------------

    def _head(self) -> None:
        tahun, day = self.values["tahun"], self.values["tanggal"]
        told = tanggal_panjang(day)
        early = day < date(tahun, 12, 31)
        self.cetakan.sentence("per_tanggal", f"per {told}, sebelum tahun {tahun} berakhir" if early else f"per {told}")
        names = [set_of(self._sets[i]).nama for i in self._named if i in self._sets]
        self.cetakan.sentence("daftar_himpunan", "; ".join(names) or "tidak ada himpunan yang dilaporkan")

    def _summary(self) -> None:
        day = tanggal_panjang(self.values["tanggal"])
        self.cetakan.sentence("judul_kunci", self.cetakan.caption(f"Angka pokok per {day}"))
        cells = {
            f"k{n}": {"angka": cetak(self.found.ukuran[ident]), "label": label}
            for n, (ident, label) in enumerate(KUNCI, 1)
        }
        self.cetakan.konteks["kunci"] = cells
        # Figure and label are one text: the same figure may stand on several cards.
        self.cetakan.prove("kunci", [{"": f"{one['angka']}\n{one['label']}"} for one in cells.values()])

    def _portfolio(self) -> None:
        nothing = "Tidak ada naskah yang ditandatangani, berlaku, atau berakhir."
        for key, judul in KELOMPOK.items():
            rows = self._rows(key)
            if key in ("status", "tingkat", "kelas"):
                self._group_chart(key, rows)
            named = list(self.found.tabel[key].kolom)
            columns = dict(zip(("nama", "baru", "berlaku", "berakhir", "seluruh"), named, strict=False))
            told = [{name: cetak(row[column]) for name, column in columns.items()} for row in rows]
            if any(cell.isi for row in rows for cell in list(row.values())[1:]):
                self.cetakan.table(key, judul, told[:-1], jumlah=told[-1])
            else:
                self.cetakan.table(key, judul, [], kosong=nothing if key == "jenis" else "")

    def _group_chart(self, key: str, rows: Sequence[Mapping[str, Sel]]) -> None:
        """Every agreement by its state; in force by level and class."""
        column = "Seluruhnya" if key == "status" else "Berlaku"
        shown = [row for row in rows[:-1] if row[column].isi]
        first = self.found.tabel[key].kolom[0]
        judul = KELOMPOK[key] if key == "status" else KELOMPOK[key].replace("Naskah", "Naskah berlaku", 1)
        labels = [str(row[first].isi) for row in shown]
        self.cetakan.chart(key, judul, "batang_datar", labels, [("Naskah", [_number(r[column]) for r in shown])])

    def _lists(self) -> None:
        tahun = self.values["tahun"]
        names = {"tentang": "Tentang", "tingkat": "Tingkat", "tanggal": "Ditandatangani", "berakhir": "Berakhir"}
        self._table("baru", self._listed("baru", names), f"Tidak ada naskah yang ditandatangani pada tahun {tahun}.")
        decided = {one["naskah"]: one for one in self.values["keputusan"]}
        ended = self._listed("berakhir", {"berakhir": "Hari terakhir", "cara": "Cara berakhir"})
        for row in ended:
            stopped = row["cara"] == CARA_DIAKHIRI
            undecided = {"keputusan": TANPA if stopped else BELUM_DIPUTUSKAN, "alasan": TANPA}
            told = decided.pop(row["id"], undecided)
            row |= {"keputusan": told["keputusan"], "alasan": told["alasan"]}
        self._table("berakhir", ended, f"Tidak ada naskah yang berakhir pada tahun {tahun} tanpa diperpanjang.")
        extended = self._listed("diperpanjang", {"berakhir": "Berakhir semula", "berakhir_baru": "Berakhir"})
        for row, full in zip(extended, self._rows("diperpanjang"), strict=True):
            row["penerus"] = self._naskah(full["Naskah penerus"].isi)
        self._table("diperpanjang", extended, f"Tidak ada naskah yang diperpanjang pada tahun {tahun}.")
        others = [self._decision(n, one) for n, one in enumerate(decided.values(), 1)]
        self._table("keputusan", others, "", "Keputusan atas naskah lain")

    def _decision(self, number: int, one: Mapping[str, Any]) -> dict[str, str]:
        entry = self.register.naskah(one["naskah"])
        own = self.values["institusi"]
        partners = [self.register.lembaga(p) for p in entry.pihak if p != own] if entry else []
        told = {"no": str(number), "naskah": self._naskah(one["naskah"]), "keputusan": one["keputusan"]}
        told["mitra"] = "; ".join(p.nama.id for p in partners if p) or TANPA
        told["berakhir"] = tertulis(entry.berakhir if entry else None)
        return told | {"alasan": one["alasan"]}

    def _ending(self) -> None:
        soon = {row["id"] for row in self._listed("berakhir_6", {})}
        names = {"tentang": "Tentang", "berakhir": "Berakhir", "pic": "PIC"}
        rows = self._listed("berakhir_12", names)
        for row in rows:
            row["dalam"] = "6 bulan" if row["id"] in soon else "12 bulan"
        text = f"{len(rows)} naskah berakhir dalam 12 bulan, {len(soon)} di antaranya dalam 6 bulan." if rows else ""
        followed = {row["Naskah"].isi: row["Penerus"].isi for row in self._rows("berakhir_12") if row["Penerus"].isi}
        if followed:
            told = (f"{self._naskah(old)} diteruskan {self._naskah(new)}" for old, new in followed.items())
            text += f" Sudah ada penerusnya: {'; '.join(told)}."
        self.cetakan.sentence("kalimat_akan_berakhir", text)
        self._table("akan_berakhir", rows, "Tidak ada naskah berlaku yang berakhir dalam 12 bulan.",
                    "Naskah berlaku yang berakhir dalam 12 bulan")  # fmt: skip

    def _activities(self) -> None:
        rows = self._rows("kegiatan")
        kolom = self.found.tabel["kegiatan"].kolom
        names = ("nama", "rencana", "berjalan", "terlaksana", "tertunda", "batal", "jumlah")
        told = [{n: cetak(row[c]) for n, c in zip(names, kolom, strict=True)} for row in rows]
        total = [_number(rows[-1][c]) for c in kolom[1:-1]] if rows else []
        title = "Kegiatan menurut keadaannya"
        self.cetakan.chart("kegiatan", title, "batang_datar", kolom[1:-1] if rows else (), [("Kegiatan", total)])
        self.cetakan.table("kegiatan", self.found.tabel["kegiatan"].judul, told[:-1], jumlah=told[-1] if told else None,
                           kosong=f"Tidak ada kegiatan yang tercatat pada tahun {self.values['tahun']}.")  # fmt: skip
        names_of = {"tentang": "Tentang", "mulai": "Mulai", "berakhir": "Berakhir", "pic": "PIC"}
        idle = self._listed("tanpa_kegiatan", names_of)
        self._table("tanpa_kegiatan", idle, "Tidak ada naskah berlaku yang tanpa kegiatan.")
        unproved = self._listed("tanpa_bukti", {"kegiatan": "Kegiatan", "mulai": "Mulai", "pic": "PIC"})
        self._table("tanpa_bukti", unproved, "Tidak ada kegiatan terlaksana yang tanpa bukti.")
        names_of = {"tentang": "Tentang", "tanggal": "Ditandatangani", "berakhir": "Berakhir", "pic": "PIC"}
        alone = self._listed("mou_tanpa_pks", names_of)
        self._table("mou_tanpa_pks", alone, "Tidak ada MoU berlaku yang belum ditindaklanjuti.")

    def _programme(self) -> None:
        rows = [self._target(row) for row in self._rows("sasaran")]
        self.cetakan.sentence("kalimat_program", self._reached(rows))
        bars: list[tuple[str, list[int | Decimal | None]]] = [
            ("Target", [SERATUS for _ in rows]),
            ("Realisasi", [row[1] for row in rows]),
        ]
        labels = [f"{row[0]['kode']} {row[2]}" for row in rows]
        done = any(row[1] is not None for row in rows)
        self.cetakan.chart("capaian", "Realisasi terhadap target program, dalam persen target", "batang_datar",
                           labels if done else [], bars if done else [], satuan="%", desimal=1)  # fmt: skip
        nothing = f"Tidak ada program tahun {self.values['tahun']} yang dapat dibandingkan."
        self._table("sasaran", [row[0] for row in rows], nothing)

    def _target(self, row: Mapping[str, Sel]) -> tuple[dict[str, str], Decimal | None, str]:
        """What the page says of a target, its achievement in percent, and its indicator."""
        told = {one["kode"]: one for one in self.values["realisasi"]}
        value, basis, reached_ = row["Realisasi"], str(row["Dasar realisasi"].isi), row["Capaian"].isi
        own = told.get(str(row["Kode"].isi))
        if own is not None and not self._counted(row):
            value, basis = Sel(own["realisasi"]), own["keterangan"]
            reached_ = _share(own["realisasi"], row["Target"].isi)
        indicator = str(row["Indikator"].isi)
        share = reached_ if isinstance(reached_, int | Decimal) else None
        made = {
            "kode": str(row["Kode"].isi),
            "uraian": f"{row['Sasaran'].isi}: {indicator}",
            "target": cetak(row["Target"]),
            "realisasi": cetak(value),
            "satuan": cetak(row["Satuan"]),
            "capaian": tertulis(share, "persen"),
            "dasar": basis,
        }
        return made, Decimal(share) if share is not None else None, indicator

    def _counted(self, row: Mapping[str, Sel]) -> bool:
        """Is a target's realisation computed? Then nothing typed takes its place."""
        return str(row["Kode"].isi) in measured(self.register, self.values)

    def _reached(self, rows: Sequence[tuple[Mapping[str, str], Decimal | None, str]]) -> str:
        if not rows:
            return ""
        known = [share for _, share, _ in rows if share is not None]
        full = sum(share >= SERATUS for share in known)
        text = f"{full} dari {len(rows)} sasaran program tercapai"
        left = len(rows) - len(known)
        return f"{text}; {left} belum mempunyai realisasi." if left else f"{text}."

    def _survey(self) -> None:
        rows = self._rows("kepuasan")
        surveys = list(dict.fromkeys(str(row["Survei"].isi) for row in rows))
        rate = self.found.ukuran["respons_persen"]
        text = f"Tingkat respons survei {cetak(rate)}." if surveys and rate.isi is not None else ""
        self.cetakan.sentence("kalimat_survei", text)
        if len(surveys) == 1:
            self._survey_chart(rows[:-1])
        else:
            self.cetakan.chart("kepuasan", "", "batang_datar", (), ())
        told = [self._satisfied(row, alone=len(surveys) == 1) for row in rows]
        answered = any(row["n"].isi for row in rows)
        nothing = f"Tidak ada jawaban survei tahun {self.values['tahun']} yang dapat direkap."
        self._table("kepuasan", told if answered else [], nothing)

    def _survey_chart(self, rows: Sequence[Mapping[str, Sel]]) -> None:
        top = Decimal(str(rows[0]["Skala"].isi).rpartition("–")[2]) if rows else None
        means = [_number(row["Rerata"]) for row in rows]
        labels = [str(row["Dimensi"].isi) for row in rows]
        self.cetakan.chart("kepuasan", "Rerata kepuasan mitra menurut dimensi", "batang_datar", labels,
                           [("Rerata", means)], desimal=2, maksimum=top)  # fmt: skip

    def _satisfied(self, row: Mapping[str, Sel], *, alone: bool) -> dict[str, str]:
        name = cetak(row["Dimensi"])
        small = "sampel kecil" if row["Sampel kecil"].isi == "Ya" else TANPA
        told = {"nama": name if alone else f"{name} ({row['Survei'].isi})", "n": cetak(row["n"])}
        return told | {"rerata": cetak(row["Rerata"]), "skala": cetak(row["Skala"]), "catatan": small}

    # --- indicators -----------------------------------------------------------------------------------------

    @property
    def _named(self) -> list[str]:
        return [one["himpunan"] for one in self.values["kpi"]]

    @property
    def _sets(self) -> Mapping[str, Any]:
        return sets(self.register)

    def _indicators(self) -> None:
        chosen = [set_of(self._sets[ident]) for ident in self._named if ident in self._sets]
        made = []
        for one in chosen:
            rows = [self._indicator(row) for row in one.indikator]
            caption = self.cetakan.caption(f"{one.nama}, versi {one.versi}")
            source = _source(one)
            self.cetakan.prove("kpi", [{"": caption}, *rows, {"": source}])
            made.append({"keterangan": caption, "baris": rows, "sumber": source})
        self.cetakan.konteks["himpunan_kpi"] = made
        self.cetakan.sentence("tanpa_kpi", "" if made else "Tidak ada himpunan indikator yang dilaporkan.")

    def _indicator(self, row: Indikator) -> dict[str, str]:
        told = {"kode": row.kode, "uraian": row.uraian, "target": TANPA}
        if row.ukuran is None:
            named = [_document(one) for one in self.values["dokumen"] if one["kode"] == row.kode]
            return told | {"nilai": "Ada" if named else "Belum disebut", "dasar": "; ".join(named) or TANPA}
        measure, cell = UKURAN.get(row.ukuran), self.found.ukuran.get(row.ukuran, Sel(None))
        if row.target is not None:
            told["target"] = tertulis(row.target, cell.satuan)
        signed = cell.satuan in ("persen", "rupiah")  # such a figure bears its unit already
        unit = f" {row.satuan}" if row.satuan and cell.isi is not None and not signed else ""
        state = {True: "Tercapai. ", False: "Belum tercapai. ", None: ""}[reached(row, self.found.ukuran)]
        name = measure.nama if measure else TANPA
        left = f"; tidak dihitung: {row.tidak_dihitung}" if row.tidak_dihitung else ""
        return told | {"nilai": f"{cetak(cell)}{unit}", "dasar": f"{state}Dihitung: {name}{left}"}

    # --- what the officer writes ----------------------------------------------------------------------------

    def _obstacles(self) -> None:
        rows = self._written("kendala", ("uraian", "tindak_lanjut", "pic", "tenggat"), numbered=True)
        nothing = "Tidak ada kendala yang dicatat."
        self._table("kendala", rows, nothing, "Kendala dan tindak lanjut")

    def _targets(self) -> None:
        following = self.values["tahun"] + 1
        self.cetakan.sentence("judul_target", f"8. Target Tahun {following}")
        rows = self._written("target", ("kode", "uraian", "indikator", "target", "satuan"))
        self._table("target", rows, "", f"Target kerja sama tahun {following}")

    def _written(self, name: str, fields: Sequence[str], *, numbered: bool = False) -> list[dict[str, str]]:
        made = []
        for number, one in enumerate(self.values[name], 1):
            row = {"no": str(number)} if numbered else {}
            made.append(row | {field: tertulis(one.get(field)) for field in fields})
        return made

    def _lkps(self) -> None:
        columns = {"mitra": "Lembaga Mitra", "tingkat": "Tingkat", "judul": "Judul Kegiatan", "manfaat": "Manfaat",
                   "waktu": "Waktu dan Durasi", "bukti": "Bukti", "tahun": "Tahun Berakhir"}  # fmt: skip
        groups: dict[str, list[dict[str, str]]] = {}
        for row in self._rows("lkps_1"):
            told = {"no": cetak(row["No"]), **{name: cetak(row[c]) for name, c in columns.items()}}
            end = row["Tahun Berakhir"].isi
            told["tahun"] = str(end) if end is not None else TANPA
            groups.setdefault(str(row["Bidang"].isi), []).append(told)
        made = [{"nama": name, "baris": rows} for name, rows in groups.items()]
        nothing = f"Tidak ada kegiatan yang berjalan atau terlaksana pada tahun {self.values['tahun']}."
        caption = self.cetakan.caption(self.found.tabel["lkps_1"].judul) if made else ""
        self.cetakan.konteks["lkps"] = {"kelompok": made, "keterangan": caption, "kosong": "" if made else nothing}
        lines: list[Baris] = [line for one in made for line in ({"": str(one["nama"])}, *_of(one["baris"]))]
        self.cetakan.prove("lkps", [{"": caption}, *lines, {"": self.cetakan.konteks["lkps"]["kosong"]}])


def measured(register: Register, values: Nilai) -> frozenset[str]:
    """Codes of the targets of the year's programme whose realisation is computed."""
    return frozenset(code for code, one in targets(register, values) if getattr(one, "ukuran", None) in UKURAN)


def targets(register: Register, values: Nilai) -> Iterator[tuple[str, Any]]:
    """(code, target) of the programmes of the year and the institution."""
    for programme in programmes(register, values["tahun"], values["institusi"]):
        for one in programme.sasaran:
            yield one.kode, one


def programmes(register: Register, tahun: int, institusi: str) -> list[Any]:
    """The programmes of a year and an institution."""
    found: list[Any] = [record.isi for record in register.rekaman("program").rekaman]
    return [one for one in found if one.tahun == tahun and one.institusi == institusi]


def _of(rows: Any) -> Iterator[Baris]:
    yield from rows


def _number(cell: Sel) -> int | Decimal | None:
    return cell.isi if isinstance(cell.isi, int | Decimal) else None


def _share(value: Decimal, target: Any) -> Decimal | None:
    if not isinstance(target, int | Decimal) or not target:
        return None
    return (SERATUS * value / Decimal(target)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _document(one: Mapping[str, Any]) -> str:
    day = f", {tanggal_panjang(one['tanggal'])}" if "tanggal" in one else ""
    link = f" ({one['tautan']})" if "tautan" in one else ""
    return f"{one['nama']}{day}{link}"


def _source(one: Kpi) -> str:
    """Where a set comes from; an example is called one wherever it is printed."""
    began = f" Berlaku mulai {tanggal_panjang(one.berlaku_mulai)}." if one.berlaku_mulai else ""
    example = "Contoh, bukan ketentuan resmi. " if one.contoh else ""
    return f"{example}Sumber: {one.sumber}.{began}"
