"""The figures of a year counted once more, by plain Python over the files, without a line of ksdocs.laporan.

Lists (agreements, monitoring, answers) are read here by csv, openpyxl and yaml. Full records of MoU and PKS come in
many shapes, so their trees are `ksdocs.load`'s; what they mean is worked out here. Everything else differs on purpose
from how the program counts: dates are compared as they stand, nothing is grouped in advance, nothing is remembered.
"""

from __future__ import annotations

import csv
import tomllib
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import openpyxl
import yaml

import ksdocs

Row = dict[str, Any]


def day(value: object) -> date | None:
    """A date of a cell: ISO, dd/mm/yyyy, a datetime of a workbook, or `17 Maret 2025`."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip()
    if text[4:5] == "-":
        return date.fromisoformat(text)
    if "/" in text or text[2:3] == "-":
        d, m, y = text.replace("/", "-").split("-")
        return date(int(y), int(m), int(d))
    d, name, y = text.split()
    months = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"]
    return date(int(y), months.index(name[:3].casefold()) + 1, int(d))


def a_day(value: object) -> date:
    found = day(value)
    assert found is not None
    return found


def words(value: object) -> list[str]:
    if isinstance(value, list):
        return [str(v) for v in value]
    return [w.strip() for w in str(value or "").split(";") if w.strip()]


def money(value: object) -> Decimal | None:
    text = str(value or "").replace("Rp", "").replace(" ", "")
    if not text:
        return None
    return Decimal(
        text.replace(".", "").replace(",", ".") if "," in text or text.count(".") > 1 else text.replace(".", "")
    )


def sheets(file: Path) -> dict[str, list[Row]]:
    """Sheet → its rows by the names of its head."""
    found = {}
    for page in openpyxl.load_workbook(file, read_only=False, data_only=True):
        head, *rest = [[c.value for c in r] for r in page.iter_rows()]
        rows = [dict(zip(head, r, strict=False)) for r in rest]
        found[page.title] = [{k: v for k, v in r.items() if k and v not in (None, "")} for r in rows if any(r)]
    return found


def table(file: Path) -> list[Row]:
    text = file.read_text(encoding="utf-8-sig")
    rows = csv.DictReader(text.splitlines(), delimiter=";" if ";" in text.splitlines()[0] else ",")
    return [{k: v for k, v in r.items() if v} for r in rows]


def listed(folder: Path, part: str = "") -> list[Row]:
    """The records of a kind in its folder; those of a workbook with their rows of the sheet `part`."""
    found: list[Row] = []
    for file in sorted(folder.glob("*")) if folder.is_dir() else ():
        if file.suffix == ".xlsx":
            pages = sheets(file)
            main = next(iter(pages.values()))
            for record in main:
                more = [r for r in pages.get(part, ()) if r.get("id") == record["id"]] if part else []
                found.append(record | ({part: more} if part else {}))
        elif file.suffix == ".csv":
            found += table(file)
        elif file.suffix in (".yaml", ".yml"):
            told = yaml.safe_load(file.read_text(encoding="utf-8"))
            found += told if isinstance(told, list) else [told]
    return found


# --- agreements ---------------------------------------------------------------------------------------------


def institutions(data: Path) -> dict[str, Row]:
    files = sorted((data / "institusi").glob("*.toml"))
    told = [tomllib.loads(f.read_text(encoding="utf-8")) for f in files]
    told += [yaml.safe_load(f.read_text(encoding="utf-8")) for f in sorted((data / "institusi").glob("*.yaml"))]
    return {t["id"]: t for t in told}


def full_record(tree: Mapping[str, Any], known: Mapping[str, Row]) -> Row:
    parties = tree["pihak"]
    signing = tree.get("penandatanganan", {})
    own = next(p["id"] for p in parties if p["id"] in known)
    if signing.get("cara") == "terpisah":
        days = [p.get("tanggal_ttd") for p in parties]
        signed = max(a_day(d) for d in days) if all(d and d != "diisi_tangan" for d in days) else None
    else:
        told = signing.get("tanggal")
        signed = day(told) if told != "diisi_tangan" else None
    term = tree.get("jangka_waktu", {})
    start = day(term.get("mulai")) or signed
    end = day(term.get("berakhir"))
    if end is None and start is not None and term.get("lama"):
        length = term["lama"]
        number, unit = length.split() if isinstance(length, str) else (length["lama"], length["satuan"])
        months = int(number) * (12 if unit == "tahun" else 1)
        assert unit in ("tahun", "bulan")
        y, m = divmod(start.month - 1 + months, 12)
        end = date(start.year + y, m + 1, start.day)
        if known[own].get("profil", {}).get("akhir_masa", "sehari_sebelum") == "sehari_sebelum":
            end -= timedelta(days=1)
    scope = tree.get("ruang_lingkup", [])
    scope = [s for s in scope if isinstance(s, dict)]
    return {
        "id": tree["id"], "jenis_naskah": tree["jenis"], "tahap": tree.get("tahap"), "tanggal": signed, "mulai": start,
        "berakhir": end, "pihak": [p["id"] for p in parties], "tingkat": tree.get("tingkat"),
        "bidang": words(tree.get("bidang")), "bentuk": [s["bentuk"] for s in scope if s.get("bentuk")],
        "nilai": money(tree.get("pembiayaan", {}).get("nilai")), "mou": tree.get("dasar", {}).get("mou"),
        "memperpanjang": tree.get("memperpanjang"), "diakhiri": None, "selesai": None,
        "sifat": {w for s in scope for w in words(s.get("sifat"))},
    }  # fmt: skip


def agreements(data: Path) -> list[Row]:
    known = institutions(data)
    found = []
    for r in listed(data / "arsip"):
        r = {**dict.fromkeys(("mou", "memperpanjang", "tingkat")), **r}
        r.setdefault("tahap", "ditandatangani")
        for name in ("tanggal", "mulai", "berakhir", "diakhiri", "selesai"):
            r[name] = day(r.get(name))
        r["mulai"] = r["mulai"] or r["tanggal"]
        for name in ("pihak", "bidang", "bentuk"):
            r[name] = words(r.get(name))
        r["nilai"] = money(r.get("nilai"))
        r["sifat"] = set()
        found.append(r)
    for kind in ("mou", "pks"):
        if (data / kind).is_dir():
            found += [full_record(record.tree, known) for record in ksdocs.load(data / kind)]
    return found


class Count:
    """Everything that was counted of a year: `ukuran`, and table → row → counts."""

    def __init__(self, data: Path, year: int, today: date, own: str) -> None:
        self.year, self.today, self.own = year, today, own
        self.all = [a for a in agreements(data) if own in a["pihak"]]
        self.known = [a for a in self.all if not (a["tahap"] == "ditandatangani" and a["tanggal"] > today)]
        self.partners = {p["id"]: p for p in [*listed(data / "mitra"), *self._toml(data / "mitra")]}
        self.partners |= {i: t for i, t in institutions(data).items() if i != own}
        code = data / "acuan" / "bentuk-kegiatan.toml"
        self.traits = {}
        if code.exists():
            self.traits = {b["id"]: set(b.get("sifat", [])) for b in tomllib.loads(code.read_text("utf-8"))["bentuk"]}
        self.acts = list(self._activities(data))
        self.data = data

    @staticmethod
    def _toml(folder: Path) -> Iterator[Row]:
        for file in folder.glob("*.toml"):
            yield tomllib.loads(file.read_text(encoding="utf-8"))
        for file in folder.glob("*.json"):
            yield yaml.safe_load(file.read_text(encoding="utf-8"))

    # agreements

    def signed(self, a: Row) -> bool:
        return bool(a["tahap"] == "ditandatangani")

    def is_new(self, a: Row) -> bool:
        return self.signed(a) and self.in_year(a["tanggal"])

    def next_of(self, a: Row) -> Row | None:
        later = [b for b in self.known if b["memperpanjang"] == a["id"] and self.signed(b)]
        return max(later, key=lambda b: b["mulai"]) if later else None

    def stopped(self, a: Row) -> bool:
        return bool(a["diakhiri"] and a["diakhiri"] <= self.today)

    def carried_on(self, a: Row) -> bool:
        b = self.next_of(a)
        return b is not None and not self.stopped(a) and not self._completed(a)

    def _completed(self, a: Row) -> bool:
        b = self.next_of(a)
        taken = b is not None and b["mulai"] <= self.today
        return bool(a["selesai"] and a["selesai"] <= self.today) and not taken

    def in_force(self, a: Row) -> bool:
        if not self.signed(a) or self.stopped(a) or (a["selesai"] and a["selesai"] <= self.today):
            return False
        b = self.next_of(a)
        if b is not None and b["mulai"] <= self.today:
            return False
        return bool(a["mulai"] <= self.today and (a["berakhir"] is None or self.today <= a["berakhir"]))

    def ended(self, a: Row) -> bool:
        if not self.signed(a) or self.carried_on(a):
            return False
        days = [a["berakhir"]] if a["berakhir"] else []
        if self.stopped(a):
            days = [a["diakhiri"]]
        elif self._completed(a):
            days.append(a["selesai"])
        return bool(days) and min(days).year == self.year and min(days) <= self.today

    def three(self, wanted: Iterable[Row]) -> list[int]:
        rows = list(wanted)
        return [sum(map(f, rows)) for f in (self.is_new, self.in_force, self.ended)]

    def others(self, a: Row) -> set[str]:
        return set(a["pihak"]) - {self.own}

    # activities

    def _activities(self, data: Path) -> Iterator[Row]:
        ids = {a["id"] for a in self.known}
        seen: dict[tuple[str, str, date], Row] = {}
        reports = [
            {"naskah": r["rujukan"], "judul": r["judul_kegiatan"], "mulai": r["mulai"], "selesai": r.get("selesai"),
             "keadaan": "terlaksana", "peserta": r.get("peserta"), "bukti": r.get("bukti"), "bentuk": None}
            for r in listed(data / "laporan_pelaksanaan")
        ]  # fmt: skip
        recaps = sorted(listed(data / "monitoring", "kegiatan"), key=lambda r: (day(r["tanggal"]), r["id"]))
        for row in [*reports, *(k for r in recaps for k in r.get("kegiatan", ()))]:
            key = (row["naskah"], " ".join(row["judul"].casefold().split()), a_day(row["mulai"]))
            old = seen.get(key, {})
            seen[key] = {**old, **{k: v for k, v in row.items() if v is not None}}
            if old.get("bukti") and not row.get("bukti"):
                seen[key]["bukti"] = old["bukti"]
        for (naskah, _, first), row in seen.items():
            if naskah not in ids:
                continue
            last, state = day(row.get("selesai")), row.get("keadaan", "terlaksana")
            if first > self.today and state in ("berjalan", "terlaksana"):
                continue
            if state == "terlaksana" and last and last > self.today:
                state = "berjalan"
            until = last or (max(first, self.today) if state == "berjalan" else first)
            if first.year <= self.year <= until.year:
                yield {**row, "keadaan": state}

    def done(self) -> set[str]:
        return {k["naskah"] for k in self.acts if k["keadaan"] in ("berjalan", "terlaksana")}

    # what is told

    def answers(self) -> tuple[list[int], int, int]:
        """(every value, people who answered, people invited) of the surveys of the year."""
        values, people, invited = [], 0, 0
        for s in listed(self.data / "survei"):
            if s["institusi"] != self.own or int(s["tahun"]) != self.year or a_day(s["mulai"]) > self.today:
                continue
            invited += sum(int(u["jumlah"]) for u in s["undangan"])
            for r in listed(self.data / "jawaban_survei"):
                given = [int(v) for k, v in r.items() if k.startswith("nilai.")]
                if r["survei"] == s["id"] and (given or r.get("komentar")):
                    people += 1
                    values += given
        return values, people, invited

    def ukuran(self) -> dict[str, Any]:
        new = [a for a in self.known if self.is_new(a)]
        valid = [a for a in self.known if self.in_force(a)]
        mou = [a for a in valid if a["jenis_naskah"] == "mou"]
        work = [a for a in valid if a["jenis_naskah"] in ("pks", "ia")]
        done = [k for k in self.acts if k["keadaan"] == "terlaksana"]
        proved = [k for k in done if k.get("bukti")]
        before = {p for a in self.all if self.signed(a) and a["tanggal"].year < self.year for p in self.others(a)}
        active = {p for a in valid for p in self.others(a)}
        values, people, invited = self.answers()
        explored = [p for p in listed(self.data / "penjajakan") if p["institusi"] == self.own]
        kinds = Counter(a["jenis_naskah"] for a in new)

        def level(name: str) -> int:
            return len({p for a in valid if a["tingkat"] == name for p in self.others(a)})

        def having(trait: str) -> int:
            return sum(any(trait in self.traits.get(b, ()) for b in a["bentuk"]) or trait in a["sifat"] for a in valid)

        return {
            "mou_baru": kinds["mou"], "pks_baru": kinds["pks"], "ia_baru": kinds["ia"], "naskah_baru": len(new),
            "naskah_berlaku": len(valid), "mou_berlaku": len(mou),
            "pks_berlaku": sum(a["jenis_naskah"] == "pks" for a in valid), "mitra_berlaku": len(active),
            "mitra_baru": len({p for a in new for p in self.others(a)} - before), "mitra_lokal": level("lokal"),
            "mitra_nasional": level("nasional"), "mitra_internasional": level("internasional"),
            "mitra_industri": sum(self.partners[p]["kelas"] == "industri" for p in active),
            "kegiatan_terlaksana": len(done), "kegiatan_berbukti": len(proved),
            "kegiatan_berbukti_persen": share(len(proved), len(done)),
            "mou_ditindaklanjuti_persen": share(len(mou) - len(self.alone(mou)), len(mou)),
            "naskah_berkegiatan_persen": share(sum(a["id"] in self.done() for a in work), len(work)),
            "peserta": total([k.get("peserta") for k in done]),
            "kepuasan_rerata": half_up(Decimal(sum(values)) / len(values), "0.01") if values else None,
            "respons_persen": share(people, invited),
            "penjajakan": sum(self.in_year(day(p["tanggal"])) for p in explored),
            "naskah_berakhir": sum(map(self.ended, self.known)),
            "naskah_diperpanjang": sum(self.carried_on(a) and self.is_new(self.next_of(a) or {}) for a in self.known),
            "sertifikasi_kompetensi": having("sertifikasi"),
            "pembelajaran_luar_prodi": having("pembelajaran_luar_prodi"),
            "nilai_baru": total([a["nilai"] for a in new]),
        }  # fmt: skip

    def in_year(self, d: date | None) -> bool:
        return d is not None and d.year == self.year and d <= self.today

    def alone(self, mou: Iterable[Row]) -> list[str]:
        """MoU on which no signed PKS or IA rests, nor on one that they carry on."""
        names = {a["id"]: a for a in self.known}
        rested = {a["mou"] for a in self.known if a["jenis_naskah"] in ("pks", "ia") and self.signed(a)}
        found = []
        for a in mou:
            at, family = a, {a["id"]}
            while at["memperpanjang"] in names and at["memperpanjang"] not in family:
                at = names[at["memperpanjang"]]
                family.add(at["id"])
            if not family & rested:
                found.append(a["id"])
        return found

    def idle(self) -> set[str]:
        done = self.done()
        done |= {a["mou"] for a in self.known if a["id"] in done}
        return {
            a["id"]
            for a in self.known
            if self.in_force(a) and a["id"] not in done and a["jenis_naskah"] in ("mou", "pks", "ia")
        }

    def ending(self, months: int) -> set[str]:
        y, m = divmod(self.today.month - 1 + months, 12)
        limit = date(self.today.year + y, m + 1, min(self.today.day, monthrange(self.today.year + y, m + 1)[1]))
        return {a["id"] for a in self.known if self.in_force(a) and a["berakhir"] and a["berakhir"] <= limit}


def half_up(value: Decimal, to: str) -> Decimal:
    return value.quantize(Decimal(to), ROUND_HALF_UP)


def share(part: int, whole: int) -> Decimal | None:
    return half_up(Decimal(100) * part / whole, "0.1") if whole else None


def total(values: Iterable[Any]) -> Any:
    rows = list(values)
    told = [Decimal(str(v)) for v in rows if v not in (None, "")]
    return sum(told, Decimal(0)) if told or not rows else None
