"""What a reader typed into his Word copy without tracking it, as points like any other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from editorial.desk.draft_again import book_again, registered_file
from editorial.desk.office import Desk
from editorial.desk.opinion_papers import Paper
from editorial.desk.papers import EXTRACT
from editorial.errors import BadData, EditorialError
from editorial.model.drafts import Draft
from editorial.model.opinion_paper import MARKED
from editorial.model.opinion_rows import Said
from editorial.model.origin import mark_place, mark_stem
from editorial.model.typed_over import Pictures, TypedChange, TypedOver, WordLine, typed_over
from editorial.read.word_lines import read_word_lines
from editorial.store.history import first_commit
from editorial.store.looks import load_fonts
from editorial.values import dataclass

THERE = 8  # characters that tell where something was put in
SHOWN = 20
FOLDED = 60  # longer paragraphs are told by their beginning
LONG = 6  # characters changed that need no others to be understood
_TABLE = re.compile(r"表\s*\d+(?:[-—–]\d+)*")
_LEFT = re.compile(r"[\u4e00-\u9fff]{1,4}：?$")
_RIGHT = re.compile(r"[\u4e00-\u9fff]{1,2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """The section a change is settled in, and how its heading is called."""

    section: str = ""
    title: str = "标题"


NOWHERE = Node()


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
    """Nothing for what is no copy of the text. It is compared with the extract of the letter it
    went out with, else with the draft; `sent` keeps what was read of each."""
    if not paper.whole:
        return Typed()
    unknown = f"{paper.name}：没有开修订、直接改在字里的，没有核对"
    letter = _letter_of(desk, paper)
    if not letter and draft is None:
        return Typed(remarks=(f"{unknown}（这一轮没有登记过稿样）",))
    went = f"函{letter}所附的稿件摘录" if letter else f"第{draft.edition}稿" if draft else ""
    try:
        if went not in sent:
            sent[went] = sent_lines(desk, draft) if draft and not letter else _extract(desk, letter)
    except (EditorialError, BadData):
        return Typed(remarks=(f"{unknown}（{went}的文件和文字都找不到了）",))
    found = typed_over(sent[went], read_word_lines(paper.data))
    if not found.compared:
        return Typed(remarks=(f"{unknown}（与{went}相同的段落太少）",))
    nodes = dict(_nodes(desk))
    said = tuple(_said(n, each, nodes) for n, each in enumerate(found.changes, 1))
    remarks = tuple(_told(paper, went, found))
    if not (said or remarks or paper.said):
        remarks = (_unchanged(paper, went, found),)
    return Typed(said=said, remarks=remarks)


def _letter_of(desk: Desk, paper: Paper) -> str:
    """The letter of this book whose extract it is, "" when it is none."""
    volume, _, letter = paper.letter.partition("/")
    ours = volume == desk.volume_id and paper.workspace == first_commit(desk.workspace)
    return letter if ours else ""


def _extract(desk: Desk, letter: str) -> tuple[WordLine, ...]:
    data = desk.workspace.files.read(f"volumes/{desk.volume_id}/letters/{letter}/{EXTRACT}")
    if data is None:
        raise EditorialError("所附的稿件摘录不在了", hint="从 git 里取回")
    return read_word_lines(data)


def _nodes(desk: Desk) -> Iterator[tuple[str, Node]]:
    """What the marks of each node begin with → it. A heading of a chapter is settled with the
    first of its sections."""
    from editorial.desk.office import loaded

    for chapter in loaded(desk).volume.chapters:
        for section in chapter.sections:
            yield mark_stem(section.id), Node(section=section.id, title="分目标题")
        if chapter.sections:
            first = chapter.sections[0].id
            yield mark_stem(chapter.id), Node(section=first, title="篇目标题")


def _told(paper: Paper, went: str, found: TypedOver) -> Iterator[str]:
    if found.changes:
        yield (
            f"{paper.name}里有{len(found.changes)}处没有开修订、直接改在字里，"
            f"与{went}逐段比出，已列为意见"
        )
    for line in found.missing:
        yield f"{paper.name}缺“{_short(line)}”起的一大段，没有当作删去，请看一眼"
    front = (f"的封面或编辑说明里写了“{_short(line)}”" for line in found.front)
    for words in (*_pictures(found.pictures), *_margins(found), *front):
        yield f"{paper.name}{words}，没有当作意见，请看原件"


def _pictures(pictures: Pictures) -> Iterator[str]:
    if pictures.added:
        verb = "添了" if pictures.added > 0 else "少了"
        yield f"{verb}{abs(pictures.added)}张图"
    if pictures.swapped:
        yield f"第{'、'.join(map(str, pictures.swapped))}幅图换过"
    if pictures.saved_anew:
        yield "的图都重新存过，看不出换没换"


def _margins(found: TypedOver) -> Iterator[str]:
    told = dict.fromkeys((line.kind, line.text) for line in found.margins)
    for kind, words in told:
        yield f"{'页眉' if kind == 'header' else '页脚'}里写了“{_short(words)}”"


def _unchanged(paper: Paper, went: str, found: TypedOver) -> str:
    """Where words stand outside the text that were not sent, they may be only the form."""
    if not found.outside:
        return f"{paper.name}与{went}一字不差"
    words = f"{paper.name}的正文、脚注和图与{went}一字不差"
    if paper.verdict or paper.overall or paper.person:
        return words
    first = _short(found.outside[0])
    return f"{words}；封面或意见表里写了“{first}”，没有当作意见，请看原件"


def _said(number: int, change: TypedChange, nodes: Mapping[str, Node]) -> Said:
    place = mark_place(change.mark)
    node = nodes.get(place[0], NOWHERE) if place else NOWHERE
    said = Said(at=f"改动{number}", channel=MARKED, node=node.section)
    if change.kind == "heading":
        return replace(said, text=_heading(change, node.title))
    change = _readable(change)
    before, original, after = change.before, change.old, change.after
    if original:
        bare = original.strip("|")
        left, _, right = original.partition(bare)
        before, original, after = before + left, bare, right + after
    else:
        there = before.rpartition("|")[2][-THERE:]
        before, original = before.removesuffix(there), there
    return replace(said, text=_text(change), original=original, before=before, after=after)


def _heading(change: TypedChange, title: str) -> str:
    if change.new:
        return f"{title}“{change.old}”改为“{change.new}”"
    return f"{title}“{change.old}”被删去"


def _row(change: TypedChange) -> str:
    """Never as words to be taken out, which would take out only the first cell."""
    table = _table(change)
    if change.old:
        return f"删去{table}{_first(change.old)}一行：{change.old.strip('|')}"
    there = f"{_first(change.row)}一行后" if change.row else ""
    return f"{table}{there}增加一行：{change.new.strip('|')}"


def _table(change: TypedChange) -> str:
    number = _TABLE.match(change.table)
    return number[0] if number else "表中"


def _first(row: str) -> str:
    cells = [cell for cell in row.split("|") if cell.strip()]
    return f"“{cells[0]}”" if cells else ""


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
        case "box":
            return f"文本框里写着“{new}”"
        case "note":
            return f"增加脚注“{new.strip()}”" if new else f"删去脚注“{old.strip()}”"
        case "row":
            return _row(change)
        case "paragraph" if not old and change.table:
            return f"{_table(change)}后另起一段增加“{new}”"
        case "paragraph" if not old:
            return f"“{there}”后另起一段增加“{new}”"
    if change.row and change.old.count("|") != change.new.count("|"):
        return _cells(change, there)
    if old and new:
        return f"“{old}”改为“{new}”"
    if old:
        return f"删去“{old}”"
    return f"“{there}”后增加“{new}”" if there else f"增加“{new}”"


def _cells(change: TypedChange, there: str) -> str:
    """Cells taken out, put in or joined: told, not asked for in words that could be carried out,
    which would change the words and leave the cells."""
    old, new = change.old.strip("|"), change.new.strip("|")
    row = f"{_table(change)}{_first(change.row)}一行里"
    if old and new:
        return f"{row}“{old}”这里是“{new}”"
    if old:
        return f"{row}少了“{old}”一格"
    return f"{row}“{there}”之后多了“{new}”一格" if there else f"{row}多了“{new}”一格"


def _short(words: str) -> str:
    plain = words.strip("|")
    return plain if len(plain) <= FOLDED else f"{plain[:SHOWN]}……"
