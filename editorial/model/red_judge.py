"""核红: differences between the text asked for and the text that came, laid at somebody's door.

A difference at a mark is that mark's: undone, when the old words explain it, else wrong. Each
place is weighed in a window of its own, with every mark in it either done or undone,
whichever comes nearest to what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Levenshtein

from editorial.model.folding import alike_unread, fold
from editorial.model.red_asked import AskedText, Piece, pieces_touching
from editorial.model.red_marks import RedMark
from editorial.model.red_steps import Op, drawn_in, edge, parted
from editorial.model.red_verdict import State
from editorial.model.text_match import Change
from editorial.model.text_moves import Matched
from editorial.values import dataclass

PAD = 3  # matched characters on either side of a window
SLIDE = 60  # characters a difference may be slid by
SHORT = 3  # characters gone or come beside a mark
SENTENCE = 6  # characters that hardly come of carrying out a mark badly
SLACK = 400  # characters the new text of a window may be longer by
FAR = 8000  # characters that may stand between the ends of a window


class Fate(NamedTuple):
    """What became of a mark: characters [j, j2) of the new proof stand in its place."""

    state: State
    j: int
    j2: int


class _Group(NamedTuple):
    """Differences that touch the same marks (numbers in `pieces`), within [start, stop]."""

    changes: list[Change]
    pieces: list[int]
    start: int
    stop: int


def judged(
    marks: Sequence[RedMark],
    asked: AskedText,
    text: str,
    matched: Matched,
    found: Sequence[Change],
    dropped: Callable[[str, int], bool] = lambda words, at: False,
) -> tuple[dict[int, Fate], list[Change]]:
    """The fate of every mark in `asked`, and the differences (of those `found`) that are no
    mark's. `dropped` tells words that were not drawn before character `at`, being no fault."""
    fates = {piece.mark: _plain_fate(piece, matched, len(text)) for piece in asked.pieces}
    loose: list[Change] = []
    for group in _groups(asked, text, found):
        if not group.pieces:
            loose += group.changes
            continue
        window = _window(marks, asked, text, matched, group)
        if window is None:
            loose += _by_overlap(asked, group, fates)
            continue
        weighed, rest = window.weighed(dropped)
        fates.update(weighed)
        loose += rest
    return fates, loose


def _plain_fate(piece: Piece, matched: Matched, size: int) -> Fate:
    """Of a mark no difference is near: done, and there it stands."""
    there = matched.there
    own = [at for at in there[piece.start : piece.stop] if at >= 0]
    if own:
        return Fate("done", own[0], own[-1] + 1)
    if piece.start and there[piece.start - 1] >= 0:
        at = there[piece.start - 1] + 1
    else:
        at = there[piece.stop] if piece.stop < len(there) else size
    return Fate("done", max(at, 0), max(at, 0))


def _groups(asked: AskedText, text: str, found: Sequence[Change]) -> Iterator[_Group]:
    held: _Group | None = None
    for change in found:
        start, stop = _reach(change, asked.text, text)
        pieces = pieces_touching(asked.pieces, start, stop)
        for number in pieces:
            start = min(start, asked.pieces[number].start)
            stop = max(stop, asked.pieces[number].stop)
        if held and start <= held.stop + PAD and (held.pieces or pieces):
            held = _Group(
                [*held.changes, change],
                sorted({*held.pieces, *pieces}),
                min(held.start, start),
                max(held.stop, stop),
            )
            continue
        if held:
            yield held
        held = _Group([change], pieces, start, stop)
    if held:
        yield held


def _reach(change: Change, asked: str, text: str) -> tuple[int, int]:
    """How far a deletion or an insertion may be slid, being the same: 的的."""
    i, i2, j, j2 = change
    if i < i2 and j < j2:
        return i, i2
    low, high, source = (i, i2, asked) if i < i2 else (j, j2, text)
    left = right = 0
    while left < min(SLIDE, low) and source[low - left - 1] == source[high - left - 1]:
        left += 1
    while (
        right < SLIDE and high + right < len(source) and source[low + right] == source[high + right]
    ):
        right += 1
    return max(0, i - left), min(len(asked), i2 + right)


def _by_overlap(asked: AskedText, group: _Group, fates: dict[int, Fate]) -> list[Change]:
    """Where a window cannot be had: what lies within a mark is wrong, the rest unasked."""
    loose = []
    for change in group.changes:
        hit = [
            piece
            for piece in (asked.pieces[number] for number in group.pieces)
            if piece.start <= change.i2 and change.i <= piece.stop
        ]
        for piece in hit:
            fates[piece.mark] = Fate("wrong", change.j, change.j2)
        if not hit:
            loose.append(change)
    return loose


