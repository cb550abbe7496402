"""Copies of templates: what they were copied from, who changed them since, and bringing them up to date."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

import samples
from cli_runs import Run, call
from docx_specimens import docx, p
from ksdocs.problems import KsdocsError
from ksdocs.templat.banding import Berkas, Keadaan, compare
from ksdocs.templat.berkas import upstream
from ksdocs.templat.kunci import LOCK, ORIGINALS, load
from ksdocs.templat.perbarui import Hasil, accept, carry_out, plan
from ksdocs.templat.salin import copy_kind
from ksdocs.workspace import Origin, Root, Workspace

CLAUSE = "klausul/premis.md"
DAY = "2026-11-27"


class Office:
    """An office that copied the MoU from a ksdocs whose next version is written by the test."""

    def __init__(self, folder: Path) -> None:
        self.own, self.shipped = folder / "kantor" / "templates", folder / "ksdocs" / "templates"
        shutil.copytree(samples.TEMPLATES, self.shipped)
        copy_kind(self.workspace, "mou", self.own)

    @property
    def workspace(self) -> Workspace:
        own = Root(self.own, Origin.WORKSPACE, "./templates")
        return Workspace(self.own.parent, (own, Root(self.shipped, Origin.SHIPPED, "ksdocs")), ())

    def files(self) -> dict[str, Berkas]:
        found = compare(self.own, upstream(self.workspace), load(self.own))
        return {f"{group}/{one.nama}": one for group, files in found.items() for one in files}

    def state(self, name: str) -> Keadaan:
        return self.files()[name].keadaan

    def upgrade(self) -> Hasil:
        lock = load(self.own)
        return carry_out(plan(self.files().values(), lock), lock, DAY)

    def replace(self, where: Path, old: str, new: str) -> None:
        text = where.read_text(encoding="utf-8")
        assert old in text
        where.write_text(text.replace(old, new, 1), encoding="utf-8")

    def clause(self, *, ours: bool) -> Path:
        return (self.own if ours else self.shipped) / "mou" / CLAUSE


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def tree(folder: Path) -> dict[str, bytes]:
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def first_line_of_text(file: Path) -> str:
    """The first line of the clause's body."""
    body = file.read_text(encoding="utf-8").split("+++\n", 2)[2]
    return next(line for line in body.split("\n") if line.strip())


# ---------------------------------------------------------------------- copies


def test_a_copy_holds_the_kind_and_what_it_shares_and_nothing_else(office: Office) -> None:
    made = set(tree(office.own))
    assert {"mou/jenis.toml", "mou/naskah.docx", "substansi.toml", "klausul/lampiran.md", LOCK, ORIGINALS} <= made
    assert not [name for name in made if name.startswith(("pks", "forms"))]
    assert "mou/naskah.txt" not in made


def test_a_form_is_copied_alone(office: Office, tmp_path: Path) -> None:
    copy_kind(office.workspace, "usulan", tmp_path / "lain")
    assert set(tree(tmp_path / "lain")) == {"forms/usulan/jenis.toml", "forms/usulan/naskah.docx", LOCK, ORIGINALS}


def test_a_kind_that_was_copied_is_not_copied_again(office: Office) -> None:
    office.clause(ours=True).write_text("milik kantor", encoding="utf-8")
    before = tree(office.own)
    with pytest.raises(KsdocsError) as caught:
        copy_kind(office.workspace, "mou", office.own)
    assert [p.code for p in caught.value.problems] == ["KS881"]
    assert tree(office.own) == before


def test_shared_clauses_that_the_office_has_stay_when_another_kind_is_copied(office: Office) -> None:
    shared = office.own / "klausul" / "lampiran.md"
    office.replace(shared, "+++", "+++\n# kantor")
    made = copy_kind(office.workspace, "pks", office.own)
    assert made.ada == ("bersama",) and "# kantor" in shared.read_text(encoding="utf-8")
    assert office.state("bersama/klausul/lampiran.md") is Keadaan.DIUBAH


def test_a_lock_that_cannot_be_read_is_told_and_nothing_is_written(office: Office) -> None:
    (office.own / LOCK).write_text('{"kunci": 1, "berkas": [', encoding="utf-8")
    before = tree(office.own)
    with pytest.raises(KsdocsError) as caught:
        copy_kind(office.workspace, "pks", office.own)
    assert [p.code for p in caught.value.problems] == ["KS882"]
    assert tree(office.own) == before


