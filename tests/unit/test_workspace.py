"""Which folder wins, and what happens when none does."""

from __future__ import annotations

import dataclasses
import os
import pickle
from pathlib import Path

import pytest

from ksdocs.problems import KsdocsError, LibraryError, Problem
from ksdocs.workspace import Origin, Workspace, shipped


def make_kind(root: Path, *folders: str) -> Path:
    for folder in folders:
        (root / folder).mkdir(parents=True)
        (root / folder / "jenis.toml").write_text('id = "x"\n', encoding="utf-8")
    return root


def only_problem(caught: pytest.ExceptionInfo[KsdocsError]) -> Problem:
    (problem,) = caught.value.problems
    return problem


def test_an_argument_wins_over_the_environment_the_workspace_and_the_shipped_folder(tmp_path: Path) -> None:
    given = make_kind(tmp_path / "given", "mou")
    named = make_kind(tmp_path / "named", "mou", "pks")
    make_kind(tmp_path / "templates", "mou", "pks", "ia")
    here = Workspace.discover(tmp_path, {"KSDOCS_TEMPLATES": str(named)}, templates=given)
    assert here.find_kind("mou").folder == given / "mou"
    assert here.find_kind("pks").folder == named / "pks"
    assert here.find_kind("ia").folder == tmp_path / "templates" / "ia"
    assert [r.origin for r in here.templates] == list(Origin)


def test_what_won_and_what_was_tried_before_is_told(tmp_path: Path) -> None:
    make_kind(tmp_path / "templates", "pks")
    (tmp_path / "given").mkdir()
    found = Workspace.discover(tmp_path, {}, templates=Path("given")).find_kind("pks")
    assert (found.won_by.origin, found.won_by.named_by) == (Origin.WORKSPACE, "./templates")
    assert [r.named_by for r in found.tried] == ["--templates", "./templates"]


def test_the_first_folder_that_has_the_kind_wins_whole(tmp_path: Path) -> None:
    """A kind without its clauses is not completed from another folder: mixing is never a surprise."""
    make_kind(tmp_path / "templates", "mou")
    make_kind(tmp_path / "named", "mou")
    (tmp_path / "named" / "mou" / "klausul").mkdir()
    here = Workspace.discover(tmp_path, {"KSDOCS_TEMPLATES": "named"}, templates=tmp_path / "templates")
    assert here.find_kind("mou").folder == tmp_path / "templates" / "mou"
    assert not (here.find_kind("mou").folder / "klausul").exists()


def test_a_folder_without_jenis_toml_is_no_kind(tmp_path: Path) -> None:
    (tmp_path / "templates" / "klausul").mkdir(parents=True)
    with pytest.raises(LibraryError) as caught:
        Workspace.discover(tmp_path, {}).find_kind("klausul")
    assert only_problem(caught).code == "KS002"


def test_a_form_is_found_in_forms_under_its_id_with_either_dash(tmp_path: Path) -> None:
    make_kind(tmp_path / "templates", "forms/notulen", "forms/daftar-hadir")
    here = Workspace.discover(tmp_path, {})
    assert here.find_kind("notulen").folder == tmp_path / "templates" / "forms" / "notulen"
    assert here.find_kind("daftar_hadir").folder == tmp_path / "templates" / "forms" / "daftar-hadir"
    assert {"notulen", "daftar_hadir"} <= set(here.kinds())


def test_a_copy_of_a_folder_with_an_odd_name_is_no_kind_and_stops_nothing(tmp_path: Path) -> None:
    make_kind(tmp_path / "templates", "mou", "mou (salinan)", "Mou2")
    assert {"mou"} <= set(Workspace.discover(tmp_path, {}).kinds())


def test_an_unknown_kind_names_the_nearest_ones(tmp_path: Path) -> None:
    make_kind(tmp_path / "templates", "mou", "pks", "forms/notulen")
    with pytest.raises(LibraryError) as caught:
        Workspace.discover(tmp_path, {}).find_kind("notula")
    assert only_problem(caught).params == {"jenis": "notula", "pilihan": "notulen"}
    assert "notulen" in only_problem(caught).hint("id")


@pytest.mark.parametrize("kind", ["../rahasia", "/etc", "", ".", "mou/../../rahasia", "MOU", "a\0b", "x" * 300])
def test_a_kind_from_a_record_never_leads_out_of_the_templates(tmp_path: Path, kind: str) -> None:
    make_kind(tmp_path, "rahasia", "templates/mou")
    with pytest.raises(LibraryError) as caught:
        Workspace.discover(tmp_path, {}).find_kind(kind)
    assert only_problem(caught).code == "KS002"


