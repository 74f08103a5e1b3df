"""Words of the source put between 〖 〗 in the text that is read from it.

What a reader sees is the source without its markup, in the same order: character by character
one is found in the other, block by block.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from editorial.model.document import (
    Block,
    Break,
    Cell,
    Comment,
    Document,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Runs,
    Signature,
    Span,
    Table,
    title_of,
    titled,
)

FIRST, LAST = "〖", "〗"
# Also what is left of it in a paragraph where words begin that end in another.
QUOTED = f"{FIRST}[^{FIRST}{LAST}]*(?:{LAST}|$)|^[^{FIRST}{LAST}]*{LAST}"

Put = Callable[[str], str]


def bracketed(words: str) -> str:
    """Words as the desk quotes them in their line, with the brackets of the screen."""
    return words.replace("⟦", FIRST).replace("⟧", LAST)


def quoted(document: Document, text: str, spans: Sequence[Span]) -> Document:
    """`document` is what was read from `text`, `spans` what is quoted of it."""
    blocks = (_quoted(block, text, spans) for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


def _quoted(block: Block, text: str, spans: Sequence[Span]) -> Block:
    own, other = block.span.start, block.span.end
    if not any(span.start < other and own < span.end for span in spans):
        return block
    said = _said(block)
    places = list(_places(said, text, block.span))
    before, behind = Counter[int](), Counter[int]()
    for span in spans:
        within = [at for at, place in enumerate(places) if span.start <= place < span.end]
        if within:
            before[within[0]] += span.start >= own
            behind[within[-1]] += span.end <= other
    marked = iter(f"{FIRST * before[at]}{char}{LAST * behind[at]}" for at, char in enumerate(said))
    return _rewritten(block, lambda piece: "".join(next(marked) for _ in piece))


def _said(block: Block) -> str:
    """What it says, piece by piece as it is rewritten."""
    said: list[str] = []

    def put(piece: str) -> str:
        said.append(piece)
        return piece

    _rewritten(block, put)
    return "".join(said)


def _places(said: str, text: str, span: Span) -> Iterator[int]:
    """Where in the source each character stands."""
    at = span.start
    for char in said:
        found = text.find(char, at, span.end)
        yield at if found < 0 else found
        at = at if found < 0 else found + 1


def _rewritten(block: Block, put: Put) -> Block:
    match block:
        case Entry():
            told = titled(block, _runs(title_of(block), put))
            return replace(told, runs=_runs(block.runs, put))
        case Heading(runs=runs) | Paragraph(runs=runs) | Note(runs=runs):
            return replace(block, runs=_runs(runs, put))
        case Table():
            head = titled(block, _runs(title_of(block), put))
            return replace(head, rows=tuple(_cells(row, put) for row in block.rows))
        case Figure():
            return titled(block, _runs(title_of(block), put))
        case Signature(text=text) | Comment(text=text):
            return replace(block, text=put(text))
        case Break():
            return block


def _cells(row: Sequence[Cell | None], put: Put) -> tuple[Cell | None, ...]:
    return tuple(cell and replace(cell, runs=_runs(cell.runs, put)) for cell in row)


def _runs(runs: Runs, put: Put) -> Runs:
    return tuple(replace(run, text=put(run.text)) for run in runs)
