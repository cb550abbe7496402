"""File names from data, and files that are whole or not there."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePath
from threading import Thread

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ksdocs import outputs
from ksdocs.outputs import (
    MAX_NAME,
    Claims,
    locked,
    require_writable,
    safe_name,
    settle,
    sweep,
    work_folder,
    write_atomically,
)
from ksdocs.problems import OutputError, Problem


def refusal(folder: Path, name: str, *, owner_id: str = "r1", claims: Claims | None = None) -> Problem:
    with pytest.raises(OutputError) as caught:
        write_atomically(folder, name, b"new", owner_id=owner_id, claims=claims)
    (problem,) = caught.value.problems
    for language in ("id", "en"):
        assert "{" not in problem.message(language) + problem.hint(language)
    return problem


def files_in(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


@given(st.text(max_size=400), st.text(max_size=200))
@example("../../etc/passwd", "..")
@example("CON", "")
@example("", "nul")
@example("x" * 300, "y" * 300)
@example("laporan.", "akhir. ")
@example("\ud800", "\udfff")
def test_any_text_becomes_a_name_that_every_system_takes(text: str, id: str) -> None:
    name = safe_name(text, id)
    assert name.isascii() and set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_")
    assert 0 < len(name + ".docx") <= MAX_NAME
    assert not PurePath(name + ".docx").name.startswith((".", "-"))
    assert name not in {"con", "prn", "aux", "nul", "com1", "lpt9"}


@given(st.lists(st.text(min_size=1, max_size=30), min_size=2, max_size=2, unique=True), st.text(max_size=30))
def test_two_records_with_one_title_have_two_names(ids: list[str], text: str) -> None:
    # An underscore and a dash are the one pair of ids that a name does not tell apart; `Claims` does.
    if ids[0].replace("_", "-") != ids[1].replace("_", "-"):
        assert safe_name(text, ids[0]) != safe_name(text, ids[1])


@pytest.mark.parametrize(
    ("text", "id", "name"),
    [
        ("PKS PT Baja Nusantara, Tbk", "pks-magang-2025", "pks-pt-baja-nusantara-tbk_pks-magang-2025"),
        ("Universität Köln", "mou_1", "universitat-koln_mou-1"),
        ("", "mou_1", "mou-1"),
        ("MoU 1", "mou_1", "mou-1"),
        ("???", "mou", "mou"),
        ("", "aux", "naskah-aux"),
    ],
)
def test_a_name_reads_like_its_document(text: str, id: str, name: str) -> None:
    assert safe_name(text, id) == name


def test_a_long_title_gives_way_before_the_id() -> None:
    assert safe_name("kerja sama " * 40, "pks-2025-017").endswith("_pks-2025-017")


def test_a_file_is_written_into_a_folder_that_is_made(tmp_path: Path) -> None:
    path = write_atomically(tmp_path / "out" / "a", "x.docx", b"isi", owner_id="r1")
    assert (path, path.read_bytes()) == (tmp_path / "out" / "a" / "x.docx", b"isi")
    assert files_in(tmp_path / "out" / "a") == ["x.docx"]


def test_a_later_run_replaces_the_file(tmp_path: Path) -> None:
    write_atomically(tmp_path, "x.docx", b"lama", owner_id="r1", claims=Claims())
    write_atomically(tmp_path, "x.docx", b"baru", owner_id="r1", claims=Claims())
    assert (tmp_path / "x.docx").read_bytes() == b"baru"
    assert files_in(tmp_path) == ["x.docx"]


def test_a_name_may_stand_in_folders_inside_the_output_folder(tmp_path: Path) -> None:
    path = write_atomically(tmp_path, "r1/asli-1.docx", b"x", owner_id="r1")
    assert path == tmp_path / "r1" / "asli-1.docx"


def test_a_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    (tmp_path / "other").touch()
    path = write_atomically(tmp_path, "x.docx", b"x", owner_id="r1")
    assert path.stat().st_mode == (tmp_path / "other").stat().st_mode


@pytest.mark.parametrize(
    "name",
    ["../x.docx", "/x.docx", "a//b.docx", "..", "", "x.", "x.docx.", "CON.docx", "com1", "a\\b", "C:x",
     "a\nb", ".x", "x" * 121],
)  # fmt: skip
def test_a_name_that_was_not_made_safe_is_a_mistake_of_the_caller(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="plain file name"):
        write_atomically(tmp_path / "out", name, b"x", owner_id="r1")
    assert files_in(tmp_path) == []


def test_two_records_never_share_a_file_in_one_run_whatever_the_case_of_its_letters(tmp_path: Path) -> None:
    claims = Claims()
    write_atomically(tmp_path, "Naskah.docx", b"satu", owner_id="r1", claims=claims)
    write_atomically(tmp_path, "Naskah.docx", b"satu lagi", owner_id="r1", claims=claims)
    problem = refusal(tmp_path, "naskah.DOCX", owner_id="r2", claims=claims)
    assert (problem.code, problem.params["pemilik"], problem.record) == ("KS701", "r1", "r2")
    assert files_in(tmp_path) == ["Naskah.docx"]
    assert (tmp_path / "Naskah.docx").read_bytes() == b"satu lagi"


def test_one_name_in_two_folders_is_two_files(tmp_path: Path) -> None:
    claims = Claims()
    for record in ("r1", "r2"):
        write_atomically(tmp_path / record, "naskah.docx", b"x", owner_id=record, claims=claims)


def test_of_many_records_that_want_one_name_at_once_a_single_one_gets_it(tmp_path: Path) -> None:
    claims, won = Claims(), []

    def claim(record: str) -> None:
        try:
            claims.claim(tmp_path, "naskah.docx", record)
            won.append(record)
        except OutputError:
            pass

    threads = [Thread(target=claim, args=(f"r{n}",)) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == 1


def test_a_link_in_the_output_folder_is_never_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "rahasia.docx"
    outside.write_bytes(b"asli")
    out = tmp_path / "out"
    out.mkdir()
    (out / "x.docx").symlink_to(outside)
    (out / "putus.docx").symlink_to(tmp_path / "tidak-ada")
    assert refusal(out, "x.docx").code == "KS705"
    assert refusal(out, "putus.docx").code == "KS705"
    assert outside.read_bytes() == b"asli"
    assert not (tmp_path / "tidak-ada").exists()
    assert (out / "x.docx").is_symlink()


def test_a_linked_folder_inside_the_output_folder_is_never_entered(tmp_path: Path) -> None:
    (tmp_path / "luar").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "r1").symlink_to(tmp_path / "luar", target_is_directory=True)
    assert refusal(tmp_path / "out", "r1/x.docx").code == "KS705"
    assert files_in(tmp_path / "luar") == []


def test_the_output_folder_itself_may_be_a_link_since_the_user_chose_it(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk", target_is_directory=True)
    write_atomically(tmp_path / "out", "x.docx", b"x", owner_id="r1")
    assert files_in(tmp_path / "disk") == ["x.docx"]


def test_a_folder_in_the_place_of_the_file_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "x.docx").mkdir()
    assert refusal(tmp_path, "x.docx").code == "KS705"


@pytest.mark.parametrize("inner", ["", "/dalam"])
def test_a_file_in_the_place_of_the_folder_is_one_clear_problem(tmp_path: Path, inner: str) -> None:
    (tmp_path / "out").write_text("bukan folder")
    problem = refusal(Path(f"{tmp_path}/out{inner}"), "x.docx")
    assert (problem.code, problem.record) == ("KS702", "r1")


def fail_at(monkeypatch: pytest.MonkeyPatch, where: str, error: OSError) -> None:
    """The operating system refuses: no machine that runs the tests has a full disk or Word at hand."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise error

    monkeypatch.setattr(where, refuse)


