"""Links from one place of a book to another: those that lead nowhere, or to one of two places,
or that print another number than what they lead to has."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from editorial.model.book import Part, numbered
from editorial.model.document import Block, Figure, Runs, Span, Table
from editorial.model.finding import Finding

Text: TypeAlias = tuple[str, Sequence[Block]]
# 表3-1, however it is typed: with blanks, wide digits, another hyphen or a dash; but not 附表1-2,
# 图表1-2, 上年表1-2, nor 表2018-2019年.
NUMBER = re.compile(r"(?<![附年图])([表图])\s*(\d{1,2})\s*[-‐‑‒–—―−﹣－]\s*(\d{1,3})(?![\d年])")


def anchors_in(texts: Sequence[Text]) -> frozenset[str]:
    """What can be linked to: sections, and the tables and figures that bear a name."""
    named = frozenset(block.id for _, blocks in texts for block in _named(blocks))
    return named.union(where for where, _ in texts)


class Linked(NamedTuple):
    """A link to a place of the book: the section and block it stands in, its words, the name of
    its goal."""

    where: str
    span: Span
    text: str
    goal: str


def links_in(texts: Sequence[Text]) -> list[Linked]:
    return [
        Linked(where, block.span, run.text, run.target[1:])
        for where, blocks in texts
        for block in blocks
        for runs in _texts(block)
        for run in runs
        if run.kind == "link" and run.target.startswith("#")
    ]


def dangling_links(links: Iterable[Linked], anchors: Collection[str]) -> Iterator[Finding]:
    """见表3-1 where no such table is: its reader would look in vain."""
    for link in links:
        if link.goal not in anchors:
            yield Finding(
                code="M10",
                message=f"“{link.text}”指的表或图（#{link.goal}）不在书中",
                where=link.where,
                span=link.span,
            )


def numbers_by_name(parts: Sequence[Part]) -> dict[str, str]:
    """表3-1 by the name of the table, but not by a name that two have. Before the last of
    `parts` none is left out."""
    numbers = numbered(parts)
    found: dict[str, str] = {}
    for part in parts:
        for index, block in enumerate(part.blocks):
            if isinstance(block, Table | Figure) and block.id:
                number = numbers.get((part.id, index), "")
                found[block.id] = "" if block.id in found else number
    return found


def wrong_numbers(links: Iterable[Linked], numbers: Mapping[str, str]) -> Iterator[Finding]:
    """见表9-9 that leads to what is printed as 表1-2. One that names no number is not wrong."""
    for link in links:
        number = numbers.get(link.goal)
        if number and (wrong := _other_number(link.text, number)):
            yield Finding(
                code="M12",
                message=f"“{link.text}”指的（#{link.goal}）是{number}，不是{wrong}",
                where=link.where,
                span=link.span,
                hint=f"改为“{link.text.replace(wrong, number)}”",
            )


def _other_number(text: str, number: str) -> str:
    """The number that stands in a text in place of `number`, as it is typed; empty: none does."""
    named = list(NUMBER.finditer(text))
    if any(f"{each[1]}{int(each[2])}-{int(each[3])}" == number for each in named):
        return ""
    return named[0][0] if named else ""


def names_given_twice(texts: Sequence[Text]) -> Iterator[Finding]:
    first: dict[str, str] = {}
    for where, blocks in texts:
        for block in _named(blocks):
            if block.id in first:
                other = "本分目的另一处" if first[block.id] == where else first[block.id]
                yield Finding(
                    code="M11",
                    message=f"表、图的名字“#{block.id}”与{other}重复",
                    where=where,
                    span=block.span,
                    hint="“见表”“见图”会指错，请换一个名字",
                )
            first.setdefault(block.id, where)


def _named(blocks: Sequence[Block]) -> Iterator[Table | Figure]:
    return (block for block in blocks if isinstance(block, Table | Figure) and block.id)


def _texts(block: Block) -> Iterator[Runs]:
    """All that may hold a link."""
    yield getattr(block, "title_runs", ())
    yield getattr(block, "runs", ())
    if isinstance(block, Table):
        yield block.unit_runs
        yield from [cell.runs for row in block.rows for cell in row if cell]
