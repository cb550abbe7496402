"""Templates, one for each construct of docxtpl's dialect and for each way in which Word cuts or decorates a tag."""

from __future__ import annotations

from constructs_blocks import PARAGRAPHS, TABLES
from constructs_habits import HABITS
from constructs_runs import RUNS
from constructs_text import ESCAPES, VALUES, WHITE_SPACE
from constructs_values import SCRIPTED
from constructs_word import PARTS, SPLITS

from cases import Case

CASES: dict[str, Case] = {
    **VALUES,
    **PARAGRAPHS,
    **TABLES,
    **RUNS,
    **WHITE_SPACE,
    **ESCAPES,
    **SPLITS,
    **PARTS,
    **HABITS,
    **SCRIPTED,
}
