"""The parts of a book in the flow: headings, entries, paragraphs, and what stands among them."""

from __future__ import annotations

from collections import ChainMap, Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from editorial.model.book import Book, Part, numbered
from editorial.model.document import (
    Block,
    Break,
    Comment,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Signature,
    Table,
)
from editorial.model.style import TextRole
from editorial.render.pdf.figures import set_figure
from editorial.render.pdf.inline import (
    EMPHASIS,
    MARK_COLOR,
    Setting,
    highlighted,
    passage,
    pieces_of,
    plain_passage,
)
from editorial.render.pdf.items import Text
from editorial.render.pdf.pages import (
    HAIR,
    Flow,
    FootNote,
    Frame,
    Head,
    Passage,
    finish,
    margin_width,
    set_passage,
    settle,
    skip,
    snap,
    turn,
)
from editorial.render.pdf.paragraph import Lines, Piece, compose
from editorial.render.pdf.tables import set_table

SIGNATURE_GAP = 2.0
ASIDE_LEAST = 40.0
PENDING = "未复函件："


def part_anchor(index: int) -> str:
    return f"p{index}"


def block_anchor(index: int, place: int) -> str:
    return f"p{index}b{place}"


def set_parts(flow: Flow, book: Book, progress: Callable[[str], None]) -> None:
    """All parts in reading order; a 篇目 begins a page."""
    numbers = book.numbers or numbered(book.parts)
    chapters = Counter(part.level == 1 for part in book.parts)[True]
    everywhere = _anchors(book.parts)
    done = 0
    for index, part in enumerate(book.parts):
        if part.level == 1 or not index:
            finish(flow)
            flow.head = part.title
            turn(flow)
        if part.level == 1:
            done += 1
            progress(f"正在排第{done}篇，共{chapters}篇：{part.title}")
        setting = _setting(flow, part, index, everywhere)
        _set_title(flow, setting, book.parts, index)
        _set_blocks(flow, setting, part, index, numbers)
        _set_unreferred(flow, setting, part, index)
    finish(flow)


def _anchors(parts: Sequence[Part]) -> dict[str, str]:
    """Where links to an id lead: the first part, table or figure that bears it."""
    found: dict[str, str] = {}
    for index, part in enumerate(parts):
        found.setdefault(part.id, part_anchor(index))
        for name, anchor in _block_anchors(part, index):
            found.setdefault(name, anchor)
    return found


def _block_anchors(part: Part, index: int) -> Iterable[tuple[str, str]]:
    return (
        (block.id, block_anchor(index, place))
        for place, block in enumerate(part.blocks)
        if isinstance(block, Table | Figure) and block.id
    )


def _setting(flow: Flow, part: Part, index: int, everywhere: dict[str, str]) -> Setting:
    """What this part is set with; its own tables and figures come before equal ids elsewhere."""
    own = dict(_block_anchors(part, index))
    plain = Setting(case=flow.case, style=flow.style, anchors=ChainMap(own, everywhere))
    notes: dict[str, FootNote] = {}
    for place, block in enumerate(part.blocks):
        if isinstance(block, Note) and block.label not in notes:
            notes[block.label] = _foot_note(plain, block, f"{index}/{place}", flow.frame.measure)
    return replace(plain, notes=notes, called=set())


def _foot_note(setting: Setting, note: Note, key: str, width: float) -> FootNote:
    text_look = setting.style.roles["note"]

    @cache
    def set_with(number: str) -> Lines:
        pieces = [Piece(text=f"{number}　"), *pieces_of(setting, note.runs)]
        return compose(setting.case, pieces, text_look, width)

    return FootNote(key=key, set_with=set_with)


# Headings


def _set_title(flow: Flow, setting: Setting, parts: Sequence[Part], index: int) -> None:
    part = parts[index]
    grouped = index + 1 < len(parts) and parts[index + 1].level > part.level > 1
    role = "chapter" if part.level == 1 else "group" if grouped else "section"
    text_look = setting.style.roles[role]
    flow.waiting.append(
        Head(
            passage=plain_passage(setting, part.title, text_look, flow.frame.measure),
            before=text_look.before,
            after=text_look.after,
            anchor=part_anchor(index),
            aside=_pending(setting, part, flow.frame),
        )
    )
    if role == "chapter":  # its title stands lower than other text may begin
        flow.y = HAIR
        settle(flow, 0)


