"""Running heads and feet, page numbers and line numbers told apart from the text of a proof."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from editorial.model.folding import fold
from editorial.model.page_tables import rows_of
from editorial.model.proof_page import TypedPage, TypeRun

MARGIN = 0.14  # of the height of a page, above and below
SHARES = 0.5, 0.8  # of the first rows of pages, then of the second, that come again
FEW = 3
RARE = 20  # at a height only one page in so many has type at, lines of the text may be alike
_WORD = re.compile(r"[^\W\d_]{2}")
_CAPTION = re.compile(r"续?[表图]\d")  # floats stand at the top and at the foot as well
_ORNAMENT = r"[-—–―─·•∙・.~～/|()（）\[\]【】〔〕◆■●]*"
_FOLIO = re.compile(
    rf"{_ORNAMENT}第?(?:\d{{1,4}}|[ivxlc]{{1,7}}|[IVXLC]{{1,7}})页?{_ORNAMENT}(?:共?\d+页?)?{_ORNAMENT}"
)


class Running(NamedTuple):
    """A running head or foot as it stands on one page; `text` is without its page number."""

    sheet: int
    run: TypeRun
    text: str


def set_apart(
    pages: Sequence[TypedPage],
) -> tuple[tuple[TypedPage, ...], tuple[Running, ...]]:
    """The pages without running matter, folios and line numbers; and the running matter."""
    inner = tuple(map(_without_line_numbers, pages))
    found: list[tuple[int, TypeRun]] = []
    for share in SHARES:
        apart = _running(inner, share)
        if not any(apart):
            break
        found += [(p.sheet, run) for p, runs in zip(inner, apart, strict=True) for run in runs]
        inner = tuple(
            _without(page, runs) if runs else page for page, runs in zip(inner, apart, strict=True)
        )
    return inner, _unnumbered(sorted(found, key=lambda each: (each[0], each[1].y, each[1].x)))


def _without(page: TypedPage, runs: list[TypeRun]) -> TypedPage:
    gone = set(map(id, runs))
    return replace(page, runs=tuple(run for run in page.runs if id(run) not in gone))


def _running(pages: Sequence[TypedPage], share: float) -> list[list[TypeRun]]:
    """The first and last rows that come again in the book, but for their digits, or are folios."""
    rows = [(at, row) for at, page in enumerate(pages) for row in _outermost(page)]
    often = Counter(key for _, row in rows for key in set(map(_key, row)))
    heights: dict[int, list[bool]] = {}
    for _, row in rows:
        alike = (often[key] > 1 and bool(_WORD.search(key)) for key in map(_key, row))
        again = any(alike) if share == SHARES[0] else all(alike)
        again = again and not _CAPTION.match(fold(row[0].text))
        folio = all(_FOLIO.fullmatch(fold(run.text)) for run in row)
        heights.setdefault(round(row[0].y), []).append(again or folio)
    least = max(2 if len(pages) > 2 else 1, len(pages) // RARE)
    usual = {
        y for y, again in heights.items() if len(again) >= least and sum(again) > share * len(again)
    }
    found: list[list[TypeRun]] = [[] for _ in pages]
    for at, row in rows:
        if round(row[0].y) in usual:
            found[at] += row
    return found


def _outermost(page: TypedPage) -> list[list[TypeRun]]:
    rows = rows_of(run for run in page.runs if not run.turn)
    found = []
    if rows and rows[0][0].y < MARGIN * page.height:
        found.append(rows[0])
    if len(rows) > 1 and rows[-1][0].y > (1 - MARGIN) * page.height:
        found.append(rows[-1])
    return found


def _key(run: TypeRun) -> str:
    return _digitless(run.text)


def _digitless(text: str) -> str:
    return re.sub(r"\d", "", fold(text))


def _unnumbered(found: list[tuple[int, TypeRun]]) -> tuple[Running, ...]:
    """Digits that change from page to page are page numbers; others, years, stay."""
    texts: dict[str, list[str]] = {}
    for _, run in found:
        texts.setdefault(_digitless(run.text), []).append(fold(run.text))
    numbered = {
        key for key, whole in texts.items() if len(whole) > 1 and 2 * len(set(whole)) > len(whole)
    }
    running = []
    for sheet, run in found:
        text = fold(run.text)
        key = _digitless(text)
        if not _FOLIO.fullmatch(text) and key:
            running.append(Running(sheet, run, key if key in numbered else text))
    return tuple(running)


def _without_line_numbers(page: TypedPage) -> TypedPage:
    """Without the 5, 10, 15 … that count lines beside the text."""
    edges: dict[tuple[str, int], list[TypeRun]] = {}
    for run in page.runs:
        if run.text.isdecimal():
            edges.setdefault(("left", round(run.x)), []).append(run)
            edges.setdefault(("right", round(run.right)), []).append(run)
    counts: list[TypeRun] = []
    for runs in edges.values():
        values = [int(run.text) for run in sorted(runs, key=lambda run: run.y)]
        step = values[0]
        if step > 1 and len(values) >= FEW and values == [step * (n + 1) for n in range(len(runs))]:
            counts += runs
    return _without(page, counts) if counts else page