# ---------------------------------------------------------------------- states


def test_what_nobody_touched_is_as_shipped(office: Office) -> None:
    assert {one.keadaan for one in office.files().values()} == {Keadaan.SAMA}


def test_each_side_of_a_change_is_told(office: Office) -> None:
    office.replace(office.clause(ours=True), "+++", "+++\n# kantor")
    assert office.state(f"mou/{CLAUSE}") is Keadaan.DIUBAH
    office.replace(office.clause(ours=False), "+++", "+++\n# versi baru")
    assert office.state(f"mou/{CLAUSE}") is Keadaan.KEDUANYA
    office.replace(office.shipped / "mou" / "jenis.toml", 'id = "mou"', 'id = "mou" # baru')
    assert office.state("mou/jenis.toml") is Keadaan.BARU
    shutil.copy(office.clause(ours=False), office.clause(ours=True))
    assert office.state(f"mou/{CLAUSE}") is Keadaan.SAMA


def test_files_that_one_side_added_or_took_away_are_told(office: Office) -> None:
    (office.shipped / "mou" / "klausul" / "etika.md").write_text("+++\n+++\nEtika.", encoding="utf-8")
    (office.own / "mou" / "klausul" / "kantor.md").write_text("+++\n+++\nKantor.", encoding="utf-8")
    (office.shipped / "mou" / "klausul" / "monev.md").unlink()
    (office.own / "mou" / "klausul" / "hki.md").unlink()
    told = {name: office.state(f"mou/klausul/{name}.md") for name in ("etika", "kantor", "monev", "hki")}
    assert told == {
        "etika": Keadaan.TAMBAHAN, "kantor": Keadaan.SENDIRI, "monev": Keadaan.DICABUT, "hki": Keadaan.DIHAPUS,
    }  # fmt: skip


def test_what_an_editor_does_to_ends_of_lines_is_no_change(office: Office) -> None:
    file = office.clause(ours=True)
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes().replace(b"\n", b"\r\n"))
    assert office.state(f"mou/{CLAUSE}") is Keadaan.SAMA


def test_files_of_word_that_are_open_are_nobodys_templates(office: Office) -> None:
    (office.own / "mou" / "~$naskah.docx").write_bytes(b"x")
    assert "mou/~$naskah.docx" not in office.files()


# ---------------------------------------------------------------------- upgrades: three officers


def next_version(office: Office) -> None:
    """ksdocs changes a clause, the description and the layout of the MoU, adds a clause and takes one away."""
    clause = office.clause(ours=False)
    clause.write_text(clause.read_text(encoding="utf-8") + "Kalimat baru dari ksdocs.\n", encoding="utf-8")
    office.replace(office.shipped / "mou" / "jenis.toml", "# Urutan pasal.", "# Urutan pasal (baru).")
    (office.shipped / "mou" / "naskah.docx").write_bytes(docx(p("{{ tentang }} versi baru")))
    (office.shipped / "mou" / "klausul" / "etika.md").write_text("+++\n+++\nEtika.\n", encoding="utf-8")
    (office.shipped / "mou" / "klausul" / "monev.md").unlink()


def test_an_officer_who_changed_nothing_gets_the_new_version_whole(office: Office) -> None:
    next_version(office)
    done = office.upgrade()
    assert done.masalah == () and not any(step.masalah for step in done.langkah)
    for name in ("jenis.toml", "naskah.docx", CLAUSE, "klausul/etika.md"):
        assert (office.own / "mou" / name).read_bytes() == (office.shipped / "mou" / name).read_bytes()
    assert not (office.own / "mou" / "klausul" / "monev.md").exists()
    assert {one.keadaan for one in office.files().values()} == {Keadaan.SAMA}


def test_what_was_replaced_or_taken_away_is_kept(office: Office) -> None:
    before = tree(office.own)
    next_version(office)
    done = office.upgrade()
    assert done.cadangan == office.own.parent / "templates-cadangan" / DAY
    kept = tree(done.cadangan)
    assert set(kept) == {"mou/jenis.toml", "mou/naskah.docx", f"mou/{CLAUSE}", "mou/klausul/monev.md"}
    assert all(before[name] == data for name, data in kept.items())


