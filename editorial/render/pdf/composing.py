"""The texts of a part composed: titles, entries and paragraphs, signatures, notes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from editorial.model.book import Part
from editorial.model.document import (
    Block,
    Comment,
    Entry,
    Figure,
    Heading,
    Note,
    Paragraph,
    Run,
    Runs,
    Signature,
    Table,
    fused,
    title_marks,
)
from editorial.model.redline import Stretch, within
from editorial.model.style import heading_of
from editorial.render.chapters import is_group
from editorial.render.pdf.anchors import part_anchor
from editorial.render.pdf.flow import FootNote, Head, Passage
from editorial.render.pdf.frame import Frame, margin_width
from editorial.render.pdf.inline import (
    Setting,
    Wording,
    changed,
    notes_of,
    passage,
    pieces_of,
    struck,
)
from editorial.render.pdf.paragraph import Lines, Piece, compose
from editorial.render.pdf.rolls import in_cells
from editorial.render.pdf.steps import Title

ASIDE_LEAST = 40.0
PENDING = "未复函件："
DEEPEST = 6
# But not within 李　示.
BETWEEN_NAMES = re.compile(
    r"(?<=[；;、，,])|(?<=　)(?!(?<=[（；;、，,　][^\W\d_A-Za-z]　)[^\W\d_A-Za-z][）；;、，,　])"
)


def foot_note(setting: Setting, place: int, note: Note, width: float) -> FootNote:
    key = setting.anchor(place)
    number = (Piece(text="①", note=key), Piece(text="　"))
    pieces = [*number, *pieces_of(setting, changed(setting, place, "runs", note.runs))]
    look = setting.style.roles["note"]
    return FootNote(key=key, lines=compose(setting.case, pieces, look, width))


def part_title(
    setting: Setting, frame: Frame, part: Part, following: Part | None, depth: int
) -> Title:
    """The heading of a part; that of a 篇目 crosses all columns."""
    grouped = is_group(part, following)
    role = "chapter" if part.level == 1 else "group" if grouped else "section"
    look = setting.style.roles[role]
    width = frame.measure if part.level == 1 else frame.columns.width
    title: Wording = struck((Run(text=part.title),), setting.whole)
    if setting.redline and (change := setting.redline.parts.get(part.id)):
        title = within(setting.whole, change.texts["title"]) if "title" in change.texts else title
    head = Head(
        passage=passage(setting, title, look, width),
        before=look.before,
        after=look.after,
        role=f"H{part.level}",
        anchor=part_anchor(part.id),
        title=part.title if part.level > 1 else "",
        group=_group(part, grouped=grouped),
        aside=_pending(setting, part, frame),
    )
    return Title(head=head, depth=depth)


def _group(part: Part, *, grouped: bool) -> str | None:
    """The 章 that runs above the pages from here on: a 分目 beside the 章 ends the one before."""
    if grouped:
        return part.title
    return "" if part.level <= 2 else None


def _pending(setting: Setting, part: Part, frame: Frame) -> tuple[Lines, ...]:
    """Numbers of the letters out on this section, each from a line of its own."""
    style = setting.style
    if not part.pending or not style.show_marks:
        return ()
    width = max(margin_width(frame), ASIDE_LEAST)
    small = replace(style.roles["note"], align="left", indent=0, color=style.mark_color)
    return tuple(
        compose(setting.case, [Piece(text=text, role=style.emphasis)], small, width)
        for text in (PENDING, *part.pending)
    )


def heading(
    setting: Setting, part: Part, place: int, block: Heading, width: float, depth: int
) -> Title:
    """A 次分目, `depth` levels below its part."""
    look = heading_of(setting.style, block.level)
    head = Head(
        passage=passage(setting, changed(setting, place, "runs", block.runs), look, width),
        before=look.before,
        after=look.after,
        role=f"H{min(part.level + depth, DEEPEST)}",
        anchor=setting.anchor(place),
    )
    return Title(head=head)


def body_text(setting: Setting, place: int, block: Entry | Paragraph, width: float) -> Passage:
    roles = setting.style.roles
    runs = changed(setting, place, "runs", block.runs)
    if isinstance(block, Paragraph):
        pieces, look = in_cells((), pieces_of(setting, runs), roles["body"], width)
        lines = compose(setting.case, pieces, look, width)
        return Passage(lines=lines, notes=notes_of(setting, runs))
    entry = roles["entry"]
    lead = pieces_of(setting, _bracketed(setting, place, block), entry.font)
    marks = title_marks(each.run if isinstance(each, Stretch) else each for each in runs)
    lead += pieces_of(setting, runs[:marks])
    gap = [Piece(text="　")] if runs[marks:] else []
    look = roles["body"]
    if look.indent != entry.indent:
        look = replace(look, indent=entry.indent)
    pieces, look = in_cells([*lead, *gap], pieces_of(setting, runs[marks:]), look, width)
    lines = compose(setting.case, pieces, look, width)
    return Passage(lines=lines, notes=notes_of(setting, runs))


def _bracketed(setting: Setting, place: int, entry: Entry) -> Wording:
    """【条目标题】; changed letter by letter, the brackets stay."""
    change = setting.changes.get(place)
    if change and "title" in change.texts:
        opening, closing = (Stretch(run=Run(text=bracket)) for bracket in "【】")
        return within(change.change, (opening, *change.texts["title"], closing))
    runs: Runs = (Run(text=f"【{entry.title}】"),)
    if entry.title_runs:
        runs = fused((Run(text="【"), *entry.title_runs, Run(text="】")))
    return changed(setting, place, "title", runs)


def signatures_of(blocks: Sequence[Block]) -> dict[int, tuple[int, Signature]]:
    """By the place of a text the signature that closes it, and where that stands. Under a picture
    it would read as who took it: what lies between goes after."""
    closing: dict[int, tuple[int, Signature]] = {}
    text = -1
    for place, block in enumerate(blocks):
        match block:
            case Note() | Comment() | Figure() | Table():
                continue
            case Signature() if text >= 0:
                closing[text] = place, block
        plain = isinstance(block, Entry) or (isinstance(block, Paragraph) and not block.form)
        text = place if plain else -1
    return closing


def signature_text(setting: Setting, place: int, block: Signature, width: float) -> Passage:
    """（单位　某某；单位　某某）, broken between names."""
    look = setting.style.roles["signature"]
    pieces = [
        piece._replace(text=name, whole=True)
        for piece in pieces_of(setting, _signature_words(setting, place, block))
        for name in BETWEEN_NAMES.split(piece.text)
    ]
    return Passage(lines=compose(setting.case, pieces, look, width))


def _signature_words(setting: Setting, place: int, block: Signature) -> Wording:
    change = setting.changes.get(place)
    if change and "text" in change.texts:
        opening, closing = (Stretch(run=Run(text=bracket)) for bracket in "（）")
        return within(change.change, (opening, *change.texts["text"], closing))
    return changed(setting, place, "text", (Run(text=f"（{block.text}）"),))
