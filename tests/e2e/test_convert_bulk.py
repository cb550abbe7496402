"""PDFs of many documents: what one that goes wrong costs the others, and what is left of the programs afterwards.

Most tests put a small script in place of LibreOffice, since the real one hangs and crashes when it likes.
"""

from __future__ import annotations

import re
import subprocess
import sys
import zlib
from collections import Counter
from pathlib import Path

import pytest

from cli_runs import ROOT, ksdocs
from docx_specimens import docx as specimen
from docx_specimens import p
from fake_soffice import Fake, ended, first, settled
from ksdocs.convert.bulk import Made
from ksdocs.convert.pdf import count_pages, is_whole
from ksdocs.convert.pool import BATCH, PdfPool
from ksdocs.docx.text import read

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the script in place of LibreOffice is for POSIX")


@pytest.fixture
def fake(tmp_path: Path) -> Fake:
    return Fake(tmp_path)


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "sementara"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def agreement(text: str) -> bytes:
    return specimen(p(text))


def make(fake: Fake, texts: list[str], *, workers: int = 1, timeout_s: float = 60) -> list[str]:
    """For each document what its PDF says, or the code of what is wrong."""
    with PdfPool(workers, soffice=fake.program, timeout_s=timeout_s) as pool:
        documents = [agreement(text) for text in texts]
        calls = [pool.submit([documents[n] for n in part], _told) for part in pool.share(len(documents))]
        return [told for call in calls for told in call.result()]


def _told(_: int, made: Made) -> str:
    if isinstance(made, bytes):
        (said,) = re.findall(rb"endobj (.*)\n", made)
        return str(said.decode())
    for language in ("id", "en"):
        assert not re.search(r"\{\w+\}", made[0].message(language) + made[0].hint(language))
    return made[0].code


# ------------------------------------------------------------------ what goes wrong


@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
@pytest.mark.parametrize(("fate", "code"), [("JATUH", "KS612"), ("LEWAT", "KS612"), ("POTONG", "KS613")])
def test_a_document_that_goes_wrong_is_reported_and_all_others_come_out(
    fake: Fake, fate: str, code: str, place: int
) -> None:
    texts = [f"Naskah {n}" for n in range(3)]
    expected = list(texts)
    texts[place], expected[place] = fate, code
    assert make(fake, texts) == expected


@pytest.mark.parametrize("fate", ["BUKA-MACET", "CETAK-MACET"])
def test_a_document_that_hangs_is_reported_and_all_others_come_out(fake: Fake, fate: str) -> None:
    assert make(fake, ["Naskah 0", fate, "Naskah 2"], timeout_s=1.5) == ["Naskah 0", "KS611", "Naskah 2"]


def test_several_documents_that_go_wrong_in_several_ways_cost_no_other(fake: Fake) -> None:
    texts = ["JATUH", "Naskah 1", "LEWAT", "JATUH", "Naskah 4", "POTONG", "LEWAT", "Naskah 7", "JATUH"]
    wanted = ["KS612", "Naskah 1", "KS612", "KS612", "Naskah 4", "KS613", "KS612", "Naskah 7", "KS612"]
    assert make(fake, texts) == wanted


@pytest.mark.parametrize("fate", ["RAMAI-JATUH", "RAMAI-MACET", "KUNCI"])
def test_a_document_that_fails_in_company_is_tried_once_more_alone_with_a_fresh_profile(fake: Fake, fate: str) -> None:
    texts = ["Naskah 0", fate, "Naskah 2"]
    assert make(fake, texts, timeout_s=1.5) == texts
    *before, last = fake.calls()
    assert last[3] == 1 and last[2] not in {profile for _, _, profile, number in before if number > 1}


def test_a_hanging_document_is_waited_for_twice_whatever_the_number_of_others(fake: Fake) -> None:
    texts = ["BUKA-MACET", *(f"Naskah {n}" for n in range(20))]
    assert make(fake, texts, timeout_s=1.5)[1:] == texts[1:]
    # With all, without it, on paper, and it alone.
    assert [(ending, number) for ending, _, _, number in fake.calls()] == [
        ("fodt", 21), ("fodt", 20), ("pdf", 20), ("fodt", 1),
    ]  # fmt: skip


