"""What a reader typed into a copy without tracking it: its lines against those sent out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from editorial.model.compare import Step, aligned, alike, compared, matches, moved
from editorial.values import dataclass

ABOUT = 12
MISSING = 10  # paragraphs in a row that are not there: only a part was sent back
LEAST = 0.3  # how much of a copy must be the text that was sent out
_SPACES = re.compile(r"[ \t\n\u3000]+")
_CONTENTS = re.compile(r"(?:\t|[.…·]{3})\s*\d+$|……\s*\d+$")
_SENTENCE = re.compile("[，。；：]")
_MARGINS = ("header", "footer")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordLine:
    """A paragraph, or a row of a table as `|a|b|`; `mark` is the bookmark of its block. `kind` is
    text, heading, row, note, box, picture (the text is its hash), header or footer; `within` is
    the title of the table a row is of, or the line a box hangs on."""

    text: str
    mark: str = ""
    kind: str = "text"
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedChange:
    """`kind` is words, heading (whole titles), paragraph, row or note (put in or taken out whole),
    box (words in one), moved, parted or joined; `before` and `after` are what stood on either
    side on the copy that was sent out; `table` is the title of the table and `row` the row that
    words stand in, or after which a row was put in."""

    kind: str
    mark: str
    before: str
    old: str
    new: str
    after: str
    table: str = ""
    row: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictures:
    """`added` is less than 0 when some are gone; `swapped` are the places, from 1, of those that
    another stands for; `saved_anew`: none is as it was, as programs do that make them smaller."""

    added: int = 0
    swapped: tuple[int, ...] = ()
    saved_anew: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedOver:
    """`missing` are the first lines of stretches that did not come back at all, `margins` the
    headers and footers that were not sent, `front` the sentences before the text and `outside`
    all other lines of cover, contents and form that were not."""

    changes: tuple[TypedChange, ...] = ()
    missing: tuple[str, ...] = ()
    compared: bool = True
    pictures: Pictures = field(default_factory=Pictures)
    margins: tuple[WordLine, ...] = ()
    front: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Gap:
    """Lines sent out and lines that came back instead; `last` is the line sent out before."""

    old: tuple[WordLine, ...]
    new: tuple[WordLine, ...]
    last: WordLine


def typed_over(sent: Sequence[WordLine], came: Sequence[WordLine]) -> TypedOver:
    """Only lines of the text count: cover, contents and form are not compared. `compared` is
    False when the copy has too little of the text to say anything."""
    old, new = _text(sent), _text(came)
    marked = [at for at, line in enumerate(old) if line.mark]
    steps = _steps(old, new)
    same = sum(step.i2 - step.i for step in steps if step.same)
    if not marked or same < LEAST * len(old):
        return TypedOver(compared=bool(marked) and len(new) < 2)
    old = _inherited(old, marked)
    gaps = [_gap(old, new, step, marked) for step in steps if not step.same]
    found = [change for gap in gaps for change in _changes(gap)]
    moves = list(_moves([each for each in found if each.kind != "missing"]))
    gone = {each.mark for each in moves if each.kind == "paragraph" and each.old}
    gone |= {line.mark for gap in gaps if _is_missing(gap) for line in gap.old}
    notes = list(_notes(_of(sent, "note"), _of(came, "note"), gone))
    missing = tuple(each.old for each in (*found, *notes) if each.kind == "missing")
    read = {id(line) for gap in gaps for line in gap.new}
    outside = [line for line in _unsent(sent, new) if id(line) not in read]
    ahead = _ahead(new)
    front = [line for line in outside if id(line) in ahead]
    return TypedOver(
        changes=(
            *moves,
            *(each for each in notes if each.kind != "missing"),
            *_boxes(sent, came),
        ),
        missing=missing,
        pictures=_pictures(_of(sent, "picture"), _of(came, "picture"), whole=not missing),
        margins=_unsent(sent, _of(came, *_MARGINS)),
        front=tuple(line.text for line in front),
        outside=tuple(line.text for line in outside if line not in front),
    )


def _ahead(lines: Sequence[WordLine]) -> set[int]:
    """The sentences before the first block: copies differ by number and name on the cover."""
    first = next((at for at, line in enumerate(lines) if line.mark), 0)
    return {id(line) for line in lines[:first] if _SENTENCE.search(line.text)}


def _of(lines: Sequence[WordLine], *kinds: str) -> list[WordLine]:
    return [line for line in lines if line.kind in kinds]


def _text(lines: Sequence[WordLine]) -> list[WordLine]:
    """The lines of the body, without the contents before the first block."""
    body = _of(lines, "text", "heading", "row")
    first = next((at for at, line in enumerate(body) if line.mark), len(body))
    return [line for at, line in enumerate(body) if at >= first or not _CONTENTS.search(line.text)]


def _steps(old: Sequence[WordLine], new: Sequence[WordLine]) -> list[Step]:
    return matches([_key(line.text) for line in old], [_key(line.text) for line in new])


def _inherited(lines: Sequence[WordLine], marked: Sequence[int]) -> list[WordLine]:
    """A line between two blocks, as the unit of a table is, belongs to the one before it."""
    found = list(lines)
    for at in range(marked[0] + 1, marked[-1]):
        if not found[at].mark:
            found[at] = replace(found[at], mark=found[at - 1].mark)
    return found


def _key(text: str) -> str:
    """Programs change the kind of a blank when they save."""
    return _SPACES.sub("", text)


def _gap(old: list[WordLine], new: list[WordLine], step: Step, marked: list[int]) -> _Gap:
    """Lines before the first block and after the last are no text, but for what was put in right
    after it."""
    first, last = marked[0], marked[-1]
    inside = (first < step.i2 and step.i <= last) or step.i == step.i2 == last + 1
    return _Gap(
        old=tuple(old[max(step.i, first) : min(step.i2, last + 1)]),
        new=tuple(new[step.j : step.j2]) if inside else (),
        last=old[max(step.i - 1, 0)],
    )


def _is_missing(gap: _Gap) -> bool:
    return len(gap.old) >= MISSING > 2 * len(gap.new)


def _changes(gap: _Gap) -> Iterator[TypedChange]:
    old, new = [line.text for line in gap.old], [line.text for line in gap.new]
    if _is_missing(gap):
        yield _whole("missing", gap.old[0], old=gap.old[0].text)
        return
    if old and new and _key("".join(old)) == _key("".join(new)):
        yield from _reparted(gap)
        return
    pairs = dict(aligned(old, new, lambda i, j, least: alike(old[i], new[j], least)))
    if len(old) == len(new) == 1 and gap.old[0].kind == "heading":
        pairs = {0: 0}
    taken, last, at = set(pairs.values()), gap.last, 0
    for i, line in enumerate(gap.old):
        until = pairs.get(i, at)
        yield from (_added(last, each) for each in gap.new[at:until])
        if i in pairs:
            yield from _words(line, new[until])
            at = until + 1
        else:
            yield _taken(line)
        last = line
    yield from (_added(last, each) for j, each in enumerate(gap.new) if j >= at and j not in taken)


def _whole(kind: str, line: WordLine, *, old: str = "", new: str = "") -> TypedChange:
    table = line.within if line.kind == "row" else ""
    return TypedChange(
        kind=kind, mark=line.mark, before="", old=old, new=new, after="", table=table
    )


def _taken(line: WordLine) -> TypedChange:
    """Where there is no title of a table, its rows may be the paragraphs of a copy in columns."""
    plain = line.kind == "text" or (line.kind == "row" and not line.within)
    return _whole("paragraph" if plain else line.kind, line, old=line.text)


def _added(last: WordLine, new: WordLine) -> TypedChange:
    """After the last line; a footnote belongs where it is referred to."""
    if new.kind == "note":
        return _whole("note", new, new=new.text)
    table = last.within or new.within
    row = new.kind == "row" and table
    return TypedChange(
        kind="row" if row else "paragraph",
        mark=last.mark,
        before=last.text.rstrip("|")[-ABOUT:],
        old="",
        new=new.text,
        after="",
        table=table if row else last.within,
        row=last.text if last.kind == "row" else "",
    )


def _reparted(gap: _Gap) -> Iterator[TypedChange]:
    """The same words, with paragraphs parted or joined."""
    new = [line.text for line in gap.new]
    ends = {len(_key("".join(new[: n + 1]))) for n in range(len(new) - 1)}
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
    """Words put in, taken out or changed within a line; of a heading the whole."""
    if line.kind == "heading":
        yield _whole("heading", line, old=line.text, new=new)
        return
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
                table=line.within,
                row=line.text if line.kind == "row" else "",
            )


def _moves(found: Sequence[TypedChange]) -> Iterator[TypedChange]:
    """A paragraph taken out here and put in there, word for word or nearly so, was moved."""
    whole = [each for each in found if each.kind in ("paragraph", "heading")]
    whole = [each for each in whole if not (each.old and each.new)]
    taken, put_in = ([e for e in whole if e.old], [e for e in whole if e.new])
    there = {id(taken[i]): put_in[j] for i, j in _moved(taken, put_in)}
    arrived = {id(each) for each in there.values()}
    for each in found:
        if to := there.get(id(each)):
            yield replace(each, kind="moved", new=to.before)
            yield from _words(WordLine(text=each.old, mark=each.mark), to.new)
        elif id(each) not in arrived:
            yield each


def _moved(taken: Sequence[TypedChange], put_in: Sequence[TypedChange]) -> list[tuple[int, int]]:
    """Short ones only where they are the same."""
    found = moved([_key(each.old) for each in taken], [_key(each.new) for each in put_in])
    free = {_key(put_in[j].new): j for j in range(len(put_in)) if j not in {b for _, b in found}}
    known = {i for i, _ in found}
    for i, each in enumerate(taken):
        if i not in known and _key(each.old) in free:
            found.append((i, free.pop(_key(each.old))))
    return found


def _notes(
    sent: Sequence[WordLine], came: Sequence[WordLine], gone: set[str]
) -> Iterator[TypedChange]:
    """Footnotes are compared by themselves, whatever their order: one that went with its
    paragraph, to another place or altogether, is no change of its own."""
    before, after = ({_key(line.text) for line in lines} for lines in (sent, came))
    old = [line for line in sent if _key(line.text) not in after and line.mark not in gone]
    new = [line for line in came if _key(line.text) not in before]
    yield from _changes(_Gap(old=tuple(old), new=tuple(new), last=WordLine(text="")))


def _boxes(sent: Sequence[WordLine], came: Sequence[WordLine]) -> Iterator[TypedChange]:
    """Words in boxes; programs put page numbers, and words that stood in frames, in boxes."""
    for box in _unsent(sent, _of(came, "box")):
        if not _key(box.text).isdecimal():
            change = _whole("box", box, new="　".join(box.text.split("\n")))
            yield replace(change, before=box.within[-ABOUT:])


def _unsent(sent: Sequence[WordLine], came: Sequence[WordLine]) -> tuple[WordLine, ...]:
    known = {_key(part) for line in sent for part in line.text.split("\n")}
    known |= {_key(line.text) for line in sent} | {""}
    return tuple(
        line
        for line in came
        if _key(line.text) not in known and not known.issuperset(map(_key, line.text.split("\n")))
    )


def _pictures(old: Sequence[WordLine], new: Sequence[WordLine], *, whole: bool) -> Pictures:
    """`whole`: all of the text came back, so that a picture that did not is gone."""
    sent, came = Counter(each.text for each in old), Counter(each.text for each in new)
    added = len(new) - len(old)
    added = added if whole else max(added, 0)
    if len(old) > 1 and new and not sent & came:
        return Pictures(added=added, saved_anew=True)
    gone = [at for at, each in enumerate(old, 1) if each.text in sent - came]
    return Pictures(added=added, swapped=tuple(gone[: (came - sent).total()]))
