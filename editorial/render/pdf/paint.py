"""Pages filled by a flow as finished pages: everything on them as operators, in marks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from functools import lru_cache
from math import ceil
from typing import NamedTuple
from zlib import compress

import numpy as np

from editorial.model.book import MissingGlyph
from editorial.model.numerals import folio
from editorial.render.pdf.colors import stroke
from editorial.render.pdf.flow import Flow, Page
from editorial.render.pdf.images import Image
from editorial.render.pdf.items import (
    Anchor,
    Aside,
    Item,
    Jump,
    PageOf,
    PagesOf,
    Picture,
    Rules,
    Text,
    Turned,
)
from editorial.render.pdf.labels import Labels
from editorial.render.pdf.laid import Laid, LaidPage, Link
from editorial.render.pdf.paragraph import Copy, Lines
from editorial.render.pdf.structure import FIGURE, LINK, Box, Element
from editorial.render.pdf.tags import ARTIFACT
from editorial.values import dataclass

DOT, DOT_PITCH = 0.9, 5.0
PAST = 0.1  # beyond the last dot, which some would else leave out
LEADER_GAP, LEADER_BASE = 4.5, 0.6
BETWEEN = "、"
# Of a figure of numbers, in whatever face, in ems; of the letter of a column too.
NUMERAL = 0.62
# Fast enough for a thousand pages, and within a tenth of the smallest.
LEVEL = 2
# Strokes of changed words; the bars beside lines nearer than this are one.
STROKE, BAR_GAP = 0.6, 1.0


class Place(NamedTuple):
    """Where an anchor stands: page from 1, column from 0, points below the type area's top;
    and the number its page shows."""

    page: int
    column: int
    depth: float
    number: str


def places(laid: Laid, first: int, front: int = 0) -> dict[str, Place]:
    """The anchors of pages that begin as page `first` of the book, its text behind `front`."""
    return {
        name: Place(page, column, depth, number)
        for page, each in enumerate(laid.pages, first)
        for number in (folio(page, front),)
        for name, depth, column in each.anchors
    }


def waiting_places(flow: Flow, first: int, front: int = 0) -> dict[str, Place]:
    """The same of pages not painted yet."""
    return {
        item.name: Place(page, item.column, item.top, folio(page, front))
        for page, each in enumerate(flow.pages, first)
        for item in each.items
        if isinstance(item, Anchor)
    }


@dataclass(slots=True)
class Easel:
    """What is gathered while the pages of one flow are painted. `where` tells the places of
    anchors, as far as the flow asks for them; `columns` is how many the book has, `measure` the
    width of them all, `figures` those of its highest page number."""

    labels: Labels
    where: Mapping[str, Place]
    columns: int
    measure: float
    elements: list[Element]
    deflate: Callable[[str], bytes]
    figures: int = 1
    roles: set[str] = field(default_factory=set)
    used: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    missing: dict[MissingGlyph, None] = field(default_factory=dict)
    pictures: dict[str, Image] = field(default_factory=dict)
    known: dict[int, Copy] = field(default_factory=dict)


def paint(flow: Flow, labels: Labels, where: Mapping[str, Place], *, often: bool = False) -> Laid:
    """All pages of a flow; each is let go of once it is painted.

    `where` tells the places of the anchors whose numbers these pages print; those painted
    `often` are mostly the same each time.
    """
    easel = Easel(
        labels,
        where,
        flow.style.columns,
        flow.frame.measure,
        flow.tags.elements,
        deflate=_known if often else _deflated,
        figures=len(max(where.values()).number) if where else 1,
    )
    if where:
        _ask_locators(easel, flow)
    pages = tuple(_painted(easel, page) for page in flow.pages)
    flow.pages.clear()
    return Laid(
        pages=pages,
        elements=tuple(easel.elements),
        used={name: distinct(texts) for name, texts in sorted(easel.used.items())},
        pictures=easel.pictures,
        missing=tuple(easel.missing),
        findings=tuple(flow.findings),
        borrowed=tuple(role for role in sorted(easel.roles) if flow.case.borrows(role)),
    )


@dataclass(slots=True)
class Sheet:
    """One page being painted. `tag` is the element whose mark is open; None: none is."""

    parts: list[str] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    anchors: list[tuple[str, float, int]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    asides: list[tuple[str, float]] = field(default_factory=list)
    bars: list[tuple[int, float, float]] = field(default_factory=list)
    figures: list[tuple[int, Box]] = field(default_factory=list)
    tag: int | None = None

    def put(self, operators: str, tag: int, role: str) -> None:
        """Operators within a mark of their element, or as an artifact."""
        if tag != self.tag:
            self.close()
            if tag == ARTIFACT:
                self.parts.append("/Artifact BMC")
            else:
                self.parts.append(f"/{role}<</MCID {len(self.marks)}>>BDC")
                self.marks.append(tag)
            self.tag = tag
        self.parts.append(operators)

    def close(self) -> None:
        if self.tag is not None:
            self.parts.append("EMC")
            self.tag = None


def _painted(easel: Easel, page: Page) -> LaidPage:
    sheet = Sheet()
    for item in page.items:
        _put(easel, sheet, page, item)
    sheet.close()
    return LaidPage(
        body=easel.deflate("\n".join(sheet.parts)),
        marks=tuple(sheet.marks),
        anchors=tuple(sheet.anchors),
        links=tuple(sheet.links),
        pictures=tuple(dict.fromkeys(sheet.pictures)),
        asides=tuple(sheet.asides),
        bars=joined(sheet.bars),
        figures=tuple(sheet.figures),
        chapter=page.head,
        group=page.group,
        section=page.section,
        plain=page.plain,
        reached=page.reached,
    )


def _deflated(operators: str) -> bytes:
    return compress(operators.encode("ascii"), LEVEL)


_known = lru_cache(maxsize=512)(_deflated)


def _put(easel: Easel, sheet: Sheet, page: Page, item: Item) -> None:
    match item:
        case Text():
            _put_text(easel, sheet, page, item)
        case Rules():
            sheet.put(strokes(item), ARTIFACT, "")
        case Picture(image=image, tag=tag):
            bottom = -item.top - item.height
            drawn = f"q {item.width:.2f} 0 0 {item.height:.2f} {item.x:.2f} {bottom:.2f} cm"
            role = easel.elements[tag].role if tag != ARTIFACT else ""
            sheet.put(f"{drawn} /I{image.key} Do Q", tag, role)
            if role == FIGURE:
                right = item.x + item.width
                sheet.figures.append((tag, (item.x, bottom, right, -item.top)))
            sheet.pictures.append(image.key)
            easel.pictures[image.key] = image
        case Anchor(name=name, top=depth, column=column):
            sheet.anchors.append((name, depth, column))
        case Jump(name=name, x=x, top=depth, tag=tag):
            box = (x, -depth - item.height, x + item.width, -depth)
            sheet.links.append(Link(box, f"#{name}", tag))
        case PageOf() | PagesOf():
            _put_locators(easel, sheet, item)
        case Aside(lines=lines, top=depth):
            _use(easel, lines, page)
            sheet.asides.append((lines.operators(0, -depth), lines.width))
        case Turned():
            _put_turned(easel, sheet, page, item)


def _put_turned(easel: Easel, sheet: Sheet, page: Page, item: Turned) -> None:
    x, y, links = item.left, -item.top - item.width, len(sheet.links)
    bars, figures = len(sheet.bars), len(sheet.figures)
    sheet.close()
    sheet.parts.append(f"q 0 1 -1 0 {x:.2f} {y:.2f} cm")
    for each in item.items:
        _put(easel, sheet, page, each)
    sheet.close()
    sheet.parts.append("Q")
    del sheet.bars[bars:]  # they run across the lines of a page that lies
    for index, link in enumerate(sheet.links[links:], links):
        sheet.links[index] = Link(_turned(link.box, x, y), link.target, link.element)
    for index, (tag, box) in enumerate(sheet.figures[figures:], figures):
        sheet.figures[index] = tag, _turned(box, x, y)


def _turned(box: Box, x: float, y: float) -> Box:
    left, bottom, right, top = box
    return x - top, y + left, x - bottom, y + right


def _put_text(easel: Easel, sheet: Sheet, page: Page, item: Text) -> None:
    lines, tag = item.lines, item.tag
    drawn = lines.operators(item.x, -item.top, item.start, item.stop, page.numbers)
    if not drawn:
        return
    _use(easel, lines, page)
    role = easel.elements[tag].role if tag != ARTIFACT else ""
    sheet.put(drawn, tag, role)
    if role == FIGURE:  # what stands for a picture
        box = (item.x, -item.top - lines.height, item.x + lines.width, -item.top)
        sheet.figures.append((tag, box))
    if lines.copy.typed.boxed:
        for box, target in lines.boxes(item.x, -item.top, item.start, item.stop):
            sheet.links.append(Link(box, target, tag))
        _put_strokes(easel, sheet, item)


def _put_strokes(easel: Easel, sheet: Sheet, item: Text) -> None:
    """Strokes of changed words, and a bar beside each line that has any."""
    column = int(easel.columns > 1 and item.x > easel.measure / 2)
    for each in item.lines.strokes(item.x, -item.top, item.start, item.stop):
        left, right, y = each.left, each.right, each.y
        pen = f"{stroke(each.color)} {STROKE:g} w"
        sheet.put(f"q {pen} {left:.2f} {y:.2f} m {right:.2f} {y:.2f} l S Q", ARTIFACT, "")
        sheet.bars.append((column, each.top, each.bottom))


def joined(bars: Sequence[tuple[int, float, float]]) -> tuple[tuple[int, float, float], ...]:
    """Bars that touch made one: column, y from and to."""
    whole: list[tuple[int, float, float]] = []
    for column, top, bottom in sorted(set(bars), key=lambda bar: (bar[0], -bar[1])):
        if whole and whole[-1][0] == column and top >= whole[-1][2] - BAR_GAP:
            whole[-1] = column, whole[-1][1], min(bottom, whole[-1][2])
        else:
            whole.append((column, top, bottom))
    return tuple(whole)


def _use(easel: Easel, lines: Lines, page: Page) -> None:
    """Note what a text is drawn with. One over many pages is noted once, but for the numbers of
    its notes: each page has its own."""
    copy = lines.copy
    if id(copy) in easel.known and not copy.typed.noted:
        return
    easel.known[id(copy)] = copy
    resource = copy.case.resource
    for face, characters in lines.characters(page.numbers):
        easel.used[resource(face)].append(characters)
    for strip in copy.typed.strips:
        easel.roles.add(strip.piece.role or copy.role)
    if copy.typed.lent:
        easel.missing |= dict.fromkeys(lines.lent())


def distinct(texts: Sequence[str]) -> str:
    """The characters of `texts`, each once, in order."""
    points = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), "<u4")
    seen = np.zeros(int(points.max(initial=0)) + 1, bool)
    seen[points] = True
    return "".join(map(chr, np.flatnonzero(seen).tolist()))


def strokes(rules: Rules) -> str:
    """Operators of straight strokes, y upward from the top of the type area."""
    color = stroke(rules.color) if rules.color else f"{rules.grey:g} G"
    lines = " ".join(
        [f"{x0:.2f} {-y0:.2f} m {x1:.2f} {-y1:.2f} l" for x0, y0, x1, y1 in rules.strokes]
    )
    return f"q {color} {rules.weight:g} w {lines} S Q"


# Locators


def _ask_locators(easel: Easel, flow: Flow) -> None:
    """All numbers of these pages, to be set together."""
    for page in flow.pages:
        for item in page.items:
            if isinstance(item, PageOf | PagesOf):
                easel.labels.ask(_locators(easel, item), item.role)
            if isinstance(item, PagesOf) and len(item.places) > 1:
                for said in (BETWEEN, *(said for said, _ in item.places)):
                    easel.labels.ask(said, item.role)
    easel.labels.settle()


def _locators(easel: Easel, item: PageOf | PagesOf) -> str:
    """12, or 12a、35b."""
    if isinstance(item, PageOf):
        return easel.where[item.name].number
    return BETWEEN.join(said for said, _ in item.places) + BETWEEN * item.more


def _put_locators(easel: Easel, sheet: Sheet, item: PageOf | PagesOf) -> None:
    number = easel.labels.set(_locators(easel, item), item.role, "right")
    easel.roles.add(number.copy.role)
    for face, characters in number.characters():
        easel.used[number.copy.case.resource(face)].append(characters)
    role = easel.elements[item.tag].role if item.tag != ARTIFACT else ""
    if leader := _leader(easel, item, number):
        sheet.put(leader, ARTIFACT, "")
    if isinstance(item, PagesOf) and len(item.places) > 1:
        _put_several(easel, sheet, item, number)
    else:
        sheet.put(number.operators(item.right - number.width, -item.top), item.tag, role)


def _put_several(easel: Easel, sheet: Sheet, item: PagesOf, number: Lines) -> None:
    """Each of several locators is a link of its own, beside that of the title."""
    left, at, above = item.right - number.width_of(0), 0, easel.elements[item.tag].parent
    last = len(item.places) - 1

    def put(text: str, tag: int, role: str) -> tuple[float, float]:
        nonlocal at
        x0, x1 = (
            left + number.copy.length(number.look.size, upto) for upto in (at, at + len(text))
        )
        drawn = easel.labels.set(text, item.role, "left").operators(x0, -item.top)
        sheet.put(drawn, tag, role)
        at += len(text)
        return x0, x1

    for place, (text, name) in enumerate(item.places):
        easel.elements.append(Element(LINK, above))
        tag = len(easel.elements) - 1
        x0, x1 = put(text, tag, LINK)
        box = (x0, -item.top - number.leading, x1, -item.top)
        sheet.links.append(Link(box, f"#{name}", tag))
        if place < last or item.more:
            put(BETWEEN, above, easel.elements[above].role)


def _leader(easel: Easel, item: PageOf | PagesOf, number: Lines) -> str:
    """Round dots that end at one x in all lines of a list, short of its widest number."""
    size, signs = number.look.size, easel.figures
    if isinstance(item, PageOf):
        size = item.size or size
    else:
        signs += easel.columns > 1
    kept = signs * NUMERAL * size + LEADER_GAP
    beyond = max(number.width_of(0) + LEADER_GAP - kept, 0)
    stop = item.right - kept - ceil(beyond / DOT_PITCH) * DOT_PITCH
    count = int((stop - item.start) / DOT_PITCH)
    if count < 2:
        return ""
    y = -item.top - number.leading * LEADER_BASE
    return (
        f"q 1 J {DOT:g} w [0 {DOT_PITCH:g}] 0 d "
        f"{stop:.2f} {y:.2f} m {stop - count * DOT_PITCH - PAST:.2f} {y:.2f} l S Q"
    )