def _window(
    marks: Sequence[RedMark], asked: AskedText, text: str, matched: Matched, group: _Group
) -> _Window | None:
    there, back = matched
    low, high = max(0, group.start - PAD), min(len(asked.text), group.stop + PAD)
    near: list[int] = []
    while True:
        while low and there[low] < 0:
            low -= 1
        while high < len(there) and there[high - 1] < 0:
            high += 1
        near = [
            n
            for n in pieces_touching(asked.pieces, low, high)
            if _within(asked.pieces[n], low, high)
        ]
        wide = [(asked.pieces[n].start, asked.pieces[n].stop) for n in near]
        if all(low <= start and stop <= high for start, stop in wide):
            break
        low = min(low, *(start for start, _ in wide))
        high = max(high, *(stop for _, stop in wide))
    low2 = there[low] if low < high and there[low] >= 0 else 0
    high2 = there[high - 1] + 1 if high and there[high - 1] >= 0 else len(text)
    while low == 0 < low2 and back[low2 - 1] < 0:  # come before the first
        low2 -= 1
    while high == len(there) and high2 < len(text) and back[high2] < 0:
        high2 += 1
    if not 0 <= high2 - low2 <= FAR:  # a table may stand between
        return None
    spots = [j for j in range(low2, high2) if back[j] < 0 or low <= back[j] < high]
    if len(spots) > high - low + SLACK + sum(c.j2 - c.j for c in group.changes):
        return None
    own = [i for i in range(low, high) if there[i] < 0 or low2 <= there[i] < high2]
    return _Window(
        marks=marks, asked=asked, text=text, pieces=near, open=group.pieces, own=own, spots=spots
    )


def _within(piece: Piece, low: int, high: int) -> bool:
    return piece.start == piece.stop or (piece.start < high and piece.stop > low)


@dataclass(slots=True, kw_only=True)
class _Window:
    """Characters `own` of the text asked for beside characters `spots` of the text that came;
    `pieces` lie in it, those in `open` may be undone."""

    marks: Sequence[RedMark]
    asked: AskedText
    text: str
    pieces: list[int]
    open: list[int]
    own: list[int]
    spots: list[int]

    def weighed(self, dropped: Callable[[str, int], bool]) -> tuple[dict[int, Fate], list[Change]]:
        came = "".join([self.text[j] for j in self.spots])
        undone = self._best(came)
        base, places, regions = self._text(undone)
        ops = [
            Op(op.src_start, op.src_end, op.dest_start, op.dest_end)
            for op in Levenshtein.opcodes(base, came)
        ]
        ops = [part for op in ops for part in parted(op, base, came, regions)]
        lost = {op for op in ops if op.n == op.n2 and dropped(base[op.b : op.b2], self._spot(op.n))}
        mine = {
            number: _mine(number, regions, ops, base, came, kept=number in undone) - lost
            for number in regions
        }
        for number, own in mine.items():
            own |= _added_to(regions[number], ops) if own else set()
        taken = lost.union(*mine.values())
        fates = {
            self.asked.pieces[number].mark: self._fate(
                number, regions[number], ops, own, undone, base, came
            )
            for number, own in mine.items()
        }
        rest = [
            self._change(op, places)
            for op in ops
            if op not in taken and base[op.b : op.b2] != came[op.n : op.n2]
        ]
        return fates, rest

    def _best(self, came: str) -> set[int]:
        """The pieces that are best taken to be undone."""
        undone: set[int] = set()
        least = Levenshtein.distance(self._text(undone)[0], came)
        for number in (*self.open, *self.open):
            if not least:
                break
            other = undone ^ {number}
            distance = Levenshtein.distance(self._text(other)[0], came)
            if distance < least:
                undone, least = other, distance
        return undone

    def _text(self, undone: set[int]) -> tuple[str, list[int], dict[int, tuple[int, int]]]:
        """The text with some pieces undone; where each character stands in the text asked for;
        and the region of each piece."""
        chars: list[str] = []
        places: list[int] = []
        regions: dict[int, tuple[int, int]] = {}
        inside: dict[int, int] = {}
        for number in self.pieces:
            piece = self.asked.pieces[number]
            inside.update(dict.fromkeys(range(piece.start, piece.stop), number))
        empty = [n for n in self.pieces if self.asked.pieces[n].start == self.asked.pieces[n].stop]

        def put(number: int) -> None:
            piece = self.asked.pieces[number]
            mark = self.marks[piece.mark]
            words = fold(mark.old if number in undone else mark.new)
            regions[number] = (len(chars), len(chars) + len(words))
            chars.extend(words)
            places.extend([piece.start] * len(words))

        for i in (*self.own, len(self.asked.text)):
            while empty and self.asked.pieces[empty[0]].start <= i:
                put(empty.pop(0))
            if i in inside:
                if inside[i] not in regions:
                    put(inside[i])
            elif i < len(self.asked.text):
                chars.append(self.asked.text[i])
                places.append(i)
        return "".join(chars), places, regions

    def _fate(
        self,
        number: int,
        region: tuple[int, int],
        ops: list[Op],
        own: set[Op],
        undone: set[int],
        base: str,
        came: str,
    ) -> Fate:
        mark = self.marks[self.asked.pieces[number].mark]
        low, high = edge(ops, region[0], own, low=True), edge(ops, region[1], own, low=False)
        low, high = drawn_in(region, own, base, low, high)
        found = came[low : max(low, high)]
        state: State = "undone" if number in undone else "done"
        if own:
            state = "wrong"
            if alike_unread(fold(mark.new), found):
                beside = any(op.b < min(op.b2, region[0]) or op.b2 > region[1] for op in own)
                state = "wrong" if beside else "done"
            elif found == fold(mark.old):
                state = "undone"
        start = self._spot(low)
        return Fate(state, start, self._spot(high - 1) + 1 if high > low else start)

    def _spot(self, n: int) -> int:
        if not self.spots:
            return 0
        return self.spots[n] if n < len(self.spots) else self.spots[-1] + 1

    def _change(self, op: Op, places: list[int]) -> Change:
        end = self.own[-1] + 1 if self.own else 0
        i = places[op.b] if op.b < len(places) else end
        i2 = places[op.b2 - 1] + 1 if op.b2 > op.b else i
        j = self._spot(op.n)
        return Change(i, i2, j, self._spot(op.n2 - 1) + 1 if op.n2 > op.n else j)


