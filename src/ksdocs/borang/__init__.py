"""Forms: records that become a document without clauses, by fields and a template (FO.…, BO.…, letters of the office).

`jenis` reads what a form declares, `susun` makes a record into the values that its template prints.
"""

from ksdocs.borang.jenis import JenisBorang, Kendali, is_borang, load_jenis
from ksdocs.borang.nama import names_of_form
from ksdocs.borang.susun import Lembar, compose, judge

__all__ = ["JenisBorang", "Kendali", "Lembar", "compose", "is_borang", "judge", "load_jenis", "names_of_form"]
