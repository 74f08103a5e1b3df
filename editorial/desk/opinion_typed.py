"""What a reader typed into his Word copy without tracking it, as points like any other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from editorial.desk.draft_again import book_again, registered_file
from editorial.desk.office import Desk
from editorial.desk.opinion_papers import Paper
from editorial.errors import BadData, EditorialError
from editorial.model.drafts import Draft
from editorial.model.opinion_paper import MARKED
from editorial.model.opinion_rows import Said
from editorial.model.origin import mark_place, mark_stem
from editorial.model.typed_over import TypedChange, WordLine, typed_over
from editorial.read.word_lines import read_word_lines
from editorial.store.looks import load_fonts
from editorial.values import dataclass

THERE = 8  # characters that tell where something was put in
SHOWN = 20
FOLDED = 60  # longer paragraphs are told by their beginning
LONG = 6  # characters changed that need no others to be understood
_LEFT = re.compile(r"[\u4e00-\u9fff]{1,4}$")
_RIGHT = re.compile(r"[\u4e00-\u9fff]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """The points, and what is to be told of the paper beside them."""

    said: tuple[Said, ...] = ()
    remarks: tuple[str, ...] = ()


def sent_lines(desk: Desk, draft: Draft) -> tuple[WordLine, ...]:
    """The words of the draft as it was sent out in Word. EditorialError or BadData when neither
    the file nor its text can be had any more."""
    path = registered_file(desk, draft, ".docx")
    if path:
        return read_word_lines(path.read_bytes())
    from editorial.render.docx.book import book_docx

    book, style = book_again(desk, draft)
    return read_word_lines(book_docx(book, style, load_fonts(desk.workspace.files)).data)


def typed_in(
    desk: Desk, paper: Paper, draft: Draft | None, sent: dict[str, tuple[WordLine, ...]]
) -> Typed:
    """Nothing for what is no copy of the text. `sent` keeps what was read of each draft."""
    if not paper.whole:
        return Typed()
    unknown = f"{paper.name}：没有开修订、直接改在字里的，没有核对"
    if draft is None:
        return Typed(remarks=(f"{unknown}（这一轮没有登记过稿样）",))
    try:
        lines = sent[draft.id] if draft.id in sent else sent_lines(desk, draft)
    except (EditorialError, BadData):
        return Typed(remarks=(f"{unknown}（第{draft.edition}稿的文件和文字都找不到了）",))
    sent[draft.id] = lines
    found = typed_over(lines, read_word_lines(paper.data))
    if not found.compared:
        return Typed(remarks=(f"{unknown}（与第{draft.edition}稿相同的段落太少）",))
    stems = {mark_stem(name): name for name in _nodes(desk)}
    said = tuple(_said(n, each, stems) for n, each in enumerate(found.changes, 1))
    return Typed(said=said, remarks=tuple(_told(paper, draft, len(said), found.missing)))


def _nodes(desk: Desk) -> Iterator[str]:
    from editorial.desk.office import loaded

    for chapter in loaded(desk).volume.chapters:
        yield from (chapter.id, *(section.id for section in chapter.sections))


def _told(paper: Paper, draft: Draft, count: int, missing: tuple[str, ...]) -> Iterator[str]:
    if count:
        yield (
            f"{paper.name}里有{count}处没有开修订、直接改在字里，"
            f"与第{draft.edition}稿逐段比出，已列为意见"
        )
    for line in missing:
        yield f"{paper.name}缺“{_short(line)}”起的一大段，没有当作删去，请看一眼"


def _said(number: int, change: TypedChange, stems: Mapping[str, str]) -> Said:
    place = mark_place(change.mark)
    change = _readable(change)
    before, after = change.before, change.after
    original = change.old
    if not original:
        there = before.rpartition("|")[2][-THERE:]
        before, original = before.removesuffix(there), there
    return Said(
        at=f"改动{number}",
        text=_text(change),
        original=original.strip("|"),
        before="" if change.old != original.strip("|") and change.old else before,
        after=after,
        channel=MARKED,
        node=stems.get(place[0], "") if place else "",
    )


def _readable(change: TypedChange) -> TypedChange:
    """A figure or a character alone says nothing: with a few of the words about it."""
    if not (change.old and change.new) or len(change.old) >= LONG:
        return change
    left, right = _LEFT.search(change.before), _RIGHT.match(change.after)
    first, last = left[0] if left else "", right[0] if right else ""
    return replace(
        change,
        before=change.before.removesuffix(first),
        old=first + change.old + last,
        new=first + change.new + last,
        after=change.after.removeprefix(last),
    )


def _text(change: TypedChange) -> str:
    there = change.before.rpartition("|")[2][-THERE:]
    old, new = change.old.strip("|"), change.new.strip("|")
    match change.kind:
        case "moved":
            return f"“{_short(old)}”一段移到“{change.new.strip('|')}”之后"
        case "parted":
            return f"“{there}”后另起一段"
        case "joined":
            return f"“{there}”与下一段接排"
        case "paragraph" if not old:
            return f"“{there}”后另起一段增加“{new}”"
    if old and new:
        return f"“{old}”改为“{new}”"
    if old:
        return f"删去“{old}”"
    return f"“{there}”后增加“{new}”" if there else f"增加“{new}”"


def _short(words: str) -> str:
    plain = words.strip("|")
    return plain if len(plain) <= FOLDED else f"{plain[:SHOWN]}……"
