"""What a converter is given: only a sound .docx that loads and runs nothing."""

from __future__ import annotations

from ksdocs.problems import Problem


def check_input(document: bytes) -> list[Problem]:
    """What forbids handing `document` to a converter (KS4xx): it is no sound .docx, or it loads or runs something.

    Warnings forbid nothing and are left out.
    """
    from ksdocs.docx.inspect import check

    return [fault for fault in check(document) if fault.refuses]
