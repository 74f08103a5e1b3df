"""Where in the text a finding of the printer stands: section and line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from unicodedata import combining

from editorial.desk.fonts import PHONETIC_FACES
from editorial.desk.office import Desk
from editorial.errors import EditorialError
from editorial.model.book import Book, MissingGlyph
from editorial.model.document import NOWHERE
from editorial.model.drafts import Reader
from editorial.model.finding import Finding, Severity
from editorial.store.load import load_text
from editorial.values import dataclass

# Letters and tones, marks, further letters, tone corners.
PHONETIC = (("\u0250", "\u02ff"), ("\u0300", "\u036f"), ("\u1d00", "\u1dbf"), ("\ua700", "\ua721"))
# Those of it that are letters of other alphabets.
SHARED = "æðøħŋœβθχ"
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


def missing_glyphs(
    desk: Desk,
    book: Book,
    missing: Iterable[MissingGlyph],
    readers: Iterable[Reader] = (),
) -> tuple[Finding, ...]:
    """Characters the wished face lacks, each at the first place of the book that has it: the
    text of a section, a title, what else stands in volume.yaml, the name or unit of a reader."""
    lacking: dict[str, MissingGlyph] = {}
    for each in missing:
        if each.char not in lacking or not each.drawn:
            lacking[each.char] = each
    if not lacking:
        return ()
    texts = [_Place(part.id, _text(desk, part.id)) for part in book.parts]
    other = [*_titles(desk, book), *(_of_reader(each) for each in readers)]
    sounds = [each for each in lacking.values() if is_phonetic(each.char)]
    rest = [each for each in lacking.values() if not is_phonetic(each.char)]
    return (
        *(_missing(each, texts, other) for each in rest),
        *_missing_sounds(sounds, [*texts, *other]),
    )


def is_phonetic(char: str) -> bool:
    """A letter, tone or mark of the International Phonetic Alphabet that is no plain Latin."""
    return char in SHARED or any(first <= char <= last for first, last in PHONETIC)


def _missing_sounds(sounds: list[MissingGlyph], places: list[_Place]) -> Iterator[Finding]:
    """Those that are nowhere by section, for there they are read; lent ones once by face."""
    for drawn in dict.fromkeys(each.drawn for each in sounds):
        chars = [each.char for each in sounds if each.drawn == drawn]
        found = [place for place in places if any(char in place.text for char in chars)]
        for place in found[:1] if drawn else found:
            yield _sounds_at(place, [char for char in chars if char in place.text or drawn], drawn)
        if not found:
            yield _sounds_at(_Place("", ""), chars, drawn)


def _sounds_at(place: _Place, chars: list[str], drawn: str) -> Finding:
    first = min((at for char in chars if (at := place.text.find(char)) >= 0), default=0)
    named = "".join(f"“{_shown(char)}”" for char in chars)
    stands = f"取自{drawn}" if drawn else "印作〓"
    return Finding(
        code="L09",
        message=f"{len(chars)}个国际音标字母字体里没有：{named}，{stands}{place.whose}",
        where=place.where,
        line=place.text.count("\n", 0, first) + 1 if place.text and not place.whose else 0,
        severity=Severity.INFO if drawn else Severity.WARNING,
        hint="" if drawn else f"装 {PHONETIC_FACES} 中的一种，见 editorial fonts",
    )


def _shown(char: str) -> str:
    """A mark over a circle, as grammars show it."""
    return f"◌{char}" if combining(char) else char


@dataclass(frozen=True, slots=True)
class _Place:
    """A text where characters may stand; `whose` is what to say of it where it has no lines."""

    where: str
    text: str
    whose: str = ""


def _titles(desk: Desk, book: Book) -> Iterator[_Place]:
    """The files that hold titles, as they are written there."""
    base = f"volumes/{desk.volume_id}"
    chapters = dict.fromkeys(part.id.partition("/")[0] for part in book.parts)
    sections = (f"{base}/chapters/{part.id}.yaml" for part in book.parts if "/" in part.id)
    heads = (f"{base}/chapters/{chapter}/chapter.yaml" for chapter in chapters)
    for path in (*sections, *heads, f"{base}/volume.yaml"):
        yield _Place(path, (desk.workspace.files.read(path) or b"").decode("utf-8", "replace"))


def _of_reader(reader: Reader) -> _Place:
    return _Place("编号本", reader.name + reader.unit, f"（读者“{reader.name}”）")


def _missing(each: MissingGlyph, texts: list[_Place], other: list[_Place]) -> Finding:
    found = [place for place in texts if each.char in place.text]
    more = f"，另见{len(found) - 1}个分目" if len(found) > 1 else ""
    found += [place for place in other if each.char in place.text]
    place = found[0] if found else _Place("", "")
    drawn = f"取自{each.drawn}" if each.drawn else "印作〓"
    lined = place.text and not place.whose
    line = place.text.count("\n", 0, place.text.index(each.char)) + 1 if lined else 0
    return Finding(
        code="L09",
        message=f"字体缺字“{each.char}”（U+{ord(each.char):04X}）：{drawn}{more}{place.whose}",
        where=place.where,
        line=line,
        severity=Severity.INFO if each.drawn else Severity.WARNING,
        hint="" if each.drawn else FONTS,
    )