def test_a_file_open_in_word_keeps_its_old_content_and_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "x.docx").write_bytes(b"lama")
    fail_at(monkeypatch, "pathlib.Path.replace", PermissionError(errno.EACCES, "Access is denied"))
    problem = refusal(tmp_path, "x.docx")
    assert problem.code == "KS703"
    assert "Word" in problem.message("id")
    assert files_in(tmp_path) == ["x.docx"]
    assert (tmp_path / "x.docx").read_bytes() == b"lama"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    (tmp_path / "x.docx").write_bytes(b"lama")
    fail_at(monkeypatch, "os.fsync", OSError(number, os.strerror(number)))
    assert refusal(tmp_path, "x.docx").code == "KS704"
    assert files_in(tmp_path) == ["x.docx"]
    assert (tmp_path / "x.docx").read_bytes() == b"lama"


@pytest.mark.parametrize(("number", "code"), [(errno.EIO, "KS706"), (errno.EACCES, "KS702"), (errno.EROFS, "KS702")])
def test_other_refusals_of_the_system_leave_no_half_file_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    fail_at(monkeypatch, "os.fsync", OSError(number, os.strerror(number)))
    problem = refusal(tmp_path, "x.docx")
    assert (problem.code, problem.params["alasan"]) == (code, os.strerror(number))
    assert files_in(tmp_path) == []


