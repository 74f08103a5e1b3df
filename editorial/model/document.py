"""The text of a section as a tree of blocks with inline runs.

Every block keeps the span of source text it was read from; spans do not take
part in comparison, so a document equals itself after `read(render(document))`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import field, replace
from itertools import takewhile
from typing import Literal, TypeAlias, TypeVar

from editorial.values import dataclass

_NEVER = "\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff"
# What no program prints, nor XML 1.0 can hold.
UNPRINTABLE = re.compile(f"[{_NEVER}]")
# And what else print leaves out: DEL and the C1 controls, marks of direction, separators of lines
# and paragraphs. Zero-width space, joiners, BOM and soft hyphen go without a word: they are left
# behind by web pages in any pasted text, and no reader misses them.
_LEFT_OUT = f"{_NEVER}\x7f-\x9f\u200e\u200f\u2028-\u202e\u2061-\u206f"
UNPRINTED = re.compile(f"[{_LEFT_OUT}]")
# All that leaves nothing on a page.
INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\ufffe\uffff\U000e0100-\U000e01ef]"
)
# A character in a form of its own, of which the usual form is printed. U+FE0E asks for no other.
_FORMS = "\ufe00-\ufe0d\ufe0f\U000e0100-\U000e01ef"
VARIANT = re.compile(f"(\\S)[{_FORMS}]")
# A text without these has nothing of all that.
UNUSUAL = re.compile(f"[{_LEFT_OUT}{_FORMS}]")


def printable(text: str) -> str:
    return UNPRINTABLE.sub("", text)


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range of code points in the source text."""

    start: int
    end: int


NOWHERE = Span(0, 0)

RunKind: TypeAlias = Literal["text", "emphasis", "superscript", "subscript", "link", "note"]

# What a paragraph is, where it is set otherwise than the text: 落款 and its 成文日期, 引文, a line
# of verse, its title and whose it is, a line in the middle that leads to what follows (一,
# 第一章　总则), one under a title (题注, 副题, 文号), 主送机关, 附件：1．…… and what follows
# it, and lines asked for at the right or in the middle.
Form: TypeAlias = Literal[
    "",
    "signed",
    "dated",
    "quote",
    "verse",
    "verse_title",
    "verse_author",
    "head",
    "aside",
    "salutation",
    "annex",
    "annexed",
    "right",
    "center",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Inline text of one kind.

    `target` is the anchor (`#biao-3-1`) or address of a link, or the label of
    a note mark (whose `text` is empty).
    """

    kind: RunKind = "text"
    text: str = ""
    target: str = ""


Runs: TypeAlias = tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """次分目 or 目: a heading inside the section; level 1 is the highest there."""

    level: int = 1
    runs: Runs
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """条目: the title set run-in as 【title】, and the first paragraph after it.

    `title` is plain text; `title_runs` are its runs where any is not, as in 【CO~2~减排】, and
    empty otherwise. So it is with the titles and units of tables and figures.
    """

    title: str
    title_runs: Runs = ()
    runs: Runs = ()
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """`form` is told from its words and what stands around it; quotation, verse, and what stands
    at the right or in the middle are typed."""

    runs: Runs
    form: Form = field(default="", compare=False)
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A table cell covering `across` columns and `down` rows, itself included."""

    runs: Runs = ()
    across: int = 1
    down: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """表: a rectangular grid; a position covered by a spanning cell holds None. A `plain` one
    (编委会名单, 版权页) has neither rules nor number, and its title is not printed."""

    id: str = ""
    title: str = ""
    title_runs: Runs = ()
    unit: str = ""
    unit_runs: Runs = ()
    rows: tuple[tuple[Cell | None, ...], ...] = ()
    header_rows: int = 1
    plain: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """图: `src` is a path relative to the chapter folder; `credit` the photographer; `width` in
    millimetres, 0 as wide as it comes. `beside`: in one row with the one before it;
    `aside`: at the right of the text that follows; `unnumbered`: takes no number."""

    id: str = ""
    src: str = ""
    title: str = ""
    title_runs: Runs = ()
    credit: str = ""
    width: float = 0
    beside: bool = False
    aside: bool = False
    unnumbered: bool = False
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """脚注: the text belonging to a mark with the same label."""

    label: str
    runs: Runs
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """供稿人: the signature closing an entry or section, without its brackets."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """编者注: never printed in any draft."""

    text: str
    span: Span = field(default=NOWHERE, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """A blank line in print between two paragraphs; `quoted`: between stanzas."""

    quoted: bool = field(default=False, compare=False)
    span: Span = field(default=NOWHERE, compare=False)


Titled = TypeVar("Titled", Entry, Table, Figure)
Block: TypeAlias = Heading | Entry | Paragraph | Table | Figure | Note | Signature | Comment | Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    blocks: tuple[Block, ...] = ()


def plain(runs: Runs) -> str:
    """The characters a reader sees, without note marks."""
    return "".join(run.text for run in runs if run.kind != "note")


def title_of(block: Entry | Table | Figure) -> Runs:
    return block.title_runs or ((Run(text=block.title),) if block.title else ())


def unit_of(table: Table) -> Runs:
    return table.unit_runs or ((Run(text=table.unit),) if table.unit else ())


def titled(block: Titled, runs: Runs) -> Titled:
    return replace(block, title=plain(runs), title_runs=_unlike_plain(runs))


def with_unit(table: Table, runs: Runs) -> Table:
    return replace(table, unit=plain(runs), unit_runs=_unlike_plain(runs))


def _unlike_plain(runs: Runs) -> Runs:
    return runs if any(run.kind != "text" for run in runs) else ()


def title_marks(runs: Iterable[Run]) -> int:
    """How many runs stand before the text of an entry: marks of notes on its title."""
    return sum(1 for _ in takewhile(lambda run: run.kind == "note" or not run.text, runs))


def printed_text(document: Document) -> str:
    """All characters that print, one block a line; for counting and comparing."""
    return "\n".join(line for block in document.blocks for line in _lines(block))


def _lines(block: Block) -> list[str]:
    match block:
        case Heading(runs=runs) | Paragraph(runs=runs) | Note(runs=runs):
            return [plain(runs)]
        case Entry(title=title, runs=runs):
            return [f"【{title}】{plain(runs)}"]
        case Table(title=title, unit=unit, rows=rows):
            cells = [plain(cell.runs) for row in rows for cell in row if cell]
            return [title, unit, *cells]
        case Figure(title=title, credit=credit):
            return [title, credit]
        case Signature(text=text):
            return [f"（{text}）"]
        case Comment() | Break():
            return []


def joined(runs: Runs) -> Runs:
    """Neighbouring plain runs made one and empty ones dropped: the form that is read back."""
    out: list[Run] = []
    for run in runs:
        if run.kind != "note" and not run.text:
            continue
        if out and run.kind == "text" and out[-1].kind == "text":
            out[-1] = Run(text=out[-1].text + run.text)
        else:
            out.append(run)
    return tuple(out)


def fused(runs: Iterable[Run]) -> Runs:
    """Neighbours of one kind made one, empty ones dropped; note marks stay apart."""
    out: list[Run] = []
    for run in runs:
        last = out[-1] if out else None
        if run.kind == "note":
            out.append(run)
        elif run.text and last and (last.kind, last.target) == (run.kind, run.target):
            out[-1] = replace(last, text=last.text + run.text)
        elif run.text:
            out.append(run)
    return tuple(out)
