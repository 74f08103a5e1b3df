"""One block of the old book and one of the new → the merged block and what changed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Literal, TypeAlias

from editorial.model.authorship import HEAD, Known
from editorial.model.compare import aligned, alike, steps
from editorial.model.document import (
    Block,
    Cell,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    RunKind,
    Table,
)
from editorial.model.likeness import Rows, Token, bands_of, fields_of, spans_of, tokens_of
from editorial.model.redline import Before, BlockChange, Change, Hand, Stretch, Stretches
from editorial.values import dataclass

Kind: TypeAlias = Literal["insert", "delete"]
Marked: TypeAlias = tuple[Token, Change | None]
SAME_ROW = 0.6


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """Authors of one block's words on either side, and who answers where none is known."""

    gone: Known
    come: Known
    otherwise: Hand

    def changes(self, kind: Kind, field: str, start: int, stop: int) -> list[Change]:
        """A change for each word of a field from `start`; where its author is not known, that
        of the word before it, or after it."""
        hands = self._side(kind).get(field, ())[start:stop]
        known = next((hand for hand in hands if hand), None) or self.head(kind)
        found = []
        for at in range(stop - start):
            known = (hands[at] if at < len(hands) else None) or known
            found.append(change_by(known, kind))
        return found

    def head(self, kind: Kind, field: str = HEAD) -> Hand:
        """Who put in or took out the block or the row, else any word of it."""
        side = self._side(kind)
        named = chain(side.get(field, ()), chain.from_iterable(side.values()))
        return next((hand for hand in named if hand), self.otherwise)

    def _side(self, kind: Kind) -> Known:
        return self.come if kind == "insert" else self.gone


@lru_cache(maxsize=1024)
def change_by(hand: Hand, kind: Kind, move: str = "") -> Change:
    return Change(kind=kind, author=hand.author, at=hand.at, ink=hand.ink, move=move)


def whole(
    block: Block, kind: Kind, who: Who, move: str = "", other: Block | None = None
) -> BlockChange:
    """A block put in, taken out, or one end of a move of which `other` is the further end."""
    change = change_by(who.head(kind), kind, move)
    texts: dict[str, Stretches] = {}
    there = fields_of(other) if other else {}
    for field, words in fields_of(block).items():
        changes: list[Change | None] = [
            None if each == replace(change, move="") else each
            for each in who.changes(kind, field, 0, len(words))
        ]
        if other:
            changes = _rewritten(there.get(field, []), words, kind, changes, change)
        if any(changes):
            texts[field] = stretches(zip(words, changes, strict=True))
    return BlockChange(change=change, texts=texts)


def _rewritten(
    there: Sequence[Token],
    words: Sequence[Token],
    kind: Kind,
    changes: Sequence[Change | None],
    change: Change,
) -> list[Change | None]:
    """In a paragraph that moved only what was not carried over is a change of its own."""
    found: list[Change | None] = []
    old, new = (there, words) if kind == "insert" else (words, there)
    for step in steps(old, new):
        start, stop = (step.j, step.j2) if kind == "insert" else (step.i, step.i2)
        own = (each or replace(change, move="") for each in changes[start:stop])
        found += [None] * (stop - start) if step.same else own
    return found


def both(old: Block, new: Block, who: Who) -> tuple[Block, BlockChange | None]:
    """The merged block of two that answer to each other; no change when they are equal."""
    if old == new:
        return new, None
    match old, new:
        case Table(), Table():
            return _table(old, new, who)
        case Entry(), Entry():
            texts = _texts(old, new, who)
            return _with_runs(new, texts), BlockChange(texts=texts)
        case Figure(), Figure():
            change = BlockChange(texts=_texts(old, new, who), before=_before(old.id, new.id))
            return new, change
        case _:
            texts = _texts(old, new, who)
            return _with_runs(new, texts), BlockChange(texts=texts)


def _before(old: str, new: str) -> Before | None:
    return None if old == new else Before(id=old)


def _with_runs(block: Block, texts: Mapping[str, Stretches]) -> Block:
    if "runs" in texts and isinstance(block, Heading | Entry | Paragraph | Note):
        return replace(block, runs=tuple(each.run for each in texts["runs"]))
    return block


def _texts(old: Block, new: Block, who: Who) -> dict[str, Stretches]:
    before, after = fields_of(old), fields_of(new)
    return {
        field: differing(before[field], words, who, field, field)
        for field, words in after.items()
        if before[field] != words
    }


def differing(
    old: Sequence[Token], new: Sequence[Token], who: Who, field: str, field2: str
) -> Stretches:
    """Old and new words of a field merged; the field may bear another name in either block."""
    marked: list[Marked] = []
    for step in steps(old, new):
        if step.same:
            marked += ((token, None) for token in new[step.j : step.j2])
        else:
            out = who.changes("delete", field, step.i, step.i2)
            put = who.changes("insert", field2, step.j, step.j2)
            marked += zip(old[step.i : step.i2], out, strict=True)
            marked += zip(new[step.j : step.j2], put, strict=True)
    return stretches(marked)


