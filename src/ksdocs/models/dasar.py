"""Field types that every model shares: texts, identifiers, dates, money, and how each is read from plain text.

Sources hand over text only; here text becomes values. A value that cannot be read, or that holds characters no
document can carry, is refused at its own place, never repaired in silence.
"""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Final, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    SerializerFunctionWrapHandler,
    ValidationInfo,
    WithJsonSchema,
    model_serializer,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from ksdocs.bahasa import baca_rupiah, baca_tanggal
from ksdocs.models.teks import NumericText


class Model(BaseModel):
    """Base of every model: frozen, no unknown fields, described in JSON Schema."""

    model_config = ConfigDict(
        defer_build=True, frozen=True, extra="forbid", str_strip_whitespace=True, use_enum_values=False
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        # pydantic drops a field's title where it reads like the field's own name.
        described = handler(schema)
        for name, entry in handler.resolve_ref_schema(described).get("properties", {}).items():
            entry.setdefault("title", cls.model_fields[name].title)
            if PecahDaftar in cls.model_fields[name].metadata:
                entry["x-pisah"] = ";"
        return described


def isian(
    title: str, description: str, *, en: str, kelompok: str = "", contoh: Any = None, acuan: str = "", **kwargs: Any
) -> Any:
    """A pydantic field with what a form needs: Indonesian and English label, meaning, example and group.

    `acuan` says whose ids the field holds (`mitra`, `naskah`, `klausul`, …), where it refers to something.
    """
    extra: dict[str, Any] = {"x-label-en": en}
    if acuan:
        extra["x-acuan"] = acuan
    if kelompok:
        extra["x-kelompok"] = kelompok
    examples = None if contoh is None else [contoh]
    return Field(title=title, description=description, json_schema_extra=extra, examples=examples, **kwargs)


# Characters that XML cannot hold, or that make a text read differently from what it is (threats.md): refused.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff\ufdd0-\ufdef\u202a-\u202e\u2066-\u2069]"
)
_INVISIBLE_IN_NAMES: Final = re.compile("[\u00ad\u180e\u200b-\u200f\u2060-\u2064\ufeff]")


def _require_text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("bukan_teks", "not a text")
    return str(value)


def _check_characters(text: str) -> str:
    found = _UNPRINTABLE.search(text)
    if found:
        raise PydanticCustomError(
            "karakter_terlarang",
            "forbidden character",
            {"karakter": f"U+{ord(found[0]):04X}", "letak": found.start() + 1},
        )
    return text


def _read_text(value: object) -> str:
    text = _check_characters(_require_text(value)).replace("\r\n", "\n").replace("\r", "\n").strip()
    if not text:
        raise PydanticCustomError("kosong", "empty text")
    return text


MAX_LINE: Final = 1000
"""Characters of a name, an address, a number: what stands on one line of the record."""
MAX_TITLE: Final = 500
"""Characters of what an agreement is about; title and recital are built around it."""


def _bounded(text: str, limit: int) -> None:
    if len(text) > limit:
        given = {"nilai": f"{text[:40]}…", "panjang": len(text), "batas": limit}
        raise PydanticCustomError("terlalu_panjang", "too long", given)


def read_line(value: object) -> str:
    text = _read_text(value)
    _bounded(text, MAX_LINE)
    if "\n" in text or "\t" in text:
        raise PydanticCustomError("ganti_baris", "line break in a one-line value")
    found = _INVISIBLE_IN_NAMES.search(text)
    if found:
        raise PydanticCustomError(
            "karakter_terlarang",
            "forbidden character",
            {"karakter": f"U+{ord(found[0]):04X}", "letak": found.start() + 1},
        )
    return text


def _read_identifier(value: object) -> str:
    if isinstance(value, NumericText):
        raise PydanticCustomError("angka_pengenal", "identifier kept as a number", {"nilai": str(value)})
    return read_line(value)


_SLUG: Final = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")


def _read_slug(value: object) -> str:
    text = read_line(value)
    if len(text) > 80 or not _SLUG.fullmatch(text):
        raise PydanticCustomError("id_tidak_baku", "not an id", {"nilai": text[:80]})
    return text


TeksBebas = Annotated[str, BeforeValidator(_read_text)]
"""A text that may have line breaks."""
_LINE_SCHEMA: Final = {"type": "string", "maxLength": MAX_LINE}
Baris = Annotated[str, BeforeValidator(read_line), WithJsonSchema(_LINE_SCHEMA)]
"""A text of one line without invisible characters: names, addresses, numbers of decrees."""
Pengenal = Annotated[str, BeforeValidator(_read_identifier), WithJsonSchema(_LINE_SCHEMA)]
"""A number that is a name (NIP, account, nomor): text, never a numeric cell, which has already lost digits."""


