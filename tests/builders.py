"""A sound MoU, a sound PKS and the register they need, as plain values that a test spoils in one place."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from datetime import date
from typing import Any

from ksdocs.models import Butir, Institusi, Mitra
from ksdocs.models.lengkap import Bentuk
from ksdocs.problems import Problem
from ksdocs.register import MemoryRegister, summarize
from ksdocs.rules import Hasil, validate
from ksdocs.sources import Source, from_tree

TODAY = date(2025, 6, 2)
GONE = object()
"""As a value for `put`: the field is taken away."""

POLTEK: dict[str, Any] = {
    "jenis": "institusi",
    "id": "poltek",
    "nama": "Politeknik Umpama",
    "singkatan": "Polumpama",
    "kelas": "perguruan_tinggi",
    "badan_publik": "ya",
    "kedudukan": "Batam",
    "alamat": "Jalan Umpama Nomor 1, Batam",
    "telepon": "(0778) 111000",
    "pejabat": [
        {
            "id": "direktur",
            "nama": "Rekayana Umpama",
            "jabatan": "Direktur",
            "nip": "197501012001011001",
            "kewenangan": [
                {
                    "jenis": "sk_pengangkatan",
                    "nomor": "1/SK/2024",
                    "tanggal": "2024-01-15",
                    "penerbit": "Menteri",
                    "berlaku_sampai": "2028-01-14",
                }
            ],
        },
        {
            "id": "kajur",
            "nama": "Ketua Jurusan Umpama",
            "jabatan": "Ketua Jurusan",
            "setingkat_kepala_jurusan": "ya",
            "kewenangan": [
                {"jenis": "sk_pengangkatan", "nomor": "2/SK/2024", "tanggal": "2024-02-01", "penerbit": "Direktur"}
            ],
        },
    ],
    "kontak": [{"id": "humas", "jabatan": "Kepala Humas", "telepon": "(0778) 111001", "surel": "humas@poltek.example"}],
    "profil": {
        "pengadilan": "Pengadilan Negeri Batam",
        "penyetuju": ["Direktur"],
        "pola_nomor": {
            "mou": {"pola": "{urut}/MOU.PU/{romawi}/{tahun}", "digit": 3},
            "pks": {"pola": "{urut}/MOA.PU/{romawi}/{tahun}", "digit": 3},
        },
    },
}

JAYA: dict[str, Any] = {
    "jenis": "mitra",
    "id": "jaya",
    "nama": "PT Jaya Raya Umpama",
    "ejaan_lain": ["PT. Jaya Raya Umpama"],
    "kelas": "industri",
    "kedudukan": "Batam",
    "alamat": "Kawasan Umpama Blok A, Batam",
    "pejabat": [
        {
            "id": "dirut",
            "nama": "Hendra Rekaputra",
            "jabatan": "Direktur Utama",
            "kewenangan": [
                {
                    "jenis": "akta",
                    "nomor": "17",
                    "tanggal": "2023-06-12",
                    "penerbit": "Notaris Umpamasari",
                    "berlaku_sampai": "2028-06-11",
                }
            ],
        }
    ],
    "kontak": [{"id": "sdm", "nama": "Citra Misal", "jabatan": "Manajer SDM", "surel": "sdm@jaya.example"}],
}

LAIN: dict[str, Any] = {
    "jenis": "mitra",
    "id": "lain",
    "nama": "PT Lintas Laut Umpama",
    "singkatan": "LILAUT",
    "kelas": "industri",
    "kedudukan": "Bintan",
    "alamat": "Jalan Lain Nomor 2, Bintan",
    "pejabat": [
        {
            "id": "direktur",
            "nama": "Budi Lainnya",
            "jabatan": "Direktur",
            "kewenangan": [{"jenis": "akta", "nomor": "5", "tanggal": "2022-01-01", "penerbit": "Notaris Lain"}],
        }
    ],
    "kontak": [
        {
            "id": "umum",
            "nama": "Wati Lainnya",
            "jabatan": "Sekretaris",
            "telepon": "+62 771 222333",
            "surel": "umum@lintas.example",
        }
    ],
}

MOU: dict[str, Any] = {
    "jenis": "mou",
    "id": "mou-jaya",
    "tahap": "ditandatangani",
    "tentang": "Penyelenggaraan Tridharma Perguruan Tinggi",
    "tingkat": "nasional",
    "bidang": ["pendidikan"],
    "relevansi": "Sesuai dengan misi institusi.",
    "pihak": [
        {"id": "poltek", "nomor": "012/MOU.PU/III/2025"},
        {"id": "jaya", "nomor": "027/JRU/III/2025"},
    ],
    "penandatanganan": {"tanggal": "2025-03-17", "tempat": "Batam"},
    "premis": ["PIHAK KESATU adalah perguruan tinggi vokasi"],
    "ruang_lingkup": [
        {"teks": "penyelenggaraan magang", "bentuk": "magang"},
        {"teks": "pelatihan karyawan", "bentuk": "pelatihan"},
    ],
    "jangka_waktu": {"lama": "5 tahun"},
}

PKS: dict[str, Any] = {
    "jenis": "pks",
    "id": "pks-jaya",
    "tahap": "ditandatangani",
    "tentang": "Pelatihan Karyawan",
    "tingkat": "nasional",
    "bidang": ["pendidikan"],
    "relevansi": "Sesuai dengan misi institusi.",
    "dasar": {"mou": "mou-jaya"},
    "pihak": [
        {"id": "poltek", "nomor": "041/MOA.PU/V/2025", "hak": ["menerima biaya"], "kewajiban": ["melatih peserta"]},
        {"id": "jaya", "nomor": "095/JRU/V/2025", "hak": ["menerima laporan"], "kewajiban": ["membayar biaya"]},
    ],
    "penandatanganan": {"tanggal": "2025-05-19", "tempat": "Batam"},
    "ruang_lingkup": [{"teks": "pelatihan karyawan", "bentuk": "pelatihan"}],
    "jangka_waktu": {"lama": "1 tahun"},
    "pembiayaan": {
        "skema": "per_satuan",
        "pembayar": "2",
        "penerima": "1",
        "satuan": "peserta",
        "nilai_satuan": "1.000.000",
        "volume": "40",
        "nilai": "40.000.000",
        "rekening": {"bank": "Bank Umpama", "nomor": "0001112223", "atas_nama": "Politeknik Umpama"},
        "pajak": "Nilai sudah termasuk pajak.",
    },
}


def spoiled(record: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """A copy of `record` with values put at dotted paths (items from 1); GONE takes a field away."""
    tree = copy.deepcopy(dict(record))
    for path, value in changes.items():
        here: Any = tree
        *way, last = path.split(".")
        value = copy.deepcopy(value) if value is not GONE else GONE
        for step in way:
            here = here[int(step) - 1] if isinstance(here, list) else here.setdefault(step, {})
        if isinstance(here, list):
            here[int(last) - 1 : int(last)] = [] if value is GONE else [value]
        elif value is GONE:
            here.pop(last, None)
        else:
            here[last] = value
    return tree


def a_mou(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A signed MoU without a problem, spoiled by `changes`."""
    return spoiled(MOU, changes or {})


