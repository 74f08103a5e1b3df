"""Links from one place of a book to another: those that lead nowhere, or to one of two places."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from editorial.model.document import Block, Figure, Run, Table
from editorial.model.finding import Finding

Text: TypeAlias = tuple[str, Sequence[Block]]


def anchors_in(texts: Sequence[Text]) -> frozenset[str]:
    """What can be linked to: sections, and the tables and figures that bear a name."""
    named = frozenset(block.id for _, blocks in texts for block in _named(blocks))
    return named.union(where for where, _ in texts)


def dangling_links(texts: Sequence[Text], anchors: Collection[str]) -> Iterator[Finding]:
    """见表3-1 where no such table is: its reader would look in vain."""
    for where, blocks in texts:
        for block in blocks:
            for run in _runs(block):
                if run.target.startswith("#") and run.target[1:] not in anchors:
                    yield Finding(
                        code="M10",
                        message=f"“{run.text}”指的表或图（{run.target}）不在书中",
                        where=where,
                        span=block.span,
                    )


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


def _runs(block: Block) -> Iterator[Run]:
    """The links of a block."""
    runs = getattr(block, "runs", ())
    if isinstance(block, Table):
        runs = [run for row in block.rows for cell in row if cell for run in cell.runs]
    return (run for run in runs if run.kind == "link")