def test_an_officer_who_changed_a_clause_elsewhere_gets_both_changes(office: Office) -> None:
    ours = office.clause(ours=True)
    line = first_line_of_text(ours)
    office.replace(ours, line, "Kata-kata kantor.")
    next_version(office)
    done = office.upgrade()
    text = ours.read_text(encoding="utf-8")
    assert "Kata-kata kantor." in text and "Kalimat baru dari ksdocs." in text and line not in text
    assert [str(s.tindakan) for s in done.langkah if s.berkas.nama == CLAUSE] == ["gabung"]
    assert office.state(f"mou/{CLAUSE}") is Keadaan.DIUBAH
    assert office.upgrade().langkah == ()


def test_an_officer_who_changed_the_same_words_keeps_them_and_sees_both(office: Office) -> None:
    ours, theirs = office.clause(ours=True), office.clause(ours=False)
    line = first_line_of_text(ours)
    office.replace(ours, line, "Kata-kata kantor.")
    office.replace(theirs, line, "Kata-kata ksdocs.")
    before = ours.read_bytes()
    done = office.upgrade()
    (step,) = done.langkah
    assert [p.code for p in step.masalah] == ["KS885"]
    told = step.masalah[0].message("id")
    assert "Kata-kata kantor." in told and "Kata-kata ksdocs." in told
    assert step.masalah[0].at.line == before.decode().split("\n").index("Kata-kata kantor.") + 1
    assert ours.read_bytes() == before
    beside = ours.with_name("premis.baru.txt")
    assert step.di_samping == beside and beside.read_bytes() == theirs.read_bytes()
    assert office.state(f"mou/{CLAUSE}") is Keadaan.KEDUANYA  # the lock did not move
    assert office.upgrade().langkah[0].di_samping == beside  # nor does a second run pile up copies


def test_an_officer_who_changed_the_layout_keeps_it_and_gets_the_new_one_beside(office: Office) -> None:
    layout = office.own / "mou" / "naskah.docx"
    layout.write_bytes(docx(p("{{ tentang }} kop kantor")))
    before = layout.read_bytes()
    next_version(office)
    done = office.upgrade()
    (left,) = [step for step in done.langkah if step.masalah]
    assert [p.code for p in left.masalah] == ["KS886"]
    assert layout.read_bytes() == before
    assert left.di_samping == layout.with_name("naskah.baru.docx")
    assert left.di_samping.read_bytes() == (office.shipped / "mou" / "naskah.docx").read_bytes()
    assert office.state("mou/naskah.docx") is Keadaan.KEDUANYA


def test_what_an_officer_made_of_the_new_layout_is_not_overwritten_either(office: Office) -> None:
    layout = office.own / "mou" / "naskah.docx"
    layout.write_bytes(docx(p("{{ tentang }} kop kantor")))
    next_version(office)
    office.upgrade()
    beside = layout.with_name("naskah.baru.docx")
    beside.write_bytes(b"sedang dikerjakan")
    office.upgrade()
    assert beside.read_bytes() == b"sedang dikerjakan"
    assert layout.with_name("naskah.baru-2.docx").exists()


def test_what_was_carried_over_by_hand_is_noted_when_the_officer_says_so(office: Office) -> None:
    layout = office.own / "mou" / "naskah.docx"
    layout.write_bytes(docx(p("{{ tentang }} kop kantor")))
    next_version(office)
    office.upgrade()
    lock = load(office.own)
    accept(office.files()["mou/naskah.docx"], lock)
    lock.keep()
    assert office.state("mou/naskah.docx") is Keadaan.DIUBAH


def test_a_merge_that_could_not_be_read_is_not_written(office: Office) -> None:
    ours, theirs = (root / "mou" / "jenis.toml" for root in (office.own, office.shipped))
    office.replace(ours, 'id = "mou"', 'id = "mou"\n\n[kantor]\nx = 1')
    theirs.write_text(theirs.read_text(encoding="utf-8") + "\n[kantor]\nx = 2\n", encoding="utf-8")
    before = ours.read_bytes()
    (step,) = office.upgrade().langkah
    assert [p.code for p in step.masalah] == ["KS887"]
    assert ours.read_bytes() == before


