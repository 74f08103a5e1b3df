"""Where in the text a finding of the printer stands: section and line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.model.book import Book, MissingGlyph
from editorial.model.document import NOWHERE
from editorial.model.finding import Finding, Severity
from editorial.store.load import load_text

FONTS = "换用字较全的字体，见 editorial fonts"


def placed(desk: Desk, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings with the line their span begins on, where they name a section's text."""
    return tuple(_placed(desk, finding) for finding in findings)


def _placed(desk: Desk, finding: Finding) -> Finding:
    if finding.line or finding.span == NOWHERE:
        return finding
    text = _text(desk, finding.where)
    return replace(finding, line=text.count("\n", 0, finding.span.start) + 1) if text else finding


def _text(desk: Desk, section_id: str) -> str:
    if "/" not in section_id:
        return ""
    try:
        return load_text(desk.workspace.files, desk.volume_id, section_id)[0]
    except EditorialError:
        return ""


def missing_glyphs(desk: Desk, book: Book, missing: Iterable[MissingGlyph]) -> tuple[Finding, ...]:
    """Characters the wished face lacks, each at the first place of the book that has it."""
    lacking: dict[str, MissingGlyph] = {}
    for each in missing:
        if each.char not in lacking or not each.drawn:
            lacking[each.char] = each
    if not lacking:
        return ()
    texts = [(part.id, _text(desk, part.id)) for part in book.parts]
    return tuple(_missing(each, texts) for each in lacking.values())


def _missing(each: MissingGlyph, texts: list[tuple[str, str]]) -> Finding:
    found = [(where, text.index(each.char), text) for where, text in texts if each.char in text]
    where, at, text = found[0] if found else ("", 0, "")
    drawn = f"取自{each.drawn}" if each.drawn else "印作〓"
    more = f"，另见{len(found) - 1}个分目" if len(found) > 1 else ""
    return Finding(
        code="L09",
        message=f"字体缺字“{each.char}”（U+{ord(each.char):04X}）：{drawn}{more}",
        where=where,
        line=text.count("\n", 0, at) + 1 if text else 0,
        severity=Severity.INFO if each.drawn else Severity.WARNING,
        hint="" if each.drawn else FONTS,
    )