def test_many_slow_documents_may_take_longer_together_than_one_may_alone(fake: Fake) -> None:
    texts = [f"LAMBAT {n}" for n in range(11)]
    assert make(fake, texts, timeout_s=2) == texts
    assert len(fake.calls()) == 2


def test_a_flat_form_that_is_cut_is_not_printed(fake: Fake) -> None:
    texts = ["Naskah 0", "POTONG-XML utuh", "Naskah 2"]
    assert make(fake, texts) == ["Naskah 0", "KS613", "Naskah 2"]


def test_a_libreoffice_that_does_nothing_at_all_is_found_out_and_not_waited_for_again(tmp_path: Path) -> None:
    broken = Fake(tmp_path)
    broken.program.write_text("#!/bin/sh\necho x >> " + str(broken.log) + "; echo Rusak; exit 1\n", encoding="utf-8")
    assert make(broken, [f"Naskah {n}" for n in range(3 * BATCH)]) == ["KS615"] * 3 * BATCH
    assert len(broken.log.read_text(encoding="utf-8").splitlines()) == 3


def test_documents_that_all_go_wrong_do_not_count_as_a_broken_libreoffice(fake: Fake) -> None:
    assert make(fake, [*["JATUH"] * 6, "Naskah 6"]) == [*["KS612"] * 6, "Naskah 6"]


def test_what_is_no_document_never_reaches_libreoffice_and_a_file_that_is_gone_is_one_problem(
    fake: Fake, tmp_path: Path
) -> None:
    (tmp_path / "ada.docx").write_bytes(agreement("Naskah 0"))
    documents: list[bytes | Path] = [tmp_path / "ada.docx", b"bukan docx", tmp_path / "hilang.docx"]
    with PdfPool(soffice=fake.program) as pool:
        assert pool.submit(documents, _told).result() == ["Naskah 0", "KS402", "KS401"]
    assert {number for _, _, _, number in fake.calls()} == {1}


# ------------------------------------------------------------------ many at once


def test_libreoffice_is_started_anew_after_a_number_of_documents(fake: Fake) -> None:
    texts = [f"Naskah {n}" for n in range(2 * BATCH + 3)]
    assert make(fake, texts) == texts
    assert max(number for _, _, _, number in fake.calls()) <= BATCH
    assert len(fake.calls()) == 6


