"""上年对照: last year's text of a section at left, this year's at right, entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise

from editorial.model.book import Part
from editorial.model.document import Block, Entry, Heading, Note, plain
from editorial.render.docx.blocks import set_blocks, set_marked, uncalled
from editorial.render.docx.galley import Anchors, Galley, Scope, scope_of
from editorial.render.docx.tables import row_xml, table_xml
from editorial.render.docx.wordml import paragraph, run
from editorial.values import dataclass

CELL_MARGIN = 140  # twips at each side of the rule between the columns
MARGINS = "".join(f'<w:{side} w:w="{CELL_MARGIN}" w:type="dxa"/>' for side in ("left", "right"))
EMPTY_CELL = "—"
YEAR = re.compile(r"\d{4}年?")
NOWHERE = Anchors(parts={}, blocks={}, first={})


@dataclass(frozen=True, slots=True)
class Group:
    """An entry or a heading with what follows it, by index of block; `key` is its title."""

    key: str
    blocks: tuple[int, ...]


def set_part(scope: Scope) -> list[str]:
    """The blocks of a part; in two columns when last year's book has it too."""
    beside = scope.galley.beside
    last = beside.parts.get(scope.part.id) if beside else None
    if beside is None or last is None:
        return set_blocks(scope)
    galley = _narrowed(scope.galley)
    now = replace(scope, galley=galley)
    before = scope_of(_plain(galley), last)
    half = scope.galley.page.measure // 2
    edges = (0, half, 2 * half)
    heads = (f"上年：{beside.title}", f"本年：{scope.galley.title}")
    cells = ([paragraph(run(words), "TableHead")] for words in heads)
    rows = [row_xml("".join(_cell(cell, half) for cell in cells), head=True)]
    rows += [_row(pair, half) for pair in _pairs(before, now)]
    return [table_xml(edges, "".join(rows), "RuledTable"), paragraph("", "TableEnd")]


def _narrowed(galley: Galley) -> Galley:
    """Tables and pictures fit half the measure, and none may lie on a page of its own."""
    measure = galley.page.measure // 2 - 2 * CELL_MARGIN
    return replace(galley, page=replace(galley.page, measure=measure, columns=1), running="")


def _plain(galley: Galley) -> Galley:
    """Last year's text is there to be looked at: nothing leads into it or comes home from it."""
    return replace(galley, anchors=NOWHERE, traced=False, queries={}, redline=None, revisions=None)


def _pairs(before: Scope, now: Scope) -> Iterator[tuple[list[str], list[str]]]:
    """What stands side by side: entries of one title, else an entry alone."""
    old, new = _groups(before.part), _groups(now.part)
    matched = SequenceMatcher(None, [g.key for g in old], [g.key for g in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matched.get_opcodes():
        if tag == "equal":
            for left, right in zip(old[i1:i2], new[j1:j2], strict=True):
                yield _set(before, left), _set(now, right)
        else:
            yield from ((_set(before, group), []) for group in old[i1:i2])
            yield from (([], _set(now, group)) for group in new[j1:j2])
    yield uncalled(before), uncalled(now)


def _groups(part: Part) -> list[Group]:
    starts = [
        index for index, block in enumerate(part.blocks) if isinstance(block, Entry | Heading)
    ]
    edges = [*dict.fromkeys((0, *starts)), len(part.blocks)]
    groups = (
        Group(_key(part.blocks[start]), tuple(range(start, stop)))
        for start, stop in pairwise(edges)
        if start < stop
    )
    return [group for group in groups if _prints(part.blocks, group)]


def _prints(blocks: Sequence[Block], group: Group) -> bool:
    return any(not isinstance(blocks[index], Note) for index in group.blocks)


def _key(block: Block) -> str:
    """Its title without the year, which moves on with every volume."""
    match block:
        case Entry(title=title):
            return YEAR.sub("", title)
        case Heading(runs=runs):
            return YEAR.sub("", plain(runs))
        case _:
            return ""


def _set(scope: Scope, group: Group) -> list[str]:
    blocks = scope.part.blocks
    return [piece for index in group.blocks for piece in set_marked(scope, blocks[index], index)]


def _row(pair: tuple[list[str], list[str]], width: int) -> str:
    """A row that may break over pages: an entry can be longer than one."""
    if not any(pair):
        return ""
    return f"<w:tr>{''.join(_cell(pieces, width) for pieces in pair)}</w:tr>"


def _cell(pieces: list[str], width: int) -> str:
    """A cell must end with a paragraph."""
    content = pieces or [paragraph(run(EMPTY_CELL), "TableText")]
    last = "" if content[-1].endswith("</w:p>") else paragraph("", "TableEnd")
    look = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:tcMar>{MARGINS}</w:tcMar></w:tcPr>'
    return f"<w:tc>{look}{''.join(content)}{last}</w:tc>"