def _read_link(value: object) -> str:
    text = read_line(value)
    scheme, _, rest = text.partition("://")
    if scheme not in ("http", "https") or "." not in rest.split("/")[0] or " " in text:
        raise PydanticCustomError("tautan", "not a link", {"nilai": text[:60]})
    return text


Tautan = Annotated[str, BeforeValidator(_read_link), WithJsonSchema({"type": "string", "format": "uri"})]
"""A link to evidence: http or https."""
# The pattern is marked on the text itself: around `Pengenal` or `Baris` pydantic makes a function that cannot be kept.
_MAIL: Final = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
Surel = Annotated[str, Field(pattern=_MAIL), BeforeValidator(_read_identifier), WithJsonSchema(_LINE_SCHEMA)]
"""An address of electronic mail."""
_COUNTRY: Final = r"^[A-Z]{2}$"
Negara = Annotated[str, Field(pattern=_COUNTRY), BeforeValidator(read_line), WithJsonSchema(_LINE_SCHEMA)]
"""A country by its two letters."""
Id = Annotated[
    str,
    BeforeValidator(_read_slug),
    WithJsonSchema({"type": "string", "pattern": f"^{_SLUG.pattern}$", "maxLength": 80}),
]
"""An id: lower-case letters, digits, `-`, `_`, `.`; at most 80 characters."""


def _read_date(value: object, info: ValidationInfo) -> date:
    if isinstance(value, date):
        return value
    text = read_line(value)
    dmy = bool((info.context or {}).get("tanggal_dmy", False))
    try:
        return baca_tanggal(text, dmy=dmy)
    except ValueError as error:
        raise PydanticCustomError("tanggal", "not a date", {"nilai": text[:60], "sebab": str(error)}) from None


_DATE_SCHEMA: Final = {"type": "string", "format": "date"}
Tanggal = Annotated[date, BeforeValidator(_read_date), WithJsonSchema(_DATE_SCHEMA)]
"""A date: ISO, or Indonesian long form; dd/mm/yyyy only where the profile allows it (context `tanggal_dmy`)."""


class DiisiTangan(StrEnum):
    """Marks what is written by hand at signing: printed as a ruled gap of fixed width."""

    DIISI_TANGAN = "diisi_tangan"


DIISI_TANGAN: Final = DiisiTangan.DIISI_TANGAN


def _read_date_or_hand(value: object, info: ValidationInfo) -> date | DiisiTangan:
    if value == DIISI_TANGAN.value:
        return DIISI_TANGAN
    return _read_date(value, info)


TanggalAtauTangan = Annotated[
    date | DiisiTangan,
    BeforeValidator(_read_date_or_hand),
    WithJsonSchema({"anyOf": [_DATE_SCHEMA, {"const": "diisi_tangan"}]}),
]
BarisAtauTangan = Annotated[
    str, BeforeValidator(read_line), WithJsonSchema({"anyOf": [_LINE_SCHEMA, {"const": "diisi_tangan"}]})
]
"""One line, or the word `diisi_tangan`."""


def _read_money(value: object) -> Decimal:
    if isinstance(value, (bool, float)):
        raise PydanticCustomError("uang", "not an amount", {"nilai": str(value), "sebab": "float"})
    if isinstance(value, (int, Decimal, NumericText)):
        amount = Decimal(value)
    else:
        text = read_line(value)
        try:
            amount = baca_rupiah(text)
        except ValueError as error:
            raise PydanticCustomError("uang", "not an amount", {"nilai": text[:60], "sebab": str(error)}) from None
    if amount < 0 or amount > 10**15 or amount != round(amount, 2):
        raise PydanticCustomError("uang_di_luar_batas", "amount out of range", {"nilai": str(amount)})
    return amount


def _write_money(amount: Decimal) -> str:
    """The amount as `_read_money` reads it: `1500000`, `1500000,50`."""
    whole, _, hundredths = f"{amount:.2f}".partition(".")
    return whole if hundredths == "00" else f"{whole},{hundredths}"