def test_two_converters_share_the_documents_and_never_a_profile(fake: Fake) -> None:
    texts = [f"LAMBAT {n}" for n in range(10)]
    assert make(fake, texts, workers=2) == texts
    assert [number for _, _, _, number in fake.calls()] == [5] * 4


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
def test_documents_are_shared_in_order_in_parts_that_differ_by_one_at_most(fake: Fake, workers: int) -> None:
    with PdfPool(workers, soffice=fake.program) as pool:
        for count in range(200):
            parts = pool.share(count)
            assert [n for part in parts for n in part] == list(range(count))
            sizes = [len(part) for part in parts]
            assert not sizes or (max(sizes) <= BATCH and max(sizes) - min(sizes) <= 1)
            assert len(sizes) <= max(-(-count // BATCH), min(workers, count // 5), 1)


# ------------------------------------------------------------------ nothing stays behind


def test_nothing_stays_of_a_pool_that_is_done(fake: Fake, temporary: Path) -> None:
    make(fake, ["Naskah 0", "JATUH", "LEWAT"], workers=2)
    assert list(temporary.iterdir()) == []


def test_a_pool_that_is_closed_stops_what_runs_and_removes_its_folders(fake: Fake, temporary: Path) -> None:
    with PdfPool(soffice=fake.program) as pool:
        running = pool.submit([agreement("HENTI"), agreement("Naskah 1")], _told)
        waiting = pool.submit([agreement("Naskah 2")], _told)
        process = first(lambda: [process for _, process, *_ in fake.calls()])
    assert ended(process) and waiting.cancelled() and running.exception() is not None
    assert list(temporary.iterdir()) == []


RUN = """\
import sys, tempfile
from pathlib import Path
from ksdocs.convert.pool import PdfPool

tempfile.tempdir = sys.argv[1]
pool = PdfPool(soffice=Path(sys.argv[2]))
pool.submit([Path(sys.argv[3])], lambda n, made: None).result()
"""


def test_what_a_killed_program_leaves_is_stopped_and_removed(fake: Fake, temporary: Path, tmp_path: Path) -> None:
    (tmp_path / "naskah.docx").write_bytes(agreement("HENTI"))
    command: list[str | Path] = [sys.executable, "-c", RUN, temporary, fake.program, tmp_path / "naskah.docx"]
    with subprocess.Popen(command) as killed:
        process = first(lambda: [process for _, process, *_ in fake.calls()])
        assert list(temporary.iterdir()) != []
        killed.kill()
    assert ended(process)
    assert settled(lambda: not list(temporary.iterdir()))


# ------------------------------------------------------------------ what is a whole PDF


def pdf(objects: bytes) -> bytes:
    start = b"%PDF-1.7\n" + objects
    return start + b"xref\n0 1\ntrailer<<>>\nstartxref\n%d\n%%%%EOF\n" % len(start)


PAGES = b"1 0 obj<</Type/Pages/Count 2>>endobj 2 0 obj<</Type/Page>>endobj 3 0 obj<</Type /Page/Parent 1 0 R>>endobj\n"


def test_pages_are_counted_and_their_tree_is_none_of_them() -> None:
    assert count_pages(pdf(PAGES)) == 2 and is_whole(pdf(PAGES))


def test_pages_are_found_in_packed_objects_and_noise_there_is_passed_over() -> None:
    packed = zlib.compress(b"<</Type/Page>><</Type/Page>>")
    head = b"4 0 obj<</Type/ObjStm/N 2/Filter/FlateDecode>>stream\n"
    assert count_pages(pdf(head + packed + b"\nendstream endobj\n")) == 2
    assert count_pages(pdf(head + b"bukan zlib\nendstream endobj\n")) == 0


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"bukan pdf",
        pdf(b""),
        pdf(b"1 0 obj<</Type/Pages/Count 0>>endobj\n"),
        pdf(PAGES)[:-9],
        pdf(PAGES)[9:],
        pdf(PAGES).replace(b"/Count 2", b""),
        pdf(PAGES) + b"lagi",
    ],
    ids=["empty", "noise", "no object", "no page", "no end", "no beginning", "a piece lacks inside", "more behind"],
)
def test_what_is_no_whole_pdf_is_told_from_one(data: bytes) -> None:
    assert not is_whole(data)


# ------------------------------------------------------------------ the real LibreOffice


@pytest.mark.libreoffice
def test_the_real_libreoffice_leaves_nothing_behind_when_it_is_stopped(temporary: Path) -> None:
    before = set(Path("/tmp").glob("OSL_PIPE_*"))
    with PdfPool() as pool:
        pool.submit([specimen(p("isi"))] * 2, lambda _, made: made)
        assert settled(lambda: bool(list(temporary.glob("*/*/*/in/*.docx"))))
    assert list(temporary.iterdir()) == []
    assert not set(Path("/tmp").glob("OSL_PIPE_*")) - before


@pytest.mark.libreoffice
@pytest.mark.poppler
def test_every_word_of_the_samples_stands_in_their_pdfs_made_in_one_go(tmp_path: Path) -> None:
    run = ksdocs("render", ROOT / "data" / "mou", ROOT / "data" / "pks", "-o", tmp_path, "--format", "pdf")
    assert run.code == 0
    files = sorted(tmp_path.glob("*.docx"))
    assert len(files) >= 24
    for file in files:
        printed = Counter(words_of_pdf(file.with_suffix(".pdf")))
        lacking = Counter(words_of_docx(file.read_bytes())) - printed
        assert not lacking, (file.name, lacking)


def words_of_docx(data: bytes) -> list[str]:
    body = read(data, parts=["word/document.xml"])
    return [word for paragraph in body for word in words(paragraph.text)]


def words_of_pdf(file: Path) -> list[str]:
    command = ["pdftotext", "-layout", str(file), "-"]
    return words(subprocess.run(command, capture_output=True, check=True).stdout.decode("utf-8"))


def words(text: str) -> list[str]:
    """Without the hyphens where lines end, in one case: headings are printed in capitals."""
    return re.findall(r"\w+", text.casefold())
