"""Fonts and what can be read back: embedding, maps, every word of the source, lent glyphs."""

from __future__ import annotations

import re
import subprocess
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

import pikepdf

from tests.render.proof.apparatus import bare
from tests.render.proof.fault import Fault
from tests.render.proof.fonts import UNKNOWN, read_font
from tests.render.proof.lines import Line
from tests.render.proof.reading import Leaf

STANDARD = re.compile("Helvetica|Times|Courier|Symbol|ZapfDingbats|Arial")
FONTS = ("/Type0", "/TrueType", "/Type1", "/MMType1", "/Type3")
SET_BY_PAGE = re.compile("[\u00ad①-⑳㉑-㉟㊱-㊿]")
TURN = 3
LENT = 0.01


def font_faults(pdf: pikepdf.Pdf) -> Iterator[Fault]:
    """F1: every font of the file, used or not."""
    for raw in pdf.objects:
        if not isinstance(raw, pikepdf.Dictionary) or raw.get("/Type") != "/Font":
            continue
        if str(raw.get("/Subtype")) not in FONTS:
            continue
        font = read_font(raw)
        wrong = [
            what
            for what, bad in (
                ("未嵌入", not font.embedded),
                ("不是子集", not font.subset),
                ("没有 ToUnicode", not font.mapped),
                ("是标准字体", bool(STANDARD.search(font.name))),
            )
            if bad
        ]
        if wrong:
            yield Fault(rule="F1", page=0, y=0, text=font.name, what="、".join(wrong))


def glyph_faults(leaf: Leaf) -> Iterator[Fault]:
    """F1: glyphs drawn that are no character."""
    for run in (*leaf.runs, *leaf.turned):
        if 0 in run.codes and run.font.bytes_each == 2:
            what = "画出了 .notdef"
        elif UNKNOWN in run.texts or "" in run.texts:
            what = "字形查不到字"
        else:
            continue
        text = "".join(run.texts)[:14]
        yield Fault(rule="F1", page=leaf.number, y=run.y, text=text, what=what)


def extracted(path: Path) -> list[str]:
    """The text of every page as poppler reads it, without white space or note marks."""
    done = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True)
    return [_plain(page) for page in done.stdout.decode().split("\f")]


def _plain(text: str) -> str:
    return SET_BY_PAGE.sub("", bare(text))


def text_faults(path: Path, source: Iterable[str]) -> Iterator[Fault]:
    """F2: texts of the source that stand on no page, nor go on from one to the next."""
    pages = extracted(path)
    whole = "\f".join(pages)
    starts = list(accumulate((len(page) + 1 for page in pages), initial=0))
    near = 0
    for text in filter(None, map(_plain, source)):
        found = whole.find(text, max(0, near - 20_000))
        found = whole.find(text) if found < 0 else found
        if found >= 0:
            near = found
            continue
        here = bisect_right(starts, near) - 1
        likely = range(max(0, here - 2), min(here + 3, len(pages)))
        if not any(_goes_over(text, pages, n) for n in (*likely, *range(len(pages)))):
            yield Fault(rule="F2", page=0, y=0, text=text[:20], what=f"全段{len(text)}字查不到")


def _goes_over(text: str, pages: Sequence[str], number: int) -> bool:
    """Whether a beginning of `text` is on this page and the rest on those after it."""
    page = pages[number]
    if text[:2] not in page:
        return False
    low, high = 2, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if text[:middle] in page else (low, middle - 1)
    after = range(number + 1, min(number + TURN, len(pages)))
    return any(text[low:] in pages[n] or _goes_over(text[low:], pages, n) for n in after)


def lent_faults(
    lines: Iterable[Line], source: Iterable[str], report: Mapping[str, str]
) -> Iterator[Fault]:
    """F3: `report` names, for each missing character, the face it was drawn from or "".

    A face that draws hardly anything lends its glyphs: each of them must be in the report;
    so must every character of the source that is nowhere on the pages.
    """
    drawn: dict[str, Counter[str]] = {}
    spots: dict[tuple[str, str], Line] = {}
    for line in lines:
        for char, family in zip(line.text, line.families, strict=True):
            drawn.setdefault(family, Counter())[char] += 1
            spots.setdefault((family, char), line)
    everything = sum(count.total() for count in drawn.values())
    for family, count in sorted(drawn.items()):
        if count.total() > LENT * everything:
            continue
        for char in sorted(set(count) - set(report)):
            line = spots[family, char]
            what = f"“{char}”用了{family}而未报告"
            yield Fault(rule="F3", page=line.page, y=line.y, text=line.text[:14], what=what)
    there = set().union(*drawn.values()) if drawn else set()
    wanted = set(map(str, "".join(map(bare, source)))) - there - {"—"}
    for char in sorted(wanted - {char for char, face in report.items() if not face}):
        yield Fault(rule="F3", page=0, y=0, text=char, what="没有画出，也未报告")
