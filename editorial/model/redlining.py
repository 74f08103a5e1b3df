"""Two books → 花脸稿: parts put side by side, then their blocks, then the words in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count

from editorial.model.authorship import HEAD, NOBODY, Authors, authors_of
from editorial.model.book import Book, Part
from editorial.model.compare import aligned, moved, tokens
from editorial.model.document import NOWHERE, Block, Figure, Note, Table
from editorial.model.labelling import note_labels
from editorial.model.likeness import likeness, words_of
from editorial.model.marking import Who, both, change_by, differing, merged_order, whole
from editorial.model.partnering import Facing, partnered
from editorial.model.redline import Before, BlockChange, Change, Hand, Hands, Redline
from editorial.model.settling import printed_order, relabelled, settled_blocks
from editorial.values import dataclass

NO_PART = Part(id="", level=0, title="")
SHORTEST = 12  # a shorter paragraph elsewhere is another one, not one that moved


@dataclass(slots=True, kw_only=True)
class _Place:
    """A block of the merged part: where it stood in the old and in the new one, None for
    neither; `move` pairs it with `other`, the block at the further end."""

    old: int | None
    new: int | None
    move: str = ""
    other: Block | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sheet:
    """One part of the merged book being made. `labels`: those of notes, merged → old."""

    facing: Facing
    old: tuple[Block, ...]
    new: tuple[Block, ...]
    old_numbers: Mapping[int, str]
    new_numbers: Mapping[int, str]
    places: list[_Place]
    labels: Mapping[str, str]
    chapter: int
    same: bool


@dataclass(slots=True, kw_only=True)
class _Merged:
    """What the merged book is collected from; `cause` last shifted the numbers of tables."""

    cause: Hand
    parts: list[Part]
    numbers: dict[tuple[str, int], str]
    blocks: dict[tuple[str, int], BlockChange]
    headings: dict[str, BlockChange]


def redlined(old: Book, new: Book, hands: Hands, since: str = "") -> Book:
    """The new book with what the old one had otherwise; `Book.redline` tells each difference.

    `accepted` of it equals `printed(new)` and `rejected` equals `printed(old)`, in parts and in
    the numbers of their tables and figures. Sections with one digest are not looked into.
    Imprint, editorial notes and readings are those of the new book.
    """
    sheets = _sheets(old, new)
    moves = count(1)
    _move_parts(sheets, moves)
    _move_blocks(sheets, moves)
    made = _Merged(cause=hands.last, parts=[], numbers={}, blocks={}, headings={})
    for sheet in sheets:
        _set(made, sheet, hands)
    redline = Redline(since=since, blocks=made.blocks, parts=made.headings)
    return replace(new, parts=tuple(made.parts), numbers=made.numbers, redline=redline)


def _sheets(old: Book, new: Book) -> list[_Sheet]:
    sheets, chapter = [], 0
    for facing in partnered(old.parts, new.parts):
        chapter += (facing.new or facing.old or NO_PART).level == 1
        sheets.append(_sheet(old, new, facing, chapter))
    return sheets


def _sheet(old: Book, new: Book, facing: Facing, chapter: int) -> _Sheet:
    was, now = facing.old, facing.new
    if was and now and _same(was, now):
        blocks = now.blocks
        order = list(range(len(blocks)))
        return _Sheet(
            facing=facing,
            old=blocks,
            new=blocks,
            old_numbers=_numbers(old, was, order),
            new_numbers=_numbers(new, now, order),
            places=[_Place(old=at, new=at) for at in order],
            labels={},
            chapter=chapter,
            same=True,
        )
    before, after = was.blocks if was else (), now.blocks if now else ()
    labels = note_labels(before, after) if was and now else {}
    mine = settled_blocks(before)
    if labels:
        mine = tuple(relabelled(block, labels) for block in mine)
    theirs = settled_blocks(after)
    return _Sheet(
        facing=facing,
        old=mine,
        new=theirs,
        old_numbers=_numbers(old, was, printed_order(before)),
        new_numbers=_numbers(new, now, printed_order(after)),
        places=_places(mine, theirs),
        labels={merged: own for own, merged in labels.items()},
        chapter=chapter,
        same=False,
    )


def _same(old: Part, new: Part) -> bool:
    return (bool(old.digest) and old.digest == new.digest) or old.blocks == new.blocks


def _numbers(book: Book, part: Part | None, order: list[int]) -> dict[int, str]:
    found = ((at, book.numbers.get((part.id, i))) for at, i in enumerate(order)) if part else ()
    return {at: number for at, number in found if number}


def _places(old: tuple[Block, ...], new: tuple[Block, ...]) -> list[_Place]:
    """Notes stand last on either side and answer to each other by their labels."""
    stop, stop2 = _body(old), _body(new)
    pairs = aligned(old[:stop], new[:stop2], likeness(old[:stop], new[:stop2]))
    places = [_Place(old=i, new=j) for i, j in merged_order(pairs, stop, stop2)]
    waiting: dict[str, list[int]] = {}
    for i, note in enumerate(old[stop:], stop):
        waiting.setdefault(_label(note), []).append(i)
    for j, note in enumerate(new[stop2:], stop2):
        mine = waiting.get(_label(note))
        places.append(_Place(old=mine.pop(0) if mine else None, new=j))
    left = sorted(i for mine in waiting.values() for i in mine)
    return [*places, *(_Place(old=i, new=None) for i in left)]


def _body(blocks: tuple[Block, ...]) -> int:
    return next((at for at, each in enumerate(blocks) if isinstance(each, Note)), len(blocks))


def _label(block: Block) -> str:
    return block.label if isinstance(block, Note) else ""


def _move_parts(sheets: list[_Sheet], moves: Iterator[int]) -> None:
    """Pair the blocks at both ends of a section that was moved."""
    ends = {id(sheet.facing.new): sheet for sheet in sheets if sheet.facing.moved}
    for sheet in sheets:
        if sheet.facing.moved and sheet.facing.old:
            there = ends[id(sheet.facing.other)]
            pairs = aligned(sheet.old, there.new, likeness(sheet.old, there.new))
            _join([(sheet.places[i], there.places[j]) for i, j in pairs], sheet, there, moves)


def _move_blocks(sheets: list[_Sheet], moves: Iterator[int]) -> None:
    """Pair paragraphs taken out with those put in elsewhere in the same 篇目."""
    chapters: dict[int, list[_Sheet]] = {}
    for sheet in sheets:
        if not sheet.same and not sheet.facing.moved:
            chapters.setdefault(sheet.chapter, []).append(sheet)
    for inside in chapters.values():
        gone = [(s, p) for s in inside for p in s.places if p.new is None and _body(s.old) > _at(p)]
        come = [(s, p) for s in inside for p in s.places if p.old is None and _body(s.new) > _at(p)]
        old = [_named(s.old[_at(p)]) for s, p in gone]
        new = [_named(s.new[_at(p)]) for s, p in come]
        for i, j in moved(old, new, shortest=SHORTEST + 1):
            (here, place), (there, further) = gone[i], come[j]
            if type(here.old[_at(place)]) is type(there.new[_at(further)]):
                _join([(place, further)], here, there, moves)


def _named(block: Block) -> str:
    return type(block).__name__[0] + words_of(block)


def _at(place: _Place) -> int:
    return next(at for at in (place.old, place.new) if at is not None)


def _join(
    pairs: Iterable[tuple[_Place, _Place]], here: _Sheet, there: _Sheet, moves: Iterator[int]
) -> None:
    for place, further in pairs:
        place.move = further.move = str(next(moves))
        place.other, further.other = there.new[_at(further)], here.old[_at(place)]


def _set(made: _Merged, sheet: _Sheet, hands: Hands) -> None:
    """One part of the merged book with its changes."""
    facing = sheet.facing
    heading, hand = _heading(sheet, hands)
    if heading:
        made.headings[facing.id] = heading
        if heading.change and (facing.new or facing.old or NO_PART).level == 1:
            made.cause = hand
    authors = None if sheet.same else _authors(sheet, hands)
    blocks: list[Block] = []
    for at, place in enumerate(sheet.places):
        who = _who(sheet, place, authors, hand)
        block, change = _block(sheet, place, who)
        if isinstance(block, Table | Figure):
            change = _numbered(made, sheet, place, at, change)
        if change:
            made.blocks[facing.id, at] = change
        blocks.append(block)
    made.parts.append(_part(sheet, tuple(blocks)))


def _heading(sheet: _Sheet, hands: Hands) -> tuple[BlockChange | None, Hand]:
    """What became of the heading of a part, and who answers for the part."""
    facing = sheet.facing
    old, new = facing.old, facing.new
    own = hands.headings.get((new or old or NO_PART).id)
    texts = hands.texts.get((new or old or NO_PART).id, ())
    hand = own or (texts[-1].hand if texts else hands.last)
    if not (old and new):
        change = change_by(hand, "insert" if new else "delete", _move(sheet))
        before = Before(id=old.id) if old and old.id != facing.id else None
        return BlockChange(change=change, before=before), hand
    who = Who(gone={}, come={}, otherwise=own or hands.last)
    title = differing(tokens(old.title), tokens(new.title), who, "", "")
    before = Before(
        id=old.id if old.id != facing.id else None,
        level=old.level if old.level != new.level else None,
        heading=_printed_or_not(old, new, who.otherwise),
        labels=sheet.labels,
    )
    found = BlockChange(
        texts={"title": title} if old.title != new.title else {},
        before=before if before != Before() else None,
    )
    return (found if found != BlockChange() else None), hand


def _printed_or_not(old: Part, new: Part, hand: Hand) -> Change | None:
    """What became of a heading that only one of the two books prints."""
    if old.untitled == new.untitled:
        return None
    return change_by(hand, "delete" if new.untitled else "insert")


def _move(sheet: _Sheet) -> str:
    """Either end of a moved section bears the same name: the id it has in the new book."""
    facing = sheet.facing
    if not facing.moved:
        return ""
    return (facing.new or facing.other or NO_PART).id


def _authors(sheet: _Sheet, hands: Hands) -> Authors:
    """Authors of the words of every block, old and new; of a moved section those of its text."""
    facing = sheet.facing
    old, new = sheet.old, sheet.new
    if facing.moved and facing.other:
        further = settled_blocks(facing.other.blocks)
        old, new = (old, further) if facing.old else (further, new)
    name = facing.new or (facing.other if facing.moved else None) or facing.old or NO_PART
    return authors_of(old, new, hands.texts.get(name.id, ()))


def _who(sheet: _Sheet, place: _Place, authors: Authors | None, hand: Hand) -> Who:
    """A block of a moved section was moved by whoever moved the section."""
    if authors is None or _kept(sheet, place):
        return Who(gone=NOBODY, come=NOBODY, otherwise=hand)
    gone = NOBODY if place.old is None else authors.gone(place.old)
    come = NOBODY if place.new is None else authors.come(place.new)
    if sheet.facing.moved:
        gone, come = {**gone, HEAD: [hand]}, {**come, HEAD: [hand]}
    return Who(gone=gone, come=come, otherwise=hand)


def _kept(sheet: _Sheet, place: _Place) -> bool:
    if place.old is None or place.new is None:
        return False
    return sheet.old[place.old] == sheet.new[place.new]


def _block(sheet: _Sheet, place: _Place, who: Who) -> tuple[Block, BlockChange | None]:
    if place.old is None and place.new is not None:
        block = sheet.new[place.new]
        return block, whole(block, "insert", who, place.move, place.other)
    assert place.old is not None
    block = sheet.old[place.old]
    if place.new is None:
        return replace(block, span=NOWHERE), whole(block, "delete", who, place.move, place.other)
    return (block, None) if sheet.same else both(block, sheet.new[place.new], who)


def _numbered(
    made: _Merged, sheet: _Sheet, place: _Place, at: int, change: BlockChange | None
) -> BlockChange | None:
    """The number of a table or figure; one put in or taken out shifts those after it."""
    was = "" if place.old is None else sheet.old_numbers.get(place.old, "")
    now = "" if place.new is None else sheet.new_numbers.get(place.new, "")
    if now or was:
        made.numbers[sheet.facing.id, at] = now or was
    if change and change.change:
        own = change.change
        made.cause = Hand(author=own.author, at=own.at, ink=own.ink)
    elif was != now:
        who = Who(gone={}, come={}, otherwise=made.cause)
        number = differing(tokens(was), tokens(now), who, "", "")
        change = change or BlockChange()
        return replace(change, texts={**change.texts, "number": number})
    return change


def _part(sheet: _Sheet, blocks: tuple[Block, ...]) -> Part:
    old, new = sheet.facing.old, sheet.facing.new
    part = new or old or NO_PART
    images = {**(old.images if old else {}), **(new.images if new else {})}
    places = part.places
    if not sheet.same:
        known = part.places or range(len(part.blocks))
        places = tuple(known[at] for at in printed_order(part.blocks)) if new else ()
    return replace(
        part,
        id=sheet.facing.id,
        blocks=blocks,
        images=images,
        pending=part.pending if new else (),
        digest=part.digest if sheet.same else "",
        places=places,
    )