@pytest.mark.parametrize(
    "name", ["../rahasia.toml", "/etc/passwd", "", "institusi/../../rahasia.toml", "..", "a\\b", "x" * 300]
)
def test_a_data_name_from_a_record_never_leads_out_of_the_data(tmp_path: Path, name: str) -> None:
    (tmp_path / "data" / "institusi").mkdir(parents=True)
    (tmp_path / "rahasia.toml").touch()
    with pytest.raises(LibraryError) as caught:
        Workspace.discover(tmp_path, {}).find_data(name)
    assert only_problem(caught).code == "KS004"


def test_data_come_from_the_first_folder_that_exists(tmp_path: Path) -> None:
    (tmp_path / "data" / "institusi").mkdir(parents=True)
    (tmp_path / "lain").mkdir()
    environ = {"KSDOCS_DATA": "lain"}
    assert Workspace.discover(tmp_path, {}).data_folder().folder == tmp_path / "data"
    assert Workspace.discover(tmp_path, environ).data_folder().folder == tmp_path / "lain"
    assert Workspace.discover(tmp_path, environ, data=Path("data")).data_folder().won_by.named_by == "--data"


def test_a_profile_is_found_in_the_first_folder_that_has_it(tmp_path: Path) -> None:
    for folder, name in (("data", "a"), ("lain", "a"), ("lain", "b")):
        file = tmp_path / folder / "institusi" / f"{name}.toml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
    here = Workspace.discover(tmp_path, {"KSDOCS_DATA": "lain"}, data=Path("data"))
    assert here.find_data("institusi/a.toml").folder == tmp_path / "data" / "institusi" / "a.toml"
    assert here.find_data("institusi/b.toml").folder == tmp_path / "lain" / "institusi" / "b.toml"


def test_a_missing_profile_names_those_there_are(tmp_path: Path) -> None:
    (tmp_path / "data" / "institusi").mkdir(parents=True)
    (tmp_path / "data" / "institusi" / "polibatam.toml").touch()
    with pytest.raises(LibraryError) as caught:
        Workspace.discover(tmp_path, {}).find_data("institusi/polibatan.toml")
    assert only_problem(caught).params["pilihan"] == "polibatam"


def test_a_missing_shared_file_is_one_problem(tmp_path: Path) -> None:
    with pytest.raises(LibraryError) as caught:
        Workspace.discover(tmp_path, {}).find_shared("tidak-ada.toml")
    assert only_problem(caught).code == "KS003"


def test_shared_files_come_from_the_first_folder_that_has_them(tmp_path: Path) -> None:
    make_kind(tmp_path / "templates", "mou")
    (tmp_path / "named").mkdir()
    (tmp_path / "named" / "substansi.toml").touch()
    here = Workspace.discover(tmp_path, {"KSDOCS_TEMPLATES": "named"}, templates=Path("templates"))
    assert here.find_shared("substansi.toml").folder == tmp_path / "named" / "substansi.toml"


def test_a_folder_named_on_purpose_must_exist_and_all_that_do_not_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(KsdocsError) as caught:
        Workspace.discover(tmp_path, {"KSDOCS_TEMPLATES": "tidak"}, data=Path("juga-tidak"))
    assert [(p.code, p.params["asal"]) for p in caught.value.problems] == [
        ("KS001", "KSDOCS_TEMPLATES"),
        ("KS001", "--data"),
    ]


def test_an_empty_environment_variable_is_as_good_as_none(tmp_path: Path) -> None:
    here = Workspace.discover(tmp_path, {"KSDOCS_TEMPLATES": "", "KSDOCS_DATA": ""})
    assert [r.origin for r in here.templates] == [Origin.WORKSPACE, Origin.SHIPPED]


def test_the_environment_is_read_only_from_what_is_passed_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KSDOCS_TEMPLATES", str(tmp_path / "tidak-ada"))
    assert Origin.ENVIRONMENT not in [r.origin for r in Workspace.discover(tmp_path, {}).templates]
    with pytest.raises(KsdocsError):
        Workspace.discover(tmp_path, os.environ)


def test_working_in_the_checkout_names_its_folders_once(checkout: Path) -> None:
    here = Workspace.discover(checkout, {})
    assert [r.origin for r in here.templates] == [Origin.WORKSPACE]
    assert here.data_folder().folder == shipped("data")


def test_the_shipped_folders_of_an_editable_install_are_those_of_the_checkout(checkout: Path) -> None:
    assert shipped("templates") == checkout / "templates"
    assert shipped("data") == checkout / "data"


def test_a_shipped_folder_that_is_missing_is_a_fault_of_the_installation() -> None:
    with pytest.raises(KsdocsError) as caught:
        shipped("tidak-ada")
    assert (only_problem(caught).code, caught.value.exit_code) == ("KS005", 3)


def test_a_workspace_is_a_value(tmp_path: Path) -> None:
    here = Workspace.discover(tmp_path, {})
    assert here == Workspace.discover(tmp_path, {}) == pickle.loads(pickle.dumps(here))
    with pytest.raises(dataclasses.FrozenInstanceError):
        here.cwd = tmp_path  # type: ignore[misc]
