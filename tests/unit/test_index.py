"""The index of a run: the same answers as a register in memory, in a file."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ksdocs.index import IndexFile, IndexRegister, Lookup, latest_lines
from ksdocs.models.lengkap import RingkasanNaskah
from ksdocs.problems import OutputError
from ksdocs.register import MemoryRegister

IDS = ["a", "b", "c"]
NUMBERS = ["1/MOU", "2 / mou", "1/mou", "３"]
days = st.none() | st.dates(date(2000, 1, 1), date(2100, 1, 1))
entries = st.builds(
    RingkasanNaskah,
    id=st.sampled_from(IDS),
    jenis=st.sampled_from(["mou", "pks"]),
    tahap=st.sampled_from(["draf", "ditandatangani"]),
    tentang=st.text(max_size=5),
    nomor=st.lists(st.sampled_from(NUMBERS), max_size=2).map(tuple),
    tanggal=days,
    mulai=days,
    berakhir=days,
    pihak=st.just(("x", "y")),
    bentuk=st.frozensets(st.sampled_from(["magang", "kuliah_tamu"])),
    tempat=st.just("t"),
    kunci=st.sampled_from(["f#0", "f#1", "g\udcff#0"]),
)


@given(st.lists(entries, max_size=5), st.lists(entries, max_size=8))
def test_an_index_answers_as_a_register_in_memory_does(
    known: list[RingkasanNaskah], run: list[RingkasanNaskah]
) -> None:
    base, together = MemoryRegister(), MemoryRegister()
    for entry in known:
        base.add_naskah(entry)
        together.add_naskah(entry)
    with TemporaryDirectory() as folder:
        index = IndexFile(Path(folder) / "index.sqlite")
        for entry in run:
            index.enter(entry)
            together.add_naskah(entry)
        index.publish()
        lookup = Lookup(index.file)
        indexed = IndexRegister(base, lookup)
        for ident in [*IDS, "?"]:
            assert list(indexed.bernama(ident)) == list(together.bernama(ident))
            assert indexed.naskah(ident) == together.naskah(ident)
        for number in [*NUMBERS, "?"]:
            assert sorted(map(str, indexed.bernomor(number))) == sorted(map(str, together.bernomor(number)))
        lookup.close()
        index.close()


def test_what_the_data_folder_says_of_others_is_shared_not_copied() -> None:
    base = MemoryRegister()
    with TemporaryDirectory() as folder:
        index = IndexFile(Path(folder) / "index.sqlite")
        index.publish()
        lookup = Lookup(index.file)
        over = IndexRegister(base, lookup)
        assert all(getattr(over, name) is getattr(base, name) for name in vars(base))
        lookup.close()
        index.close()


def test_the_first_to_want_a_name_has_it_and_an_earlier_run_before_it(tmp_path: Path) -> None:
    index = IndexFile(tmp_path / "index.sqlite")
    index.claim("a-b", "a-b")
    index.claim("a-b", "a_b")
    index.claim("c", "c")
    index.claim("c", "dari-dulu", first=False)
    index.publish()
    lookup = Lookup(index.file)
    assert [lookup.owner_of(name) for name in ("a-b", "c", "?")] == ["a-b", "dari-dulu", None]
    lookup.close()
    index.close()


def test_what_the_database_cannot_do_is_told_as_what_the_system_refused(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="KS706"):
        IndexFile(tmp_path / "tidak" / "ada.sqlite")


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 99)), max_size=20))
def test_of_many_lines_the_last_of_each_key_stays_where_the_first_stood(lines: list[tuple[str, int]]) -> None:
    with TemporaryDirectory() as folder:
        found = list(latest_lines(Path("x"), Path(folder) / "w.sqlite", lines))
    assert found == list(dict(lines).values())
