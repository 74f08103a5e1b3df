"""花脸稿 to set: what editors do to books, and merged books of any shape at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any, TypeAlias

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from editorial.model.book import Book, Imprint, Part
from editorial.model.document import (
    Block,
    Break,
    Cell,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
)
from editorial.model.redline import BlockChange, Change, Redline, Stretch, Stretches
from editorial.model.redlining import redlined
from tests.model.editing import book_of, edited, hands_through, volumes

Placed: TypeAlias = tuple[Block, BlockChange]
Script: TypeAlias = tuple[tuple[Placed, ...], Change | None, int]

IMPRINT = Imprint(
    title="示例年鉴2019",
    label="评议稿",
    edition=2,
    date=date(2020, 3, 5),
    office="示例市地方志办公室",
    commit="0123456789abcdef",
)
CHINA = timezone(timedelta(hours=8))
AT = datetime(2019, 12, 2, 9, 30, tzinfo=CHINA)
PUT_IN = Change(kind="insert", author="示例初审", at=AT, ink="red")
TAKEN_OUT = Change(kind="delete", author="示例复审", at=AT + timedelta(days=30), ink="blue")
CHANGES = (
    *(PUT_IN, TAKEN_OUT),
    *(replace(PUT_IN, author="示例终审"), replace(TAKEN_OUT, author="示例初审")),
)


def gathered(count: int, strategy: st.SearchStrategy[Any]) -> list[Any]:
    """`count` different examples, always the same."""
    found: dict[str, Any] = {}

    @settings(
        max_examples=2 * count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def collect(example: Any) -> None:
        if len(found) < count:
            found.setdefault(repr(example), example)

    collect()
    assert len(found) == count
    return list(found.values())


# What editors do


@st.composite
def edits(draw: st.DrawFn) -> tuple[Book, Book, Book]:
    """A volume, and what two editors made of it one after the other."""
    old = draw(volumes())
    between = draw(edited(old))
    return book_of(old), book_of(between), book_of(draw(edited(between)))


def bound(books: Iterable[Book]) -> Book:
    """Books bound in one, so that outside programs are started once for all of them."""
    parts: list[Part] = []
    numbers: dict[tuple[str, int], str] = {}
    blocks: dict[tuple[str, int], BlockChange] = {}
    heads: dict[str, BlockChange] = {}
    for place, book in enumerate(books):
        parts.append(Part(id=f"{place}", level=1, title=f"第{place}部"))
        parts += [replace(part, id=f"{place}/{part.id}") for part in book.parts]
        numbers |= {(f"{place}/{id_}", at): text for (id_, at), text in book.numbers.items()}
        known = book.redline or Redline(since="")
        blocks |= {
            (f"{place}/{id_}", at): _own(each, place) for (id_, at), each in known.blocks.items()
        }
        heads |= {f"{place}/{id_}": _own(each, place) for id_, each in known.parts.items()}
    redline = Redline(since="第1稿", blocks=blocks, parts=heads) if blocks or heads else None
    return Book(imprint=IMPRINT, parts=tuple(parts), numbers=numbers, redline=redline)


def _own(known: BlockChange, place: int) -> BlockChange:
    """Moves of one book are none of another."""
    change = known.change
    if change is None or not change.move:
        return known
    return replace(known, change=replace(change, move=f"{place}/{change.move}"))


def marked_edits(scripts: Sequence[tuple[Book, Book, Book]]) -> Book:
    return bound(
        redlined(old, new, hands_through(old, between, new)) for old, between, new in scripts
    )


# Anything merged

# No change begins with what combines with the sign before it: compared texts are not cut there.
SIGNS = (*"年鉴示例区增长12%，。“”—a b【待补】　\U00020000&<", "a\u0301", "葛\U000e0100")
TEXT = st.lists(st.sampled_from(SIGNS), max_size=6).map("".join)
LABELS = ("1", "2", "3")
CHANGED = st.none() | st.sampled_from(CHANGES)
WHOLE = st.none() | st.none() | st.sampled_from(CHANGES)
WORDS = st.lists(
    st.builds(Stretch, run=st.builds(Run, text=TEXT.filter(bool)), change=CHANGED), max_size=4
).map(tuple)
TITLE = WORDS.map(lambda words: (Stretch(run=Run(text="题")), *words))
RUNS = st.one_of(
    st.builds(Run, text=TEXT.filter(bool)),
    st.builds(
        Run,
        kind=st.sampled_from(("emphasis", "superscript", "subscript")),
        text=st.sampled_from(("甲", "乙丙")),
    ),
    st.builds(
        Run,
        kind=st.just("link"),
        text=st.sampled_from(("表一", "网址")),
        target=st.sampled_from(("#t", "https://example.org/", "#无")),
    ),
    st.builds(Run, kind=st.just("note"), target=st.sampled_from(LABELS)),
)
STRETCHES = st.lists(st.builds(Stretch, run=RUNS, change=CHANGED), max_size=5).map(tuple)


@st.composite
def changed(
    draw: st.DrawFn, make: Callable[..., Block], **fields: st.SearchStrategy[Stretches]
) -> Placed:
    """A block with the words of its fields, either put in or taken out whole or changed within."""
    whole = draw(WHOLE)
    marked = {name: draw(words) for name, words in fields.items()}
    if whole:
        marked = {name: _of_kind(words, whole) for name, words in marked.items()}
    block = make(**{name: runs_of(words) for name, words in marked.items()})
    return block, BlockChange(change=whole, texts=marked)


def _of_kind(words: Stretches, whole: Change) -> Stretches:
    """In a block that came or went whole, other hands can only have done the same."""
    return tuple(
        replace(
            each, change=each.change if each.change and each.change.kind == whole.kind else None
        )
        for each in words
    )


def runs_of(words: Stretches) -> Runs:
    return tuple(each.run for each in words)


def said(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def entry(title: Runs, runs: Runs) -> Block:
    return Entry(title=said(title), runs=runs)


def figure(title: Runs, credit: Runs) -> Block:
    return Figure(id="f", src="缺.png", title=said(title), credit=said(credit))


def paragraph(runs: Runs) -> Block:
    return Paragraph(runs=runs)


def heading(runs: Runs) -> Block:
    return Heading(runs=runs)


def signature(text: Runs) -> Block:
    return Signature(text=said(text))


@st.composite
def tables(draw: st.DrawFn) -> Placed:
    title, unit, whole = draw(WORDS), draw(WORDS), draw(WHOLE)
    height, width = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    rows: dict[int, Change] = {}
    cells: dict[str, Stretches] = {}
    for row in range(height):
        gone = whole or (draw(WHOLE) if row else None)
        rows |= {row: gone} if gone and not whole else {}
        for column in range(width):
            head = Stretch(run=Run(text=f"{row}{column}"))
            words = draw(STRETCHES)
            cells[f"{row},{column}"] = (head, *(_of_kind(words, gone) if gone else words))
    grid = tuple(
        tuple(Cell(runs=runs_of(cells[f"{row},{column}"])) for column in range(width))
        for row in range(height)
    )
    fields = cells if whole else {"title": title, "unit": unit, **cells}
    made = Table(
        id="t", title=said(runs_of(title)), unit=said(runs_of(unit)), rows=grid, header_rows=1
    )
    return made, BlockChange(change=whole, texts=fields, rows=rows)


@st.composite
def moves(draw: st.DrawFn) -> tuple[Placed, Placed]:
    """A paragraph at its old place and at its new one."""
    name, words = str(draw(st.uuids())), draw(STRETCHES.filter(bool))
    ends = draw(st.sampled_from(((PUT_IN, TAKEN_OUT), (TAKEN_OUT, PUT_IN))))
    first, last = (
        (Paragraph(runs=runs_of(words)), BlockChange(change=replace(end, move=name)))
        for end in ends
    )
    return first, last


BLOCKS: st.SearchStrategy[Placed] = st.one_of(
    changed(paragraph, runs=STRETCHES),
    changed(paragraph, runs=STRETCHES),
    changed(entry, title=WORDS, runs=STRETCHES),
    changed(heading, runs=TITLE),
    changed(signature, text=WORDS),
    changed(figure, title=WORDS, credit=WORDS),
    changed(Break),
    tables(),
)
NOTES = st.tuples(
    *(
        st.none() | changed(lambda runs, label=label: Note(label=label, runs=runs), runs=WORDS)
        for label in (*LABELS, "1")
    )
)


@st.composite
def merged_parts(draw: st.DrawFn) -> Script:
    """Blocks with their changes, what became of the whole part, and its level."""
    blocks = draw(st.lists(BLOCKS, max_size=5))
    if draw(st.booleans()):
        for end in draw(moves()):
            at = draw(st.integers(0, len(blocks)))
            blocks[at:at] = [end]
    placed = (*blocks, *filter(None, draw(NOTES)))
    return placed, draw(st.none() | WHOLE), draw(st.integers(1, 3))


def merged_book(scripts: Sequence[Script]) -> Book:
    parts, blocks, heads = [], {}, {}
    numbers: dict[tuple[str, int], str] = {}
    for place, (script, whole, level) in enumerate(scripts):
        name, title = f"p{place}", f"第{place}题"
        listed = tuple(block for block, _ in script)
        parts.append(Part(id=name, level=level, title=title, blocks=listed))
        heads[name] = BlockChange(change=whole)
        for index, (block, change) in enumerate(script):
            blocks[name, index] = BlockChange(change=whole) if whole else change
            if isinstance(block, Table | Figure):
                numbers[name, index] = f"表{place}-{index}"
    redline = Redline(since="第1稿", blocks=blocks, parts=heads)
    return Book(imprint=IMPRINT, parts=tuple(parts), numbers=numbers, redline=redline)
