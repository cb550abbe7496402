"""The measures of a year: what each is called, what it counts, and its figure. Programme and indicators name them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from ksdocs.laporan.bahan import Bahan, kegiatan_key, naskah_key, naskah_keys
from ksdocs.laporan.kepuasan import mean_of, response_of
from ksdocs.laporan.pelaksanaan import OPERASIONAL, active, resting
from ksdocs.laporan.status import Keadaan
from ksdocs.laporan.tabel import Sel, count
from ksdocs.models import NASKAH, Naskah
from ksdocs.models.lembaga import KelasLembaga

_PERSEN: Final = Decimal("0.1")
"""To what a percentage is rounded, half up."""


@dataclass(frozen=True, slots=True)
class Ukuran:
    """A measure: its name and definition as people read them, and its unit (`Sel.satuan`)."""

    id: str
    nama: str
    arti: str
    satuan: str = ""


UKURAN: Final[Mapping[str, Ukuran]] = {
    one.id: one
    for one in (
        Ukuran("mou_baru", "MoU baru", "MoU yang ditandatangani dalam tahun laporan, sampai hari laporan."),
        Ukuran("pks_baru", "PKS baru", "PKS yang ditandatangani dalam tahun laporan, sampai hari laporan."),
        Ukuran("ia_baru", "IA baru", "IA yang ditandatangani dalam tahun laporan, sampai hari laporan."),
        Ukuran(
            "naskah_baru",
            "Naskah baru",
            "MoU, PKS, IA, dan adendum yang ditandatangani dalam tahun laporan, sampai hari laporan; perpanjangan ikut"
            " terhitung.",
        ),
        Ukuran(
            "naskah_berlaku", "Naskah berlaku", "Naskah yang berlaku pada hari laporan; pada hari terakhirnya masih."
        ),
        Ukuran("mou_berlaku", "MoU berlaku", "MoU yang berlaku pada hari laporan."),
        Ukuran("pks_berlaku", "PKS berlaku", "PKS yang berlaku pada hari laporan."),
        Ukuran("mitra_berlaku", "Mitra aktif", "Mitra dengan sedikitnya satu naskah yang berlaku pada hari laporan."),
        Ukuran(
            "mitra_baru", "Mitra baru", "Mitra yang naskah pertamanya dalam data ditandatangani dalam tahun laporan."
        ),
        Ukuran("mitra_lokal", "Mitra lokal/wilayah", "Mitra aktif pada naskah berlaku yang tingkatnya lokal."),
        Ukuran("mitra_nasional", "Mitra nasional", "Mitra aktif pada naskah berlaku yang tingkatnya nasional."),
        Ukuran(
            "mitra_internasional",
            "Mitra internasional",
            "Mitra aktif pada naskah berlaku yang tingkatnya internasional.",
        ),
        Ukuran("mitra_industri", "Mitra industri", "Mitra aktif yang kelasnya industri."),
        Ukuran(
            "kegiatan_terlaksana",
            "Kegiatan terlaksana",
            "Kegiatan yang sedikitnya satu harinya dalam tahun laporan dan selesai terlaksana pada hari laporan; yang"
            " dicatat beberapa rekaman dihitung sekali.",
        ),
        Ukuran("kegiatan_berbukti", "Kegiatan berbukti", "Kegiatan terlaksana yang mempunyai tautan bukti."),
        Ukuran(
            "kegiatan_berbukti_persen",
            "Bagian kegiatan berbukti",
            "Kegiatan berbukti dibagi kegiatan terlaksana.",
            "persen",
        ),
        Ukuran(
            "mou_ditindaklanjuti_persen",
            "Bagian MoU yang ditindaklanjuti",
            "MoU berlaku yang mempunyai PKS atau IA bertanda tangan, juga melalui MoU terdahulu yang diperpanjangnya,"
            " dibagi MoU berlaku.",
            "persen",
        ),
        Ukuran(
            "naskah_berkegiatan_persen",
            "Bagian PKS dan IA yang berkegiatan",
            "PKS dan IA berlaku yang kegiatannya berjalan atau terlaksana dalam tahun laporan, dibagi PKS dan IA"
            " berlaku.",
            "persen",
        ),
        Ukuran("peserta", "Peserta kegiatan", "Jumlah peserta yang dicatat pada kegiatan terlaksana.", "orang"),
        Ukuran(
            "kepuasan_rerata",
            "Rerata kepuasan mitra",
            "Rerata semua jawaban survei tahun laporan; tidak dihitung bila skala beberapa survei berbeda.",
            "rerata",
        ),
        Ukuran("respons_persen", "Tingkat respons survei", "Jawaban dibagi orang yang diundang.", "persen"),
        Ukuran("penjajakan", "Penjajakan", "Laporan penjajakan yang bertanggal dalam tahun laporan."),
        Ukuran(
            "naskah_berakhir",
            "Naskah berakhir",
            "Naskah yang hari terakhirnya dalam tahun laporan dan tidak diperpanjang: habis masa berlakunya, diakhiri,"
            " atau selesai.",
        ),
        Ukuran(
            "naskah_diperpanjang",
            "Naskah diperpanjang",
            "Naskah yang naskah penerusnya ditandatangani dalam tahun laporan.",
        ),
        Ukuran(
            "sertifikasi_kompetensi",
            "Naskah sertifikasi kompetensi",
            "Naskah berlaku yang bentuk kegiatannya, atau butir ruang lingkupnya, bersifat sertifikasi.",
        ),
        Ukuran(
            "pembelajaran_luar_prodi",
            "Naskah pembelajaran di luar program studi",
            "Naskah berlaku yang bentuk kegiatannya, atau butir ruang lingkupnya, bersifat pembelajaran di luar program"
            " studi.",
        ),
        Ukuran("nilai_baru", "Nilai naskah baru", "Jumlah nilai yang dicantumkan pada naskah baru.", "rupiah"),
    )
}
"""Id → measure, in the order in which they are told. Nothing else names or defines them."""


def measures(bahan: Bahan) -> dict[str, Sel]:
    """Every measure of `UKURAN`; None where a percentage, a mean or a sum has nothing to rest on."""
    found = {ident: cell for part in (_agreements, _partners, _doings, _rest) for ident, cell in part(bahan)}
    return {ident: found[ident] for ident in UKURAN}


Figures = Iterator[tuple[str, Sel]]


def _agreements(bahan: Bahan) -> Figures:
    new, valid = bahan.baru, bahan.berlaku
    for kind in ("mou", "pks", "ia"):
        yield f"{kind}_baru", count(naskah_keys(k for k in new if k.naskah.jenis == kind))
        yield f"{kind}_berlaku", count(naskah_keys(k for k in valid if k.naskah.jenis == kind))
    yield "naskah_baru", count(naskah_keys(new))
    yield "naskah_berlaku", count(naskah_keys(valid))
    yield "naskah_berakhir", count(naskah_keys(bahan.berakhir))
    yield "naskah_diperpanjang", count(naskah_keys(bahan.diperpanjang))
    yield "sertifikasi_kompetensi", count(naskah_keys(_with_trait(bahan, "sertifikasi")))
    yield "pembelajaran_luar_prodi", count(naskah_keys(_with_trait(bahan, "pembelajaran_luar_prodi")))
    worth = [(naskah_key(k.naskah), k.naskah.nilai) for k in new]
    yield "nilai_baru", _sum(worth, "rupiah")


def _with_trait(bahan: Bahan, trait: str) -> list[Keadaan]:
    """In force, and of a kind of activity that has the trait, or with an item that is given it in the full record."""
    having = {ident for ident, one in bahan.register.bentuk().items() if trait in one.sifat}
    own = {
        record.sumber.id
        for kind in NASKAH
        for record in bahan.register.rekaman(kind).rekaman
        if isinstance(record.isi, Naskah) and any(trait in item.sifat for item in record.isi.ruang_lingkup)
    }
    return [k for k in bahan.berlaku if k.naskah.bentuk & having or k.naskah.id in own]


def _partners(bahan: Bahan) -> Figures:
    valid = bahan.berlaku
    yield "mitra_berlaku", _partners_of(bahan, valid)
    for tingkat in ("lokal", "nasional", "internasional"):
        yield f"mitra_{tingkat}", _partners_of(bahan, (k for k in valid if k.naskah.tingkat == tingkat))
    yield "mitra_industri", _partners_of(bahan, valid, lambda ident: _is_industry(bahan, ident))
    before = {p for k in bahan.naskah if _signed_before(bahan, k) for p in bahan.mitra(k.naskah)}
    yield "mitra_baru", _partners_of(bahan, bahan.baru, lambda ident: ident not in before)


def _partners_of(bahan: Bahan, rows: Iterable[Keadaan], fits: Callable[[str], bool] = lambda _: True) -> Sel:
    return count(f"mitra:{ident}" for k in rows for ident in bahan.mitra(k.naskah) if fits(ident))


def _is_industry(bahan: Bahan, ident: str) -> bool:
    found = bahan.register.lembaga(ident)
    return found is not None and found.kelas is KelasLembaga.INDUSTRI


def _signed_before(bahan: Bahan, found: Keadaan) -> bool:
    signed = found.naskah.tahap == "ditandatangani"
    return signed and found.naskah.tanggal is not None and found.naskah.tanggal.year < bahan.tahun


def _doings(bahan: Bahan) -> Figures:
    done = [k for k in bahan.kegiatan if k.status == "terlaksana"]
    keys = [kegiatan_key(k) for k in done]
    proved = [kegiatan_key(k) for k in done if k.bukti]
    yield "kegiatan_terlaksana", count(keys)
    yield "kegiatan_berbukti", count(proved)
    yield "kegiatan_berbukti_persen", _share(proved, keys)
    yield "peserta", _sum([(kegiatan_key(k), k.peserta) for k in done], "orang")
    mou = [k.naskah for k in bahan.berlaku if k.naskah.jenis == "mou"]
    followed = resting(bahan)
    those = [naskah_key(e) for e in mou if e.id in followed]
    based = [naskah_key(k.naskah) for e in mou for k in followed.get(e.id, ())]
    yield "mou_ditindaklanjuti_persen", _share(those, [naskah_key(e) for e in mou], based)
    rows = [k.naskah for k in bahan.berlaku if k.naskah.jenis in OPERASIONAL]
    busy = active(bahan)
    at_work = [naskah_key(e) for e in rows if e.id in busy]
    yield "naskah_berkegiatan_persen", _share(at_work, [naskah_key(e) for e in rows])


def _rest(bahan: Bahan) -> Figures:
    yield "kepuasan_rerata", mean_of(bahan)
    yield "respons_persen", response_of(bahan)
    yield (
        "penjajakan",
        count(f"penjajakan:{r.isi.id}" for r in bahan.records("penjajakan") if bahan.dalam(r.isi.tanggal)),
    )


def _share(part: Sequence[str], whole: Sequence[str], more: Sequence[str] = ()) -> Sel:
    """What part of `whole` is `part`, in percent; every row of the whole stands behind it, and `more`."""
    rows = tuple(dict.fromkeys((*whole, *more)))
    if not whole:
        return Sel(None, rows, "persen")
    return Sel((Decimal(100 * len(part)) / len(whole)).quantize(_PERSEN, ROUND_HALF_UP), rows, "persen")


def _sum(rows: Sequence[tuple[str, int | Decimal | None]], satuan: str) -> Sel:
    """The sum of what is told; None where there are rows and none of them tells anything."""
    told = [(key, value) for key, value in rows if value is not None]
    if rows and not told:
        return Sel(None, (), satuan)
    total: int | Decimal = Decimal(0) if satuan == "rupiah" else 0
    for _, value in told:
        total += value
    return Sel(total, tuple(key for key, _ in told), satuan)