def test_ends_of_lines_of_the_offices_editor_stay(office: Office) -> None:
    file = office.clause(ours=True)
    line = first_line_of_text(file)
    office.replace(file, line, "Kata-kata kantor.")
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    next_version(office)
    office.upgrade()
    merged = file.read_bytes()
    assert b"ksdocs.\r\n" in merged and merged.count(b"\n") == merged.count(b"\r\n")


def test_copies_made_by_hand_get_their_note_where_nothing_was_changed(office: Office) -> None:
    (office.own / LOCK).unlink()
    (office.own / ORIGINALS).unlink()
    ours = office.clause(ours=True)
    office.replace(ours, first_line_of_text(ours), "Kata-kata kantor.")
    assert office.state(f"mou/{CLAUSE}") is Keadaan.TANPA_CATATAN
    before = ours.read_bytes()
    done = office.upgrade()
    assert [[p.code for p in s.masalah] for s in done.langkah if s.masalah] == [["KS887"]]
    assert ours.read_bytes() == before
    noted = json.loads((office.own / LOCK).read_text(encoding="utf-8"))["berkas"]["mou"]
    assert "jenis.toml" in noted and CLAUSE not in noted


def test_without_the_originals_nothing_is_merged(office: Office) -> None:
    ours = office.clause(ours=True)
    office.replace(ours, first_line_of_text(ours), "Kata-kata kantor.")
    (office.own / ORIGINALS).write_bytes(b"rusak")
    next_version(office)
    told = [p.code for step in office.upgrade().langkah for p in step.masalah]
    assert told == ["KS887"]