def stretches(marked: Iterable[Marked]) -> Stretches:
    """Words of one kind and one change made one run."""
    found: list[tuple[list[str], RunKind, str, Change | None]] = []
    for token, change in marked:
        whole: tuple[RunKind, str, str] = ("text", "", token) if isinstance(token, str) else token
        kind, target, text = whole
        last = found[-1] if found else None
        if last and last[1:] == (kind, target, change) and kind != "note":
            last[0].append(text)
        else:
            found.append(([text], kind, target, change))
    return tuple(
        Stretch(run=Run(kind=kind, text="".join(words), target=target), change=change)
        for words, kind, target, change in found
    )


def _table(old: Table, new: Table, who: Who) -> tuple[Block, BlockChange]:
    """Rows answer to rows by bands, the head by itself; what has no answer is out or in."""
    rows: list[tuple[Cell | None, ...]] = []
    texts = {
        field: differing(was, now, who, field, field)
        for field in ("title", "unit")
        if (was := fields_of(old)[field]) != (now := fields_of(new)[field])
    }
    gone: dict[int, Change] = {}
    heads = 0
    for i, j in _paired_rows(old, new):
        at = len(rows)
        if i is None and j is not None:
            rows.append(new.rows[j])
            gone[at] = change_by(who.head("insert", f"{j},"), "insert")
        elif j is None and i is not None:
            rows.append(old.rows[i])
            gone[at] = change_by(who.head("delete", f"{i},"), "delete")
        elif i is not None and j is not None:
            rows.append(_row(old, new, i, j, who, at, texts))
        heads += (i is not None and i < old.header_rows) or (j is not None and j < new.header_rows)
    table = replace(new, rows=tuple(rows), header_rows=heads)
    return table, BlockChange(texts=texts, rows=gone, before=_before(old.id, new.id))


def _row(
    old: Table, new: Table, i: int, j: int, who: Who, at: int, texts: dict[str, Stretches]
) -> tuple[Cell | None, ...]:
    row: list[Cell | None] = []
    for column, (was, now) in enumerate(zip(old.rows[i], new.rows[j], strict=True)):
        if was and now and was.runs != now.runs:
            words = tokens_of(was.runs), tokens_of(now.runs)
            found = differing(*words, who, f"{i},{column}", f"{j},{column}")
            texts[f"{at},{column}"] = found
            now = replace(now, runs=tuple(each.run for each in found))
        row.append(now)
    return tuple(row)


def _paired_rows(old: Table, new: Table) -> Iterable[tuple[int | None, int | None]]:
    """(old row, new row) in the order of the merged table, None where there is no answer."""
    for inside in (True, False):
        mine, theirs = _bands(old, inside), _bands(new, inside)
        keys = [(spans_of(old, b), old.rows[b[0] : b[1]]) for b in mine]
        keys2 = [(spans_of(new, b), new.rows[b[0] : b[1]]) for b in theirs]
        pairs = aligned(keys, keys2, _rows_alike(old, new, mine, theirs))
        for i, j in merged_order(pairs, len(mine), len(theirs)):
            yield from _rows_of(None if i is None else mine[i], None if j is None else theirs[j])


def _bands(table: Table, head: bool) -> list[Rows]:
    return [band for band in bands_of(table) or [] if (band[0] < table.header_rows) == head]


def _rows_of(old: Rows | None, new: Rows | None) -> Iterable[tuple[int | None, int | None]]:
    if old and new:
        return zip(range(*old), range(*new), strict=True)
    if old:
        return ((row, None) for row in range(*old))
    return ((None, row) for row in range(*(new or (0, 0))))


def _rows_alike(
    old: Table, new: Table, mine: Sequence[Rows], theirs: Sequence[Rows]
) -> Callable[[int, int, float], float]:
    def score(i: int, j: int, least: float) -> float:
        if spans_of(old, mine[i]) != spans_of(new, theirs[j]):
            return 0.0
        one, other = _words(old, mine[i]), _words(new, theirs[j])
        named = one[0] == other[0] != ""
        return max(SAME_ROW if named else 0.0, alike("\t".join(one), "\t".join(other), least))

    return score


def _words(table: Table, band: Rows) -> list[str]:
    rows = table.rows[band[0] : band[1]]
    return ["".join(run.text for run in cell.runs) for cell in chain(*rows) if cell] or [""]


def merged_order(
    pairs: Iterable[tuple[int, int]], count: int, count2: int
) -> Iterable[tuple[int | None, int | None]]:
    """Both rows of things in one: what went stands before what came in its place."""
    i = j = 0
    for a, b in (*pairs, (count, count2)):
        yield from ((at, None) for at in range(i, a))
        yield from ((None, at) for at in range(j, b))
        if a < count and b < count2:
            yield a, b
        i, j = a + 1, b + 1
