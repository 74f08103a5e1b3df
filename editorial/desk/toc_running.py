"""书眉: what runs above the pages against the 篇目 and 分目 they belong to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from editorial.desk.toc_apart import LARGER
from editorial.desk.toc_match import Match, Spot, page_name, reach_of, reading_of
from editorial.desk.toc_pages import key_of
from editorial.model.finding import Finding
from editorial.read.proof_pdf import TextLine

CODE = "E16"  # running head against the 类目 of its page
ALIKE = 0.6
GRAIN = 3.0  # points: lines of the contents indented alike
NAMED = 4

_BESIDE = re.compile(r"\s*[　|｜/／·•]\s*|\s{2,}")
_NUMBERING = re.compile(
    r"^(?:第\w{1,4}?[编篇章节卷]|[一二三四五六七八九十百]+、|\(\w{1,3}\)|[\d.]+)"
)
_CUT = re.compile(r"[^…]…\s*$")  # a title too long for its line


class Span(NamedTuple):
    """What one line of the contents covers, from sheet to sheet. `level` sorts 篇目 first."""

    level: tuple[int, float]
    key: str
    title: str
    first: int
    last: int


def running_faults(
    running: tuple[tuple[TextLine, ...], ...],
    numbers: tuple[str, ...],
    matches: tuple[Match, ...],
) -> Iterator[Finding]:
    """Running heads that name another part than their page belongs to, or misspell it.

    Words that are like no title, or run through several 篇目 (the name of the book, the
    edition), are nobody's business here.
    """
    spans = _spans(matches, len(numbers))
    titles = {span.key: span.title for span in reversed(spans)}
    sheets: dict[tuple[str, str], list[int]] = defaultdict(list)
    homes: dict[str, set[str]] = defaultdict(set)
    for sheet, lines in enumerate(running, 1):
        current = [span for span in spans if span.first <= sheet <= span.last]
        for key, text in _words(lines, titles) if current else ():
            homes[key].add(current[0].key)
            if not any(_fits(key, span.key) for span in current):
                wanted = current[0] if key in titles else _alike(key, current)
                if wanted:
                    sheets[text, wanted.title].append(sheet)
    for (text, title), found in sheets.items():
        key = key_of(text)
        if key in titles or len(homes[key]) == 1:
            where = "、".join(page_name(numbers, sheet) for sheet in found[:NAMED])
            more = f"等{len(found)}页" if len(found) > NAMED else ""
            message = f"书眉作“{text}”，{where}{more}属“{title}”"
            yield Finding(code=CODE, line=found[0], message=message)


def _words(lines: tuple[TextLine, ...], titles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """(key, text) of what a running head says: one title, or several things side by side."""
    for line in lines:
        for text in (line.text,) if key_of(line.text) in titles else _parts(line.text, titles):
            key = key_of(text)
            if len(key) > 1:
                yield key, text


def _parts(text: str, titles: dict[str, str]) -> Iterator[str]:
    """What stands side by side, a title that is itself set in parts (第一章　概　况) whole."""
    parts = [part for part in _BESIDE.split(text) if part]
    first = 0
    while first < len(parts):
        known = (
            (title, end)
            for end in range(len(parts), first, -1)
            for title in _undressed("　".join(parts[first:end]))
            if key_of(title) in titles
        )
        words, end = next(known, ("", first + 1))
        bare = words or _bare(parts[first])
        if not re.fullmatch(r"[第页共\d\s]*", bare):
            yield bare + ("…" if not words and _CUT.search(parts[first]) else "")
        first = end


def _undressed(words: str) -> tuple[str, ...]:
    """With the page number beside it, and without."""
    return words, re.sub(r"\s*\d+$", "", words), re.sub(r"^\d+\s*", "", words)


def _bare(words: str) -> str:
    return re.sub(r"^[\W\d]+|[\W\d]+$", "", words)


class _Placed(NamedTuple):
    level: tuple[int, float]
    match: Match
    spot: Spot


def _spans(matches: tuple[Match, ...], last: int) -> list[Span]:
    placed = [_Placed(_level(match), match, match.spot) for match in matches if match.spot]
    spans = []
    for index, each in enumerate(placed):
        ends = (later.spot.sheet for later in placed[index + 1 :] if _ends(each, later))
        text = each.spot.text if each.match.alike else reading_of(each.match)
        title = " ".join(text.split())
        spans.append(Span(each.level, key_of(title), title, each.spot.sheet, next(ends, last)))
    return sorted(spans, key=lambda span: span.level)


def _level(match: Match) -> tuple[int, float]:
    return -round(reach_of(match) / GRAIN), -round(match.row.size, 1)


def _ends(each: _Placed, later: _Placed) -> bool:
    """Whether what `each` covers goes up to `later`: a smaller heading ends nothing, nor does
    one listed in another face, where indent and size are no different."""
    alike = later.match.row.face == each.match.row.face
    outer = later.level < each.level or (later.level == each.level and alike)
    return outer and later.spot.size > each.spot.size - LARGER


def _fits(key: str, title: str) -> bool:
    """A title may run without its number or the signs at its ends; too long a one with its end
    given up for …"""
    cut = key.rstrip(".…")
    if cut != key and title.startswith(cut):
        return True
    return any(key in (each, _bare(each)) for each in (title, _NUMBERING.sub("", title)))


def _alike(key: str, current: list[Span]) -> Span | None:
    ratios = [(SequenceMatcher(None, key, span.key).ratio(), span) for span in current]
    best = max(ratios, key=lambda each: each[0])
    return best[1] if best[0] >= ALIKE else None
