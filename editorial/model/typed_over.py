"""What a reader typed into a copy without tracking it: its lines against those sent out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from editorial.model.compare import Step, aligned, alike, compared, matches
from editorial.values import dataclass

ABOUT = 12
MISSING = 10  # paragraphs in a row that are not there: only a part was sent back
LEAST = 0.3  # how much of a copy must be the text that was sent out
_SPACES = re.compile(r"[ \t\n\u3000]+")
_CONTENTS = re.compile(r"[\t.…·]\s*\d+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLine:
    """A paragraph, or a row of a table as `|a|b|`; `mark` is the bookmark of its block."""

    text: str
    mark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedChange:
    """`kind` is words, paragraph (put in or taken out whole), moved, parted or joined; `before`
    and `after` are what stood on either side on the copy that was sent out."""

    kind: str
    mark: str
    before: str
    old: str
    new: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedOver:
    """`missing` are the first lines of stretches that did not come back at all."""

    changes: tuple[TypedChange, ...] = ()
    missing: tuple[str, ...] = ()
    compared: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """Lines sent out and lines that came back instead; `last` is the line sent out before."""

    old: tuple[WordLine, ...]
    new: tuple[str, ...]
    last: WordLine


def typed_over(sent: Sequence[WordLine], came: Sequence[WordLine]) -> TypedOver:
    """Only lines of the text count: cover, contents and form are not compared. `compared` is
    False when the copy has too little of the text to say anything."""
    old, new = ([line for line in lines if not _is_contents(line.text)] for lines in (sent, came))
    marked = [at for at, line in enumerate(old) if line.mark]
    steps = matches([_key(line.text) for line in old], [_key(line.text) for line in new])
    same = sum(step.i2 - step.i for step in steps if step.same)
    if not marked or same < LEAST * len(old):
        return TypedOver(compared=bool(marked) and len(new) < 2)
    gaps = [_gap(old, new, step, marked) for step in steps if not step.same]
    found = [change for gap in gaps for change in _changes(gap)]
    missing = [each.old for each in found if each.kind == "missing"]
    return TypedOver(
        changes=tuple(_moves([each for each in found if each.kind != "missing"])),
        missing=tuple(missing),
    )


def _is_contents(text: str) -> bool:
    return bool(_CONTENTS.search(text))


def _key(text: str) -> str:
    """Programs change the kind of a blank when they save."""
    return _SPACES.sub("", text)


def _gap(old: list[WordLine], new: list[WordLine], step: Step, marked: list[int]) -> _Gap:
    """Lines before the first block and after the last are no text."""
    first, last = marked[0], marked[-1]
    inside = first < step.i2 and step.i <= last
    after = step.i == step.i2 == last + 1 and bool(new[step.j].mark)
    return _Gap(
        old=tuple(old[max(step.i, first) : min(step.i2, last + 1)]),
        new=tuple(line.text for line in new[step.j : step.j2]) if inside or after else (),
        last=old[max(step.i - 1, 0)],
    )


def _changes(gap: _Gap) -> Iterator[TypedChange]:
    old = [line.text for line in gap.old]
    if len(old) >= MISSING > 2 * len(gap.new):
        yield _whole("missing", gap.old[0], old=gap.old[0].text)
        return
    if old and gap.new and _key("".join(old)) == _key("".join(gap.new)):
        yield from _reparted(gap)
        return
    pairs = dict(aligned(old, gap.new, lambda i, j, least: alike(old[i], gap.new[j], least)))
    taken, last, at = set(pairs.values()), gap.last, 0
    for i, line in enumerate(gap.old):
        until = pairs.get(i, at)
        yield from (_added(last, text) for text in gap.new[at:until])
        if i in pairs:
            yield from _words(line, gap.new[until])
            at = until + 1
        else:
            yield _whole("paragraph", line, old=line.text)
        last = line
    yield from (_added(last, text) for j, text in enumerate(gap.new) if j >= at and j not in taken)


def _whole(kind: str, line: WordLine, *, old: str = "", new: str = "") -> TypedChange:
    return TypedChange(kind=kind, mark=line.mark, before="", old=old, new=new, after="")


def _added(last: WordLine, text: str) -> TypedChange:
    return replace(_whole("paragraph", last, new=text), before=last.text[-ABOUT:])


def _reparted(gap: _Gap) -> Iterator[TypedChange]:
    """The same words, with paragraphs parted or joined."""
    ends = {len(_key("".join(gap.new[: n + 1]))) for n in range(len(gap.new) - 1)}
    plain = "".join(_key(line.text) for line in gap.old)
    at = 0
    own: set[int] = set()
    mark_at: list[tuple[int, WordLine]] = []
    for line in gap.old:
        mark_at.append((at, line))
        at += len(_key(line.text))
        own.add(at)
    own.discard(at)
    for place in sorted(ends ^ own):
        line = next(each for start, each in reversed(mark_at) if start < place)
        kind = "parted" if place in ends else "joined"
        yield TypedChange(
            kind=kind,
            mark=line.mark,
            before=plain[max(0, place - ABOUT) : place],
            old="",
            new="",
            after=plain[place : place + ABOUT],
        )


def _words(line: WordLine, new: str) -> Iterator[TypedChange]:
    """Words put in, taken out or changed within a line."""
    at = 0
    pieces = [*compared(line.text, new)]
    for number, piece in enumerate(pieces):
        start, previous = at, pieces[number - 1].kind if number else "equal"
        at += len(piece.text) if piece.kind != "insert" else 0
        following = pieces[number + 1] if number + 1 < len(pieces) else None
        instead = following.text if following and following.kind == "insert" else ""
        if piece.kind == "equal" or (piece.kind == "insert" and previous == "delete"):
            continue
        old, put = (piece.text, instead) if piece.kind == "delete" else ("", piece.text)
        if _key(old) != _key(put):
            yield TypedChange(
                kind="words",
                mark=line.mark,
                before=line.text[max(0, start - ABOUT) : start],
                old=old,
                new=put,
                after=line.text[at : at + ABOUT],
            )


def _moves(found: Sequence[TypedChange]) -> Iterator[TypedChange]:
    """A paragraph taken out here and put in there, word for word, was moved."""
    whole = [each for each in found if each.kind == "paragraph"]
    put_in = {_key(each.new): each for each in whole if each.new}
    taken = {_key(each.old) for each in whole if each.old} & put_in.keys()
    for each in found:
        if each.kind == "paragraph" and _key(each.new or each.old) in taken:
            if each.old:
                there = put_in[_key(each.old)]
                yield replace(each, kind="moved", new=there.before)
        else:
            yield each
