"""One MoU as a template of each engine, built from one source: what ksdocs makes of the first record.

The words of the record are taken out of that document again and tags put in their place, first in a form that
belongs to no engine (`sumber`), then in the dialect of each (`dialek`). So every engine prints the same words in
the same layout, and what they print can be compared paragraph by paragraph with what ksdocs prints from the record.
"""

from bench.templat.dialek import DIALECTS, in_dialect
from bench.templat.sumber import Made, make

__all__ = ["DIALECTS", "Made", "in_dialect", "make"]
