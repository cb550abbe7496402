"""References print as a drafter writes them: "ayat (1)" at home, "Pasal 7 ayat (1)" elsewhere."""

from __future__ import annotations

from ksdocs.assemble import Bagian, Rakitan, _number, _Resolver
from ksdocs.clauses.environment import environment, render_marked
from ksdocs.clauses.fill import read_filled
from ksdocs.clauses.text import parse_body

BODY = "(1) Pertama:\na. satu\nb. dua {#dua}\n(2) Kedua {#kedua}"


def article(ident: str, number: int, body: str) -> Bagian:
    isi, problems = parse_body(body)
    assert not problems
    blocks = read_filled(render_marked(environment("id").from_string(isi.jinja), {}), isi.baris)
    made = Bagian(ident, ident, {"id": ident}, (), {"id": blocks}, pasal=number)
    _number(made)
    return made


def resolved(by: str, target: str) -> str:
    articles = [article("satu", 7, BODY), article("lain", 8, "Paragraf {#isi}")]
    work = Rakitan.__new__(Rakitan)
    work.terhalang, work.problems = set(), []
    resolver = _Resolver(articles, work)
    words = str(resolver.within(next(a for a in articles if a.id == by))(target))
    assert work.problems == []
    return words


def test_a_reference_within_an_article_names_no_article() -> None:
    assert resolved("satu", "satu.kedua") == "ayat (2)"
    assert resolved("satu", "satu.dua") == "ayat (1) huruf b"


def test_a_reference_to_another_article_names_it() -> None:
    assert resolved("lain", "satu.kedua") == "Pasal 7 ayat (2)"
    assert resolved("lain", "satu.dua") == "Pasal 7 ayat (1) huruf b"
    assert resolved("lain", "satu") == "Pasal 7"


def test_where_there_is_no_number_the_article_is_named_even_at_home() -> None:
    assert resolved("lain", "lain.isi") == "Pasal 8"
    assert resolved("satu", "satu") == "Pasal 7"
