"""A form that is only a folder, as an office would add it: the report on a visit."""

from __future__ import annotations

from typing import Any

from docx_specimens import p, table

JENIS = """
id = "kunjungan"
judul.id = "Laporan Kunjungan"
judul.en = "Visit Report"

[kendali]
kode = "FO.99.1"
versi = "V1"
tanggal = "3 Maret 2025"
unit = "Humas & Kerjasama"
penyetuju = "DIR"

[[isian]]
nama = "tanggal"
jenis = "tanggal"
label.id = "Tanggal"
wajib = true

[[isian]]
nama = "mitra"
jenis = "lembaga"
label.id = "Mitra"
wajib = true

[[isian]]
nama = "biaya"
jenis = "uang"
label.id = "Biaya"

[[isian]]
nama = "hasil"
jenis = "daftar"
label.id = "Hasil"
wajib = true

  [[isian.isian]]
  nama = "uraian"
  jenis = "teks"
  label.id = "Uraian"
  wajib = true

  [[isian.isian]]
  nama = "tindak_lanjut"
  jenis = "pilihan"
  label.id = "Tindak lanjut"
  pilihan = ["MoU", "PKS", "tidak ada"]
"""

BODY = (
    p("{{ kendali.kode }} {{ judul }}")
    + p("Tanggal {{ tanggal_hari }}, mitra {{ mitra }}")
    + p("{% if biaya %}Biaya {{ biaya_terbilang }}{% endif %}")
    + table(
        (p("No"), p("Uraian"), p("Tindak lanjut")),
        (p("{%tr for x in hasil %}"), p(), p()),
        (p("{{ x.no }}"), p("{{ x.uraian }}"), p("{{ x.tindak_lanjut }}")),
        (p("{%tr endfor %}"), p(), p()),
    )
)

PRINTED = (
    "{{ mitra }}",
    "{{ tanggal_hari }}",
    "{{ biaya_terbilang }}",
    "{{ x.uraian }}",
    "{{ x.tindak_lanjut }}",
    "{{ kendali.kode }}",
)

RECORD: dict[str, Any] = {
    "jenis": "kunjungan",
    "id": "kunjungan-1",
    "institusi": "poltek",
    "tanggal": "2025-03-17",
    "mitra": "jaya",
    "biaya": "1.500.000",
    "hasil": [{"uraian": "meninjau bengkel"}, {"uraian": "membahas magang", "tindak_lanjut": "PKS"}],
}
