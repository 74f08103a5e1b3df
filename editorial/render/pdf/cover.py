"""The first page and the last: what this draft is, and where it came from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from editorial.model.book import Imprint, edition_name
from editorial.model.style import DraftStyle, TextRole
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.inline import MARK_COLOR, Setting, plain_passage
from editorial.render.pdf.items import Rules, Text
from editorial.render.pdf.pages import Flow, left_edge, pour, snap, turn
from editorial.render.pdf.paragraph import Lines

SAMPLE = "示　例"
SIDE = 22 * MM
TITLE_AT, FOOT_AT = 0.24, 0.80
TITLE_SHARE = 0.4
SMALLEST_TITLE = 14.0
COLOPHON_AT = 0.56
LABEL_EMS = 7


def set_cover(flow: Flow, setting: Setting, imprint: Imprint) -> None:
    """Title, label and edition in the upper half, office and date at the foot."""
    page = turn(flow, plain=True)
    frame, roles = flow.frame, setting.style.roles
    left = SIDE - left_edge(frame, len(flow.pages))
    width = frame.width - 2 * SIDE
    line = roles["cover_line"]

    def place(lines: Lines, top: float) -> float:
        page.items.append(Text(lines=lines, x=left, top=top - frame.top, stop=lines.count))
        return top + lines.height

    def words(text: str, text_look: TextRole) -> Lines:
        return plain_passage(setting, text, text_look, width).lines

    if imprint.notice or setting.style.notice:
        notice = replace(line, font="hei", size=12, leading=20, align="left")
        place(words(imprint.notice or setting.style.notice, notice), SIDE)
    if imprint.sample:
        _set_sample(flow, setting, left + width)
    title = _title(setting, imprint.title, width, TITLE_SHARE * frame.height)
    y = place(title, TITLE_AT * frame.height)
    y = place(words(f"（{label_of(imprint, setting.style)}）", roles["cover_label"]), y + 26)
    place(words(edition_name(imprint), line), y + 14)
    y = place(words(imprint.office, replace(line, font="hei")), FOOT_AT * frame.height)
    place(words(chinese_date(imprint), line), y)


def label_of(imprint: Imprint, style: DraftStyle) -> str:
    """评议稿, without brackets."""
    return (imprint.label or style.label).strip("（）()")


def _title(setting: Setting, text: str, width: float, highest: float) -> Lines:
    """The title as large as its place allows."""
    text_look = setting.style.roles["cover_title"]
    while True:
        lines = plain_passage(setting, text, text_look, width).lines
        if lines.height <= highest or text_look.size <= SMALLEST_TITLE:
            return lines
        text_look = replace(text_look, size=text_look.size * 0.85, leading=text_look.leading * 0.85)


def _set_sample(flow: Flow, setting: Setting, right: float) -> None:
    """A framed 示例 at the upper right: nothing in this book is real."""
    text_look = replace(
        setting.style.roles["cover_line"], font="hei", size=13, leading=24, color=MARK_COLOR
    )
    lines = plain_passage(setting, SAMPLE, text_look, 64).lines
    top = SIDE - 2 - flow.frame.top
    left, bottom = right - 64, top + lines.leading
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    strokes = tuple((*a, *b) for a, b in pairwise(corners))
    flow.pages[-1].items += [
        Rules(strokes=strokes, weight=1, color=MARK_COLOR),
        Text(lines=lines, x=left, top=top, stop=lines.count),
    ]


def chinese_date(imprint: Imprint) -> str:
    """2020年3月3日"""
    return f"{imprint.date.year}年{imprint.date.month}月{imprint.date.day}日"


def set_colophon(flow: Flow, setting: Setting, imprint: Imprint) -> None:
    """The last page: by which office, from what state of the text, in what look."""
    flow.head = ""
    turn(flow)
    flow.y = COLOPHON_AT * flow.frame.depth
    snap(flow)
    page, measure = flow.pages[-1], flow.frame.measure
    text_look = replace(setting.style.roles["body"], indent=0, align="left")
    label_look = replace(text_look, font="hei")
    top = flow.y
    for label, text in _colophon(setting.style, imprint):
        indent = LABEL_EMS * text_look.size
        lines = plain_passage(setting, label, label_look, indent).lines
        page.items.append(Text(lines=lines, x=text_look.size, top=flow.y, stop=lines.count))
        pour(flow, plain_passage(setting, text, text_look, measure - indent), x=indent)
    if flow.pages[-1] is page:
        edges = ((0.0, y, measure, y) for y in (top - 8, flow.y + 8))
        page.items.append(Rules(strokes=tuple(edges), weight=0.8))


def _colophon(style: DraftStyle, imprint: Imprint) -> Sequence[tuple[str, str]]:
    dirty = "（含未提交的修改）" if imprint.dirty else ""
    lines = [
        ("书　　名", imprint.title),
        ("稿　　次", f"{label_of(imprint, style)}　{edition_name(imprint)}"),
        ("编印单位", imprint.office),
        ("编印日期", chinese_date(imprint)),
        ("文稿版本", f"{imprint.commit[:10]}{dirty}"),
        ("排版样式", style.title),
    ]
    if imprint.sample:
        lines.append(("说　　明", "本稿为示例，所涉单位、人员与数据均为虚构。"))
    return [(label, text) for label, text in lines if text]