def a_pks(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A signed PKS on that MoU without a problem, spoiled by `changes`."""
    return spoiled(PKS, changes or {})


def a_register(
    changes: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    naskah: tuple[Mapping[str, Any] | Source, ...] = (MOU,),
    butir: tuple[Mapping[str, Any], ...] = (),
    extra: tuple[Mapping[str, Any], ...] = (),
) -> MemoryRegister:
    """The register of the sound records; `changes` spoil a lembaga by its id, `extra` are further lembaga."""
    register = MemoryRegister()
    for entry in (POLTEK, JAYA, LAIN, *extra):
        tree = spoiled(entry, (changes or {}).get(entry["id"], {}))
        model: type[Institusi] | type[Mitra] = Institusi if tree["jenis"] == "institusi" else Mitra
        register.lembaga_[tree["id"]] = model.model_validate(tree)
    register.bentuk_ = {k: Bentuk(k, k.title(), frozenset()) for k in ("magang", "pelatihan", "seminar")}
    for point in butir:
        register.butir_[point["id"]] = Butir.model_validate(point)
    for record in naskah:
        source = record if isinstance(record, Source) else from_tree(record, f"data/{record['id']}.yaml")
        found = summarize(source, register)
        assert found is not None
        register.add_naskah(found)
    return register


def judged(
    record: Mapping[str, Any], register: MemoryRegister | None = None, *, today: date = TODAY, name: str = "<dict>"
) -> Hasil:
    """`record` held against every rule, itself not in the register unless the caller put it there."""
    known = register if register is not None else a_register(naskah=(MOU,) if record.get("id") != "mou-jaya" else ())
    return validate(from_tree(record, name), known, today)


def found(result: Hasil, code: str) -> list[Problem]:
    """The problems of this code."""
    return [p for p in result.problems if p.code == code]


def codes(result: Hasil) -> list[str]:
    """The codes found, in order."""
    return [p.code for p in result.problems]
