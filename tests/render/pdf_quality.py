"""Ask a finished PDF whether it keeps to ISO 19005-2 and ISO 14289-1, clause by clause.

What cannot be asked without a validator: conformance as a whole, the outlines of every
glyph, the colours of pictures, and whether the order and the words of the tags are good.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.render.pdf_archive import ARCHIVE
from tests.render.pdf_evidence import read_evidence
from tests.render.pdf_tags import TAGS

MOST = 5


def complaints(path: Path) -> Iterator[tuple[str, str]]:
    """(standard and clause, what is wrong), at most a few of each clause."""
    found = read_evidence(path)
    for standard, rules in (("ISO 19005-2", ARCHIVE), ("ISO 14289-1", TAGS)):
        for clause, rule in rules.items():
            yield from ((f"{standard}, {clause}", said) for said in islice(rule(found), MOST))


def assert_document_quality(path: Path) -> None:
    """Fails naming every clause the file breaks."""
    said = [f"{clause}: {what}" for clause, what in complaints(path)]
    assert not said, "\n".join(said)
