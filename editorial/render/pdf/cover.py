"""The first page and the last: what this draft is, and where it came from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from editorial.model.book import Imprint, edition_name
from editorial.model.redline import REVIEWS, Redline, changes_of
from editorial.model.style import DraftStyle, TextRole
from editorial.render.pdf.canvas import MM
from editorial.render.pdf.flow import Flow
from editorial.render.pdf.frame import Frame, left_edge
from editorial.render.pdf.inline import INKS, Setting, plain_lines
from editorial.render.pdf.items import Rules, Stroke, Text
from editorial.render.pdf.pages import turn
from editorial.render.pdf.paragraph import Lines, Piece, compose
from editorial.render.titles import tears, title_lines

SAMPLE = "示　例"
SAMPLE_COLOR = "C00000"
SAMPLE_WIDTH, SAMPLE_WEIGHT = 64.0, 1.0
SIDE = 22 * MM
TITLE_AT, FOOT_AT = 0.24, 0.80
# How far down the name of a numbered copy may press it.
TITLE_LOWEST = 0.3
TITLE_SHARE, SCOPE_SHARE = 0.4, 0.12
SMALLEST, SMALLER = 6.0, 0.85
# How much smaller a title may be for no line of it to end inside a word.
UNTORN = (1.0, 0.92, 0.85)
SCOPE_GAP, LABEL_GAP, EDITION_GAP = 22.0, 26.0, 14.0
ROW = 32.0
COPY_SIZE, COPY_BLANK = 12.0, 3
# In points: what the reader's name of a numbered copy is given at the right, under the corners.
COPY_NAME = 36.0
SCOPE_MOST = 3
# Of the paper, what each may take before its type is made smaller.
NOTICE_SHARE, NOTICE_HEIGHT, LABEL_HEIGHT, OFFICE_HEIGHT = 0.5, 0.2, 0.1, 0.2
CORNER_WIDTH, CORNER_GAP = SAMPLE_WIDTH + 12.0, 12.0
LEGEND_SCALE = 0.8
LABEL_EMS = 7
RULE_GAP = 8.0


def set_cover(flow: Flow, setting: Setting, imprint: Imprint) -> None:
    """Title, and label and edition if the style has them, in the upper half, office and date at
    the foot.

    The cover is the first page of its flow, a right-hand one.
    """
    turn(flow, plain=True)
    frame, roles = flow.frame, setting.style.roles
    left, width = SIDE - left_edge(frame, 1), frame.width - 2 * SIDE

    def place(texts: Sequence[Lines], depth: float) -> float:
        return stack(flow, texts, left, depth - frame.top) + frame.top

    under = [*_under_title(setting, imprint, frame, width)]
    line = roles["cover_line"]
    named = replace(line, font="hei")
    office = _fit(setting, imprint.office, named, width, OFFICE_HEIGHT * frame.height)
    date = (plain_lines(setting, chinese_date(imprint), line, width),)
    notice = _set_corners(flow, setting, imprint) + frame.top
    named_to = corner_rows(blank=setting.style.copy_number, sample=imprint.sample) + COPY_NAME
    lowest = min(named_to, TITLE_LOWEST * frame.height)
    top = max(TITLE_AT * frame.height, notice + CORNER_GAP, lowest)
    foot = height_of((*office, *date))
    bottom = min(FOOT_AT * frame.height, frame.height - SIDE - foot)
    room = bottom - top - sum(gap + height_of(texts) for gap, texts in under)
    share = TITLE_SHARE - SCOPE_SHARE if imprint.scope else TITLE_SHARE
    highest = min(share * frame.height, room)
    y = place(fitted(setting, imprint.title, roles["cover_title"], width, highest), top)
    for gap, texts in under:
        y = place(texts, y + gap)
    place(date, place(office, bottom))


def _under_title(
    setting: Setting, imprint: Imprint, frame: Frame, width: float
) -> Iterator[tuple[float, tuple[Lines, ...]]]:
    """What stands there, each with the white above it: what this draft holds, if it is not the
    whole book, what it is called, the legend of a 花脸稿."""
    style = setting.style
    label, line = style.roles["cover_label"], style.roles["cover_line"]
    if imprint.scope:
        named, highest = scope_named(imprint.scope), SCOPE_SHARE * frame.height
        yield SCOPE_GAP, fitted(setting, named, replace(label, font="hei"), width, highest)
    if style.edition:
        called = f"（{label_of(imprint, style)}）"
        yield LABEL_GAP, _fit(setting, called, label, width, LABEL_HEIGHT * frame.height)
        yield EDITION_GAP, (plain_lines(setting, edition_name(imprint), line, width),)
    if setting.redline:
        yield EDITION_GAP, (_legend(setting, setting.redline, width),)


def _legend(setting: Setting, redline: Redline, width: float) -> Lines:
    """What the colours and strokes of a 花脸稿 mean: only those there are."""
    used = {change.ink for change in changes_of(redline)}
    pieces = [Piece(f"与{redline.since}比较：")]
    for ink, name in REVIEWS.items():
        if ink in used:
            pieces += [Piece(name, color=INKS[ink]), Piece("　")]
    pieces += [Piece("加线", stroke="under"), Piece("为增，"), Piece("划线", stroke="through")]
    pieces.append(Piece("为删"))
    line = setting.style.roles["cover_line"]
    size = line.size * LEGEND_SCALE
    look = replace(line, size=size, leading=size * 1.6, align="center")
    return compose(setting.case, pieces, look, width)


def label_of(imprint: Imprint, style: DraftStyle) -> str:
    """评议稿, without brackets."""
    return (imprint.label or style.label).strip("（）()")


def chinese_date(imprint: Imprint) -> str:
    """2020年3月3日"""
    return f"{imprint.date.year}年{imprint.date.month}月{imprint.date.day}日"


def fitted(
    setting: Setting, text: str, text_look: TextRole, width: float, highest: float
) -> tuple[Lines, ...]:
    """A title as large as its place allows, broken by meaning where one line is not enough."""

    def broken(look: TextRole) -> tuple[Lines, ...]:
        lines = title_lines(text, width / look.size)
        return tuple(plain_lines(setting, line, look, width) for line in lines)

    smaller = (scaled(text_look, scale) for scale in UNTORN)
    whole = (look for look in smaller if not tears(title_lines(text, width / look.size)))
    return shrunk(next(whole, text_look), highest, broken)


def _fit(
    setting: Setting, text: str, text_look: TextRole, width: float, highest: float
) -> tuple[Lines, ...]:
    """A text in this look, or in as small a one as makes it no higher."""
    return shrunk(text_look, highest, lambda look: (plain_lines(setting, text, look, width),))


def scaled(look: TextRole, scale: float) -> TextRole:
    """Larger or smaller type, its lines as far apart for their size."""
    return replace(look, size=look.size * scale, leading=look.leading * scale)


def shrunk(
    look: TextRole, highest: float, made: Callable[[TextRole], tuple[Lines, ...]]
) -> tuple[Lines, ...]:
    """The lines `made` in this look, or in as small a one as makes them no higher."""
    while height_of(lines := made(look)) > highest and look.size > SMALLEST:
        look = scaled(look, SMALLER)
    return lines


def height_of(texts: Sequence[Lines]) -> float:
    return sum(lines.height for lines in texts)


def stack(flow: Flow, texts: Sequence[Lines], x: float, top: float) -> float:
    """Lines of one text one under the other on the page begun; the depth reached."""
    tag = flow.tags.add("P")
    for lines in texts:
        flow.pages[-1].items.append(Text(lines=lines, x=x, top=top, tag=tag))
        top += lines.height
    return top


def scope_named(scope: Sequence[str]) -> str:
    """What a 分册 holds: up to three titles, and how many in all when there are more."""
    more = f"等{len(scope)}篇" if len(scope) > SCOPE_MOST else ""
    return "　".join(scope[:SCOPE_MOST]) + more


# The upper corners: notice left; copy number and 示例 right


def copy_blank(frame: Frame) -> tuple[float, float, float]:
    """Where the copy number is written on the cover: left and right end and depth of the
    line under the blank, in points from the upper left corner of the paper."""
    right = frame.width - SIDE - COPY_SIZE
    return right - COPY_BLANK * COPY_SIZE, right, SIDE + COPY_SIZE + 5


def corner_rows(*, blank: bool, sample: bool) -> float:
    """Depth of what may stand at the right, a blank for the number and 示例, in points from the
    upper edge of the paper."""
    return SIDE + ROW * (blank + sample)


def _set_corners(flow: Flow, setting: Setting, imprint: Imprint) -> float:
    """The depth they reach."""
    style, frame = setting.style, flow.frame
    edge = left_edge(frame, 1)
    small = replace(style.roles["cover_line"], font="hei", size=COPY_SIZE, leading=20, align="left")
    left, right = SIDE - edge, frame.width - SIDE - edge
    top = bottom = SIDE - frame.top
    if notice := imprint.notice or style.notice:
        beside = CORNER_WIDTH if style.copy_number or imprint.sample else 0
        width = min(NOTICE_SHARE * (right - left), right - left - beside)
        told = _fit(setting, notice, small, width, NOTICE_HEIGHT * frame.height)
        bottom = stack(flow, told, left, top)
    if style.copy_number:
        _set_copy_number(flow, setting, small)
        top += ROW
    if imprint.sample:
        top = _set_sample(flow, setting, right, top)
    return max(top, bottom)


def _set_copy_number(flow: Flow, setting: Setting, look: TextRole) -> None:
    """第　　　号, a line under the blank."""
    frame, page, tag = flow.frame, flow.pages[-1], flow.tags.add("P")
    edge, top = left_edge(frame, 1), SIDE - frame.top
    start, stop, depth = copy_blank(frame)
    for sign, x in (("第", start - COPY_SIZE), ("号", stop)):
        lines = plain_lines(setting, sign, look, 2 * COPY_SIZE)
        page.items.append(Text(lines=lines, x=x - edge, top=top, tag=tag))
    y = depth - frame.top
    page.items.append(Rules(strokes=((start - edge, y, stop - edge, y),), weight=0.5))


def _set_sample(flow: Flow, setting: Setting, right: float, top: float) -> float:
    """A framed 示例 at the upper right: nothing in this book is real. The depth it reaches."""
    look = replace(
        setting.style.roles["cover_line"],
        font="hei",
        size=13,
        leading=24,
        align="center",
        color=SAMPLE_COLOR,
    )
    lines = plain_lines(setting, SAMPLE, look, SAMPLE_WIDTH)
    top, left = top - 2, right - SAMPLE_WIDTH
    bottom = stack(flow, (lines,), left, top)
    flow.pages[-1].items.append(
        Rules(strokes=_box(left, top, right, bottom), weight=SAMPLE_WEIGHT, color=SAMPLE_COLOR)
    )
    return bottom


def _box(left: float, top: float, right: float, bottom: float) -> tuple[Stroke, ...]:
    """The sides of a frame; the level ones close its corners."""
    a, b = left - SAMPLE_WEIGHT / 2, right + SAMPLE_WEIGHT / 2
    level = tuple((a, y, b, y) for y in (top, bottom))
    return *level, *((x, top, x, bottom) for x in (left, right))


# The colophon


def set_colophon(flow: Flow, setting: Setting, imprint: Imprint) -> None:
    """At the foot of the last page: by which office, from what state of the text, in what look.

    It carries neither head nor folio.
    """
    page = turn(flow, plain=True)
    measure = flow.frame.measure
    look = replace(setting.style.roles["body"], indent=0, align="left")
    indent = LABEL_EMS * look.size
    rows = [
        (
            plain_lines(setting, label, replace(look, font="hei"), indent),
            plain_lines(setting, text, look, measure - indent),
        )
        for label, text in _colophon(setting.style, imprint)
    ]
    top = y = max(flow.frame.depth - RULE_GAP - height_of([text for _, text in rows]), RULE_GAP)
    for label, text in rows:
        stack(flow, (label,), look.size, y)
        y = stack(flow, (text,), indent, y)
    edges = ((0.0, depth, measure, depth) for depth in (top - RULE_GAP, y + RULE_GAP))
    page.items.append(Rules(strokes=tuple(edges), weight=0.8))
    flow.y = y


def _colophon(style: DraftStyle, imprint: Imprint) -> Iterator[tuple[str, str]]:
    dirty = "（含未提交的修改）" if imprint.dirty else ""
    lines = (
        ("书　　名", imprint.title),
        ("所收篇目", "、".join(imprint.scope)),
        ("稿　　次", f"{label_of(imprint, style)}　{edition_name(imprint)}"),
        ("编印单位", imprint.office),
        ("编印日期", chinese_date(imprint)),
        ("文稿版本", f"{imprint.commit[:10]}{dirty}"),
        ("排版样式", style.title),
        ("说　　明", "本稿为示例，所涉单位、人员与数据均为虚构。" if imprint.sample else ""),
    )
    return ((label, text) for label, text in lines if text)