def _pending(setting: Setting, part: Part, frame: Frame) -> tuple[Lines, ...]:
    """Numbers of the letters out on this section, each from a line of its own."""
    if not part.pending or not setting.style.show_marks:
        return ()
    width = max(margin_width(frame), ASIDE_LEAST)
    small = replace(setting.style.roles["note"], align="left", indent=0, color=MARK_COLOR)
    return tuple(
        compose(setting.case, [Piece(text=text, role=EMPHASIS)], small, width)
        for text in (PENDING, *part.pending)
    )


def _set_heading(
    flow: Flow, setting: Setting, block: Heading, text_look: TextRole, anchor: str
) -> None:
    size = max(text_look.size - (block.level - 1) * 0.5, setting.style.roles["body"].size)
    sized = replace(text_look, size=size)
    flow.waiting.append(
        Head(
            passage=passage(setting, block.runs, sized, flow.frame.measure),
            before=text_look.before,
            after=text_look.after,
            anchor=anchor,
        )
    )


# Blocks


def _set_blocks(
    flow: Flow, setting: Setting, part: Part, index: int, numbers: Mapping[tuple[str, int], str]
) -> None:
    signed = False
    for place, block in enumerate(part.blocks):
        anchor = block_anchor(index, place)
        number = numbers.get((part.id, place), "")
        match block:
            case Heading():
                _set_heading(flow, setting, block, setting.style.roles["heading"], anchor)
            case Entry() | Paragraph():
                signature = _signature(part.blocks, place)
                signed = _set_text(flow, setting, block, anchor, signature)
            case Table():
                set_table(flow, setting, block, number, anchor)
            case Figure():
                set_figure(flow, setting, part, block, number, anchor)
            case Signature() if signed:
                signed = False
            case Signature():
                set_passage(flow, _signed(flow, setting, block))
            case Break():
                skip(flow, flow.frame.line)
            case Note() | Comment():
                continue


def _signature(blocks: Sequence[Block], place: int) -> Signature | None:
    """The signature that closes the text at `place`, if the next printed block is one."""
    for block in blocks[place + 1 :]:
        if not isinstance(block, Note | Comment):
            return block if isinstance(block, Signature) else None
    return None


def _set_text(
    flow: Flow,
    setting: Setting,
    block: Entry | Paragraph,
    anchor: str,
    signature: Signature | None,
) -> bool:
    """An entry or paragraph, and its signature on the last line if there is room for it.

    Tells whether the signature is done with.
    """
    text = _text(flow, setting, block)
    if not signature:
        set_passage(flow, text, anchor=anchor)
        return False
    signed = _signed(flow, setting, signature)
    beside = _beside(flow, setting, text, signed)
    set_passage(flow, text, tail=0 if beside else signed.lines.height, anchor=anchor)
    if beside:
        top = flow.y - (text.lines.leading + signed.lines.leading) / 2
        flow.pages[-1].items.append(Text(lines=signed.lines, x=0, top=top))
    else:
        set_passage(flow, signed)
    return True


def _text(flow: Flow, setting: Setting, block: Entry | Paragraph) -> Passage:
    roles = setting.style.roles
    if isinstance(block, Paragraph):
        return passage(setting, block.runs, roles["body"], flow.frame.measure)
    entry = roles["entry"]
    title = highlighted(setting.style, f"【{block.title}】", entry.font)
    lead = [*title, Piece(text="　")] if block.runs else title
    text_look = replace(roles["body"], indent=entry.indent)
    return passage(setting, block.runs, text_look, flow.frame.measure, lead)


def _signed(flow: Flow, setting: Setting, block: Signature) -> Passage:
    text_look = setting.style.roles["signature"]
    return plain_passage(setting, f"（{block.text}）", text_look, flow.frame.measure)


def _beside(flow: Flow, setting: Setting, text: Passage, signed: Passage) -> bool:
    """Whether the last line leaves room for the signature at its right end."""
    if not text.lines.count or signed.lines.count != 1:
        return False
    size = setting.style.roles["body"].size
    indent = setting.style.roles["body"].indent if text.lines.count == 1 else 0
    taken = text.lines.width_of(text.lines.count - 1) + (indent + SIGNATURE_GAP) * size
    return taken + signed.lines.width_of(0) <= flow.frame.measure


def _set_unreferred(flow: Flow, setting: Setting, part: Part, index: int) -> None:
    """Notes no mark refers to, or whose label is taken, after the text of their part."""
    seen: set[str] = set()
    for block in part.blocks:
        if not isinstance(block, Note):
            continue
        if block.label not in setting.called or block.label in seen:
            lead = [Piece(text=f"〔{block.label}〕")]
            text_look = setting.style.roles["note"]
            set_passage(flow, passage(setting, block.runs, text_look, flow.frame.measure, lead))
        seen.add(block.label)
    snap(flow)
