"""评议意见表: the type it is set in and the heights of its rows, as the leaf has room."""

from __future__ import annotations

import re
from dataclasses import replace

from editorial.model.book import Imprint
from editorial.model.style import TextRole, role_of
from editorial.render.opinion import (
    ASPECTS,
    COLUMNS,
    FIELD_SHARES,
    FIELDS,
    LABEL,
    SCOPE,
    VERDICTS,
    name_of,
    notes_of,
    scope_of,
    title_of,
)
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.cover import label_of, scaled
from editorial.render.pdf.frame import Frame
from editorial.render.pdf.inline import Setting, plain_lines
from editorial.render.titles import width_of
from editorial.values import dataclass

SIDE, TOP = 20 * MM, 20 * MM
WIDEST_SIDE, HIGHEST_EDGE = 0.1, 0.07
TITLE_ROW, NAME_ROW, FIELD_ROW, HEAD_ROW = 11 * MM, 10.5 * MM, 10 * MM, 9 * MM
OVERALL_ROW, NOTE_ROW = 36 * MM, 5.2 * MM
OVERALL_SHARE = 0.125
GAP, PAD = 4 * MM, 1.5 * MM
# Type a label is made no smaller than, to stand on one line; and to have room on the leaf.
LEAST_LABEL, SMALLEST, SMALLER = 9.0, 5.0, 0.9
LABEL_AIR = 0.5  # ems beside it
BLANKS = re.compile("　(　*)")
NOTE_EMS = 5  # 填表说明：
OVERALL, VERDICT, TITLE_EMS = "总体评价", "结　　论", 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    title: TextRole
    cell: TextRole
    label: TextRole
    left: TextRole
    note: TextRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Heights:
    """Of the rows on the front, and of the heads of columns on both sides."""

    title: float
    name: float
    fields: tuple[float, ...]
    aspects: float
    overall: float
    verdict: float
    notes: tuple[float, ...]
    head: float

    @property
    def whole(self) -> float:
        """Of the front without a row for an opinion."""
        asked = self.title + self.name + sum(self.fields) + self.overall + self.verdict
        return asked + 2 * GAP + sum(self.notes)


def fitted(setting: Setting, imprint: Imprint, frame: Frame) -> tuple[Looks, Heights]:
    """Type as the style has it, or as small as the leaf asks for."""
    width, room = frame.width - 2 * side_of(frame), frame.height - 2 * edge_of(frame)
    looks = _looks(setting, width)
    while True:
        heights = _heights(setting, imprint, looks, frame)
        if heights.whole <= room or looks.note.size <= SMALLEST:
            return looks, heights
        looks = _smaller(looks)


def _looks(setting: Setting, width: float) -> Looks:
    """Labels on one line where their type is not made too small by that."""
    cell, note = role_of(setting.style, "form_cell"), setting.style.roles["note"]
    title = setting.style.roles["front_title"]
    cell = _at_most(cell, max(_labels_size(width), LEAST_LABEL))
    return Looks(
        title=replace(_at_most(title, width / TITLE_EMS), indent=0, align="center"),
        cell=cell,
        label=replace(cell, font="hei"),
        left=replace(cell, align="left"),
        note=replace(_at_most(note, cell.size), indent=0, align="left"),
    )


def _labels_size(width: float) -> float:
    """The largest type in which no label is wider than its cell."""
    labels = [(text, LABEL) for row in FIELDS for text in row]
    shares = sum(share for _, share in COLUMNS)
    labels += [(text, share / shares) for text, share in COLUMNS]
    return min(share * width / (width_of(text) + LABEL_AIR) for text, share in labels)


def _at_most(look: TextRole, size: float) -> TextRole:
    return scaled(look, min(size / look.size, 1.0))


def _smaller(looks: Looks) -> Looks:
    title, cell, label, left, note = (
        _at_most(look, SMALLER * look.size)
        for look in (looks.title, looks.cell, looks.label, looks.left, looks.note)
    )
    return Looks(title=title, cell=cell, label=label, left=left, note=note)


def _heights(setting: Setting, imprint: Imprint, looks: Looks, frame: Frame) -> Heights:
    width = frame.width - 2 * side_of(frame)
    inner = (1 - LABEL) * width - 2 * PAD

    def high(text: str, look: TextRole, room: float, least: float, pad: float = 0.0) -> float:
        if width_of(text) * look.size <= room:  # on one line: nothing need be set to know
            return max(least, look.leading + pad)
        return max(least, plain_lines(setting, text, look, room).height + pad)

    def label(text: str, room: float, least: float = FIELD_ROW) -> float:
        return high(drawn_in(text, looks.label, room), looks.label, room, least, PAD)

    def field(text: str, share: float) -> float:
        """Of a label and what is known of its answer."""
        said = scope_of(imprint) if text == SCOPE else ""
        blank = (share - LABEL) * width - 2 * PAD
        own = high(said, within(looks, said, blank), blank, FIELD_ROW, PAD)
        return max(own, label(text, LABEL * width))

    title, name = names_of(setting, imprint)
    notes = notes_of(setting.style, imprint.office)
    aspects = high(ASPECTS, looks.note, inner, 2 * NOTE_ROW)
    overall = min(OVERALL_ROW, OVERALL_SHARE * frame.height)
    verdicts = drawn_in(VERDICTS, looks.left, inner)
    shares = sum(share for _, share in COLUMNS)
    return Heights(
        title=high(title, looks.title, width, TITLE_ROW),
        name=high(name, looks.cell, width, NAME_ROW),
        fields=tuple(max(map(field, row, FIELD_SHARES)) for row in FIELDS),
        aspects=aspects,
        overall=max(overall, aspects + FIELD_ROW, label(OVERALL, LABEL * width)),
        verdict=max(
            high(verdicts, looks.left, inner, FIELD_ROW, PAD), label(VERDICT, LABEL * width)
        ),
        notes=tuple(
            high(text, looks.note, width - note_indent(looks, index), NOTE_ROW)
            for index, text in enumerate(notes)
        ),
        head=max(label(text, share / shares * width, HEAD_ROW) for text, share in COLUMNS),
    )


def within(looks: Looks, text: str, width: float) -> TextRole:
    """On one line, or smaller on several."""
    fits = width_of(text) * looks.cell.size <= width
    return looks.cell if fits else replace(looks.note, align="center")


def drawn_in(text: str, look: TextRole, width: float) -> str:
    """With the blanks between its words left out, or made one, if it has no room on a line."""
    if width_of(text) * look.size <= width:
        return text
    return BLANKS.sub(lambda found: found[1][:1], text)


def note_indent(looks: Looks, index: int) -> float:
    return NOTE_EMS * looks.note.size if index else 0.0


def side_of(frame: Frame) -> float:
    return min(SIDE, WIDEST_SIDE * frame.width)


def edge_of(frame: Frame) -> float:
    return min(TOP, HIGHEST_EDGE * frame.height)


def names_of(setting: Setting, imprint: Imprint) -> tuple[str, str]:
    label = label_of(imprint, setting.style)
    return title_of(label), name_of(imprint, label)