def test_a_file_that_cannot_be_replaced_stays_and_the_others_go_on(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows while Word has the layout open."""
    layout = office.own / "mou" / "naskah.docx"
    before = layout.read_bytes()
    next_version(office)
    whole = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target).name == "naskah.docx":
            raise PermissionError(13, "used by another process")
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    done = office.upgrade()
    assert [p.code for p in done.masalah] == ["KS703"]
    assert layout.read_bytes() == before
    monkeypatch.undo()
    assert office.state("mou/naskah.docx") is Keadaan.BARU
    assert office.state("mou/jenis.toml") is Keadaan.SAMA
    assert not list(office.own.rglob("*.tmp"))


def test_an_upgrade_that_broke_off_before_the_lock_was_written_mends_itself(office: Office) -> None:
    next_version(office)
    for name in ("jenis.toml", "naskah.docx"):
        shutil.copy(office.shipped / "mou" / name, office.own / "mou" / name)
    assert office.state("mou/naskah.docx") is Keadaan.SAMA
    office.upgrade()
    assert {one.keadaan for one in office.files().values()} == {Keadaan.SAMA}
    assert plan(office.files().values(), load(office.own)) == []


# ---------------------------------------------------------------------- the commands


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with a copy of the MoU."""
    monkeypatch.chdir(tmp_path)
    assert call(["template", "copy", "mou"]).code == 0
    return tmp_path


def status() -> Run:
    return call(["template", "status"])


def test_status_and_list_tell_what_the_office_changed(here: Path) -> None:
    assert "Tidak ada yang perlu diperbarui" in status().out
    file = here / "templates" / "mou" / CLAUSE
    file.write_text(file.read_text(encoding="utf-8") + "Tambahan kantor.\n", encoding="utf-8")
    assert f"~ {CLAUSE}" in status().out
    assert "diubah kantor" in call(["template", "list"]).out
    assert "templat kantor sesuai versi ini" in call(["doctor"]).out


def test_without_templates_of_ones_own_there_is_nothing_to_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = call(["template", "upgrade"])
    assert (run.code, "KS883" in run.err) == (1, True)


def old_copy(here: Path, name: str, change: tuple[str, str]) -> Path:
    """A file of the office as if it had been copied from an older ksdocs, in which `change` read otherwise."""
    file = here / "templates" / "mou" / name
    now, before = change
    old = file.read_text(encoding="utf-8").replace(now, before, 1).encode()
    lock = load(here / "templates")
    lock.note("mou", name, old)
    lock.keep()
    file.write_bytes(old)
    return file


def test_a_dry_run_tells_and_writes_nothing_and_the_run_after_it_does_it(here: Path) -> None:
    file = old_copy(here, "jenis.toml", ("# Urutan pasal.", "# Urutan pasal (lama)."))
    assert "1 berkas templat kantor punya versi baru" in call(["doctor"]).out
    before = tree(here)
    dry = call(["template", "upgrade", "mou", "--dry-run"])
    assert dry.code == 0 and "diganti dengan versi baru" in dry.out and tree(here) == before
    done = call(["template", "upgrade"])
    assert done.code == 0 and "1 diambil, 0 masih menunggu" in done.out
    assert file.read_bytes() == (samples.TEMPLATES / "mou" / "jenis.toml").read_bytes()


def test_a_conflict_ends_with_one_until_the_officer_has_decided(here: Path) -> None:
    file = old_copy(here, "jenis.toml", ("# Urutan pasal.", "# Urutan pasal (lama)."))
    file.write_bytes(file.read_bytes().replace(b"(lama)", b"(kantor)"))
    run = call(["template", "upgrade"])
    assert run.code == 1 and "KS885" in run.out and "(kantor)" in run.out
    assert (here / "templates" / "mou" / "jenis.baru.toml").exists()
    done = call(["template", "upgrade", "--done", str(file)])
    assert done.code == 0 and call(["template", "upgrade"]).code == 0
    assert b"(kantor)" in file.read_bytes()
    assert call(["template", "upgrade", "--done", "templates/lain.md"]).code == 2


def test_layouts_that_both_changed_are_compared_as_text(here: Path) -> None:
    layout = here / "templates" / "mou" / "naskah.docx"
    lock = load(here / "templates")
    lock.note("mou", "naskah.docx", docx(p("versi lama")))
    lock.keep()
    layout.write_bytes(docx(p("kop kantor {{ tentang }}")))
    run = call(["template", "upgrade"])
    assert run.code == 1 and "KS886" in run.out
    assert "-versi lama" in run.out and "naskah.baru.docx" in run.out
    beside = layout.with_name("naskah.baru.docx")
    assert beside.is_file()
    assert call(["template", "upgrade", "--done", str(layout)]).code == 0
    assert not beside.exists() and layout.read_bytes() == docx(p("kop kantor {{ tentang }}"))


def test_without_a_note_a_layout_is_held_against_the_offices_own(here: Path) -> None:
    layout = here / "templates" / "mou" / "naskah.docx"
    layout.write_bytes(docx(p("kop kantor {{ tentang }}")))
    for name in (LOCK, ORIGINALS):
        (here / "templates" / name).unlink()
    run = call(["template", "upgrade"])
    assert run.code == 1 and "KS887" in run.out and "-kop kantor {{ tentang }}" in run.out


def test_templates_that_no_longer_work_after_an_upgrade_are_told_with_the_way_back(here: Path) -> None:
    old_copy(here, "jenis.toml", ("# Urutan pasal.", "# Urutan pasal (lama)."))
    clause = here / "templates" / "mou" / CLAUSE
    clause.write_text("bukan klausul", encoding="utf-8")
    run = call(["template", "upgrade"])
    assert run.code == 1 and "kembalikan berkasnya dari folder cadangan" in run.out


def test_an_older_ksdocs_takes_nothing_back(here: Path) -> None:
    """As when two machines share a folder and one of them has not been brought up to date."""
    old_copy(here, "jenis.toml", ("# Urutan pasal.", "# Urutan pasal (lebih baru)."))
    lock = here / "templates" / LOCK
    lock.write_text(lock.read_text(encoding="utf-8").replace('"ksdocs": "', '"ksdocs": "99.'), encoding="utf-8")
    before = tree(here)
    for words in (["template", "upgrade"], ["template", "upgrade", "--done", "templates/mou/jenis.toml"]):
        run = call(words)
        assert run.code == 2 and "perbarui dulu ksdocs" in run.err
    assert "perbarui dulu ksdocs" in status().out
    assert "perbarui dulu ksdocs" in call(["doctor"]).out
    assert tree(here) == before