def _mine(
    number: int,
    regions: dict[int, tuple[int, int]],
    ops: list[Op],
    base: str,
    came: str,
    *,
    kept: bool,
) -> set[Op]:
    """The differences that are the fault of mark `number`; `kept` when the words in its region
    are the old ones. What is gone from another mark is not gone beside this one."""
    region = regions[number]
    others = [other for n, other in regions.items() if n != number]
    found = set()
    for op in ops:
        if base[op.b : op.b2] == came[op.n : op.n2] or _sentence_beside(
            region, op, base, came, kept
        ):
            continue
        inside = any(start <= op.b < op.b2 <= stop for start, stop in others)
        bitten = not kept and not inside and _bitten(region, op, base, came)
        if bitten or _blamed(region, op, base, came):
            found.add(op)
    return found


def _added_to(region: tuple[int, int], ops: list[Op]) -> set[Op]:
    """What little is gone or come right beside a mark that is wrong anyhow."""
    return {
        op
        for op in ops
        if (op.b < op.b2) != (op.n < op.n2)
        and max(op.b2 - op.b, op.n2 - op.n) <= SHORT
        and (op.b in region or op.b2 in region)
    }


def _sentence_beside(region: tuple[int, int], op: Op, base: str, came: str, kept: bool) -> bool:
    """Whether a sentence has come beside the words asked for, which stand there whole."""
    words, more = base[region[0] : region[1]], came[op.n : op.n2]
    if kept or not words or op.b != op.b2 or len(more) < SENTENCE or more.endswith(words):
        return False
    return op.b in region


def _bitten(region: tuple[int, int], op: Op, base: str, came: str) -> bool:
    """Gone or come beside it, in carrying it out; if short, also where it may as well be so."""
    b, b2, n, n2 = op
    if (b < b2) == (n < n2):
        return False
    low, high, source = (b, b2, base) if b < b2 else (n, n2, came)
    left = right = 0
    if high - low <= SHORT:
        while left < SHORT and low > left and source[low - left - 1] == source[high - left - 1]:
            left += 1
        while right < SHORT and high + right < len(source):
            if source[low + right] != source[high + right]:
                break
            right += 1
    return b - left <= region[1] <= b or b2 <= region[0] <= b2 + right


def _blamed(region: tuple[int, int], op: Op, base: str, came: str) -> bool:
    start, stop = region
    if op.b < stop and op.b2 > start:
        return True
    if op.b == op.b2:  # come in beside it, unless it may as well stand further off
        gone_right = op.b < len(base) and op.n < len(came) and came[op.n] == base[op.b]
        gone_left = op.b > 0 and op.n2 > 0 and came[op.n2 - 1] == base[op.b - 1]
        return (op.b == stop and not gone_right) or (op.b == start < stop and not gone_left)
    if op.n == op.n2 and start < stop:  # gone beside it, or it may as well be gone from it
        if op.b == stop:
            return base[op.b - 1] == base[op.b2 - 1]
        if op.b2 == start:
            return base[op.b2] == base[op.b]
    return False
