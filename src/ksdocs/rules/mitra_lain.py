"""Nothing of another partner is left in the document (domain.md §6.2; KS261–KS269)."""

from __future__ import annotations

from collections.abc import Iterator

from ksdocs.models.lembaga import Kontak, Pejabat
from ksdocs.models.lengkap import NaskahLengkap, PihakLengkap
from ksdocs.problems import Problem, problem
from ksdocs.register import normal_nama, words_of
from ksdocs.rules.konteks import Konteks, at
from ksdocs.rules.sebutan import addresses_in, digits, person


def _strangers(ids: frozenset[str] | set[str], party: PihakLengkap, konteks: Konteks) -> list[str]:
    """`ids` when none of them belongs together with `party`, else nothing."""
    return [] if not ids or konteks.sebutan.related(ids, [party.lembaga.id]) else sorted(ids)


def contact_is_the_partys_own(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS265: telephone, e-mail and e-mail domain of a contact belong to no other lembaga."""
    index = konteks.sebutan
    for party in konteks.dikenal:
        contact = party.kontak
        if contact is None:
            continue
        path = f"{party.path}.kontak" + (".{}" if isinstance(party.pihak.kontak, Kontak) else "")
        if contact.telepon is not None:
            owners = _strangers(index.telepon.get(digits(contact.telepon), set()), party, konteks)
            if owners:
                yield problem("KS265", at(path.format("telepon")), isian="telepon", milik=", ".join(owners))
        if contact.surel is not None:
            address = contact.surel.casefold()
            ids = index.surel.get(address) or index.owners_of_domain(address.rpartition("@")[2])
            owners = _strangers(ids, party, konteks)
            if owners:
                yield problem("KS265", at(path.format("surel")), isian="surel", milik=", ".join(owners))


def signatory_is_the_partys_own(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS266: a signatory given with the record is not known as somebody else's."""
    index = konteks.sebutan
    for party in konteks.dikenal:
        if isinstance(party.pihak.penanda_tangan, Pejabat):
            owners = _strangers(index.orang.get(person(party.pejabat.nama), set()), party, konteks)
            if owners:
                yield problem("KS266", at(f"{party.path}.penanda_tangan.nama"), milik=", ".join(owners))


def _meant(naskah: NaskahLengkap, konteks: Konteks) -> set[str]:
    """The lembaga that may be named: the parties, what they belong to, and those named on purpose."""
    return {i for p in naskah.pihak for i in konteks.leluhur(p.lembaga)} | set(naskah.isi.disebut)


def texts_name_no_other_partner(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS267: a text names no other known lembaga, unless `disebut` says that this is meant."""
    index, meant = konteks.sebutan, _meant(naskah, konteks)
    for piece in konteks.dicetak:
        told: set[frozenset[str]] = set()
        for found in index.named_in(piece.teks):
            if not found.ids & meant and found.ids not in told:
                told.add(found.ids)
                yield problem("KS267", at(piece.path), tertulis=found.tertulis, id=", ".join(sorted(found.ids)))


def texts_hold_no_address_of_another(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS268: no e-mail address in a text belongs to another lembaga."""
    index, meant = konteks.sebutan, _meant(naskah, konteks)
    for piece in konteks.dicetak:
        for address, domain in addresses_in(piece.teks):
            owners = index.surel.get(address.casefold()) or index.owners_of_domain(domain)
            if owners and not index.related(owners, meant):
                yield problem("KS268", at(piece.path), domain=domain, milik=", ".join(sorted(owners)))


def mentioned_on_purpose_is_known(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS269: what `disebut` names is a lembaga of the register."""
    for number, ident in enumerate(naskah.isi.disebut, 1):
        if konteks.register.lembaga(ident) is None:
            yield problem("KS269", at(f"disebut.{number}"), id=ident)


# --- the account ----------------------------------------------------------------------------------------------


def _payee(naskah: NaskahLengkap, konteks: Konteks) -> PihakLengkap | None:
    wanted = naskah.isi.pembiayaan.penerima
    return next((p for p in konteks.dikenal if p.urut == wanted), None)


def _names_of(party: PihakLengkap) -> set[str]:
    lembaga = party.lembaga
    names = [*lembaga.nama.all.values(), *lembaga.ejaan_lain, *([lembaga.singkatan] if lembaga.singkatan else [])]
    return {normal_nama(n) for n in names}


def account_is_given(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS260: where money flows, the account is named."""
    money = naskah.isi.pembiayaan
    if money.uang_mengalir and money.rekening is None:
        yield problem("KS260", at("pembiayaan.rekening"), skema=money.skema.value)


def account_is_no_persons(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS261: money goes to an institution's account, never to an official's or a contact's own."""
    account = naskah.isi.pembiayaan.rekening
    if account is None:
        return
    payee = _payee(naskah, konteks)
    if payee is not None and normal_nama(account.atas_nama) in _names_of(payee):
        return
    holder = f" {person(account.atas_nama)} "
    people = {*konteks.sebutan.orang, *(person(p.pejabat.nama) for p in konteks.dikenal)}
    people |= {person(p.kontak.nama) for p in konteks.dikenal if p.kontak is not None and p.kontak.nama}
    if any(f" {name} " in holder and (" " in name or f" {name} " == holder) for name in people):
        yield problem("KS261", at("pembiayaan.rekening.atas_nama"), atas_nama=account.atas_nama)


def account_is_the_payees(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS262: the holder of the account goes by a name of the payee."""
    account, payee = naskah.isi.pembiayaan.rekening, _payee(naskah, konteks)
    if account is None or payee is None or next(account_is_no_persons(naskah, konteks), None) is not None:
        return
    holder = normal_nama(account.atas_nama)
    names = _names_of(payee)
    alike = any(f" {n} " in f" {holder} " or f" {holder} " in f" {n} " for n in names if len(n) > 2)
    if not alike or not words_of(account.atas_nama):
        yield problem(
            "KS262", at("pembiayaan.rekening.atas_nama"), atas_nama=account.atas_nama, penerima=payee.lembaga.nama
        )


def tax_is_settled(naskah: NaskahLengkap, konteks: Konteks) -> Iterator[Problem]:
    """KS263: where money flows, it is said who bears the tax."""
    money = naskah.isi.pembiayaan
    if money.uang_mengalir and money.pajak is None:
        yield problem("KS263", at("pembiayaan.pajak"), skema=money.skema.value)


RULES = (
    account_is_given,
    account_is_no_persons,
    account_is_the_payees,
    tax_is_settled,
    contact_is_the_partys_own,
    signatory_is_the_partys_own,
    texts_name_no_other_partner,
    texts_hold_no_address_of_another,
    mentioned_on_purpose_is_known,
)
