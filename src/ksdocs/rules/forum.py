"""Where disputes go (domain.md §2; KS246–KS248)."""

from __future__ import annotations

from collections.abc import Iterator

from ksdocs.models import Mou
from ksdocs.models.lengkap import NaskahLengkap
from ksdocs.models.naskah import Forum
from ksdocs.problems import Problem, problem
from ksdocs.rules.konteks import Konteks, at


def one_forum_decides(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS246: arbitration excludes the court."""
    if {Forum.BANI, Forum.PENGADILAN_NEGERI} <= set(naskah.isi.forum):
        yield problem("KS246", at("forum"))


def umbrella_needs_no_court(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS247: an MoU that binds nobody gives a court nothing to decide."""
    if isinstance(naskah.isi, Mou) and not naskah.isi.mengikat:
        for number, forum in enumerate(naskah.isi.forum, 1):
            if forum is not Forum.MUSYAWARAH:
                yield problem("KS247", at(f"forum.{number}"), forum=forum.value)


def court_has_a_name(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS248: the court is named by the record or the profile."""
    if Forum.PENGADILAN_NEGERI not in naskah.isi.forum or konteks.tanpa_profil:
        return
    if naskah.isi.pengadilan is None and naskah.profil.pengadilan is None:
        yield problem("KS248", at("pengadilan"), institusi=naskah.institusi.nama)


RULES = (one_forum_decides, umbrella_needs_no_court, court_has_a_name)