def test_an_interruption_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_atomically(tmp_path, "x.docx", b"x", owner_id="r1")
    assert files_in(tmp_path) == []


def test_pieces_are_written_as_one_file(tmp_path: Path) -> None:
    path = write_atomically(tmp_path, "x.jsonl", iter([b"a\n", b"", b"b\n"]), owner_id="r1")
    assert path.read_bytes() == b"a\nb\n"


@pytest.mark.parametrize("count", [1, 40])
def test_a_group_of_files_is_brought_to_the_disk_and_what_is_gone_is_passed_over(tmp_path: Path, count: int) -> None:
    files = [write_atomically(tmp_path, f"{n}.docx", b"x", owner_id="r", durable=False) for n in range(count)]
    settle([*files, tmp_path / "tidak-ada.docx"])
    assert files_in(tmp_path) == sorted(f.name for f in files)


def test_a_disk_that_cannot_keep_a_file_is_told_when_the_group_is_brought_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = write_atomically(tmp_path, "x.docx", b"x", owner_id="r", durable=False)
    fail_at(monkeypatch, "os.fsync", OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    with pytest.raises(OutputError, match="KS704"):
        settle([file])


@pytest.mark.skipif(os.name != "posix", reason="there, asking whether a process lives may end it")
def test_only_what_a_dead_process_of_this_machine_left_is_swept(tmp_path: Path) -> None:
    home, dead = outputs._home(), 2**22 + 7
    gone = [f".a.docx.{home}.{dead}-0.tmp", f".ksdocs.{home}.{dead}-1.tmp"]
    stays = [f".a.docx.{home}.{os.getpid()}-0.tmp", f".a.docx.00000000.{dead}-0.tmp", ".a.docx.7-0.tmp", "a.docx"]
    (tmp_path / gone[1]).mkdir()
    (tmp_path / gone[1] / "index.sqlite").touch()
    for name in (gone[0], *stays):
        (tmp_path / name).touch()
    assert sweep(tmp_path) == 2
    assert files_in(tmp_path) == sorted(stays)
    assert sweep(tmp_path / "tidak-ada") == 0


def test_a_folder_for_work_is_this_runs_own(tmp_path: Path) -> None:
    one, two = work_folder(tmp_path), work_folder(tmp_path)
    assert one != two and sweep(tmp_path) == 0
    if os.name == "posix":
        assert one.stat().st_mode & 0o077 == 0


def test_whether_a_folder_takes_files_is_asked_without_a_trace(tmp_path: Path) -> None:
    require_writable(tmp_path / "a" / "b", owner_id="r")
    assert files_in(tmp_path / "a" / "b") == []
    (tmp_path / "berkas").touch()
    with pytest.raises(OutputError, match="KS702"):
        require_writable(tmp_path / "berkas" / "out", owner_id="r")


def test_who_waits_for_a_folder_is_asked_whether_to_go_on(tmp_path: Path) -> None:
    def give_up() -> None:
        raise KeyboardInterrupt

    with locked(tmp_path), pytest.raises(KeyboardInterrupt), locked(tmp_path, give_up):
        pass
    with locked(tmp_path, give_up):
        pass