Uang = Annotated[
    Decimal,
    BeforeValidator(_read_money),
    PlainSerializer(_write_money, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(Rp\s?)?[0-9.]+(,[0-9]{1,2})?$"}),
]
"""An amount of rupiah with at most two decimals (sen): `1500000`, `1.500.000`, `Rp1.500.000,00`."""

_TRUE: Final = frozenset({"ya", "true", "benar", "y"})
_FALSE: Final = frozenset({"tidak", "false", "salah", "t"})


def _read_bool(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = read_line(value).casefold()
    if word in _TRUE or word in _FALSE:
        return word in _TRUE
    raise PydanticCustomError("ya_tidak", "not yes or no", {"nilai": word[:40]})


YaTidak = Annotated[bool, BeforeValidator(_read_bool)]
"""`ya` or `tidak` (also true, false)."""


def _split_list(value: object) -> object:
    # A spreadsheet cell may hold a short list of ids, separated by semicolons; a number stays known as one.
    if isinstance(value, NumericText):
        return [value]
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


PecahDaftar = BeforeValidator(_split_list)


def _strip_choice(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


Pilihan = BeforeValidator(_strip_choice)
"""Of a word out of a list: spaces around it, which nobody sees in a spreadsheet, do not matter."""


def _read_count(value: object) -> object:
    if isinstance(value, str):
        text = read_line(value)
        if not re.fullmatch(r"-?\d{1,9}", text):
            raise PydanticCustomError("bilangan", "not a whole number", {"nilai": text[:40]})
        return int(text)
    return value


BacaCacah = BeforeValidator(_read_count)
Cacah = Annotated[int, Field(ge=0, le=10**9), BacaCacah]
"""A whole number, zero or more."""
Urut = Annotated[int, Field(ge=1, le=99), BacaCacah]
"""A place in a list, from 1: the number of a party, of an instalment."""


class Teks(Model):
    """A text in Indonesian and, where the partner needs it, in English; a plain text is the Indonesian one."""

    id: TeksBebas = isian("Bahasa Indonesia", "Teks dalam bahasa Indonesia.", en="Indonesian")
    en: TeksBebas | None = isian("Bahasa Inggris", "Teks yang sama dalam bahasa Inggris.", en="English", default=None)

    @model_validator(mode="before")
    @classmethod
    def _accept_plain_text(cls, value: object) -> object:
        return {"id": value} if isinstance(value, str) else value

    @model_serializer(mode="wrap")
    def _write_plain_text(self, handler: SerializerFunctionWrapHandler) -> Any:
        return self.id if self.en is None else handler(self)

    def __getitem__(self, language: str) -> str:
        """The text in `language`; KeyError when it has none."""
        text = {"id": self.id, "en": self.en}.get(language)
        if text is None:
            raise KeyError(language)
        return text

    def __str__(self) -> str:
        return self.id

    @property
    def all(self) -> dict[str, str]:
        """Language → text, Indonesian first."""
        return {"id": self.id} | ({"en": self.en} if self.en is not None else {})


def _check_title(title: Teks) -> Teks:
    for text in title.all.values():
        _bounded(text, MAX_TITLE)
    return title


Judul = Annotated[Teks, AfterValidator(_check_title)]
"""What an agreement is about: a text of at most 500 characters."""


class Satuan(StrEnum):
    HARI = "hari"
    BULAN = "bulan"
    TAHUN = "tahun"


_DURATION: Final = re.compile(r"(\d{1,4})\s*(?:\([^)]*\)\s*)?(hari|bulan|tahun)")


class Durasi(Model):
    """A span of days, months or years; `"3 bulan"` is read as one."""

    lama: Annotated[int, Field(ge=1, le=9999), BacaCacah] = isian(
        "Lama", "Banyaknya hari, bulan, atau tahun.", en="Length", contoh=3
    )
    satuan: Satuan = isian("Satuan", "hari, bulan, atau tahun.", en="Unit", contoh="bulan")

    @model_validator(mode="before")
    @classmethod
    def _accept_words(cls, value: object) -> object:
        if isinstance(value, str):
            found = _DURATION.fullmatch(value.strip().casefold())
            if not found:
                raise PydanticCustomError("durasi", "not a duration", {"nilai": value[:40]})
            return {"lama": found[1], "satuan": found[2]}
        return value

    def __str__(self) -> str:
        return f"{self.lama} {self.satuan.value}"


Tahap = Annotated[Literal["draf", "siap_ttd", "ditandatangani"], Pilihan]
Tingkat = Annotated[Literal["lokal", "nasional", "internasional"], Pilihan]
"""How far a cooperation reaches: lokal/wilayah, nasional or internasional (B.1.2.9.3)."""
Bidang = Annotated[tuple[Literal["pendidikan", "penelitian", "pengabdian"], ...], Field(min_length=1), PecahDaftar]
"""The fields of the tridharma that a cooperation serves, at least one."""
