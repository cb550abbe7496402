"""What the data folder knows: institutions, partners, agreements by number, kinds of activity, agreed points.

`Register` is what the rest of the house asks for; `MemoryRegister` holds it in memory and `open_register` fills one
from a folder in a single pass. A database can take its place without a change elsewhere.
"""

from ksdocs.register.bacaan import open_register
from ksdocs.register.daftar import (
    LEGAL_FORMS,
    Catatan,
    MemoryRegister,
    Register,
    Rekaman,
    normal_nama,
    normal_nomor,
    words_of,
)
from ksdocs.register.ringkasan import end_of_term, place_key, profile_of, reads_dmy, summarize

__all__ = [
    "LEGAL_FORMS",
    "Catatan",
    "MemoryRegister",
    "Register",
    "Rekaman",
    "end_of_term",
    "normal_nama",
    "normal_nomor",
    "open_register",
    "place_key",
    "profile_of",
    "reads_dmy",
    "summarize",
    "words_of",
]
