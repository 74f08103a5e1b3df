"""What stands before the text: cover, 编辑说明, contents, lists of tables and figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import floor

from editorial.model.document import Run
from editorial.model.style import TextRole
from editorial.render.chapters import opened
from editorial.render.pdf.contents import set_contents, set_list
from editorial.render.pdf.cover import set_cover
from editorial.render.pdf.flow import Flow, Passage, skip
from editorial.render.pdf.inline import Setting, passage, plain_passage
from editorial.render.pdf.items import Anchor
from editorial.render.pdf.pages import finish, pour, set_passage, turn
from editorial.render.pdf.work import Work

NOTES, CONTENTS = "notes", "contents"
CONTENTS_TITLE = "目　录"
# Characters a line of 编辑说明 may hold; in larger type it holds one of these.
MOST_EMS, NOTES_EMS, SHORT_END = 42, (36, 37, 35, 38, 34), 3.2


def front_matter(work: Work) -> list[Flow]:
    """Cover, 编辑说明, contents and lists; the cover by itself where 卷首 come between. Page
    numbers are put in when they are painted."""
    flow, setting, book = work.flow(), work.setting, work.book
    flows = [flow]
    set_cover(flow, setting, book.imprint)
    if opened(book.parts)[0]:
        flow = work.flow()
        flows.append(flow)
    if book.editorial_notes:
        begin_page(flow, setting, book.notes_title, NOTES)
        _set_notes(flow, setting, book.editorial_notes)
    if work.lines:
        begin_page(flow, setting, CONTENTS_TITLE, CONTENTS)
        set_contents(flow, setting, work.lines)
    for title, anchor, lines in work.lists:
        begin_page(flow, setting, title, anchor)
        set_list(flow, setting, lines)
    for each in flows:
        finish(each)
    return flows


def begin_page(flow: Flow, setting: Setting, title: str, anchor: str) -> None:
    """A new page with its title."""
    flow.head = title.replace("　", "")
    page = turn(flow)
    look = flow.style.roles["front_title"]
    flow.y = look.before
    page.items.append(Anchor(name=anchor, top=0))
    with flow.tags.inside("H1"):
        pour(flow, plain_passage(setting, title, look, flow.frame.measure))
    skip(flow, look.after)


def _set_notes(flow: Flow, setting: Setting, texts: Sequence[str]) -> None:
    """编辑说明 across the page, in larger type than a line too long to read would have."""
    body, measure = setting.style.roles["body"], flow.frame.measure
    looks = [body]
    if measure > MOST_EMS * body.size:
        looks = [_sized(body, floor(100 * measure / ems) / 100) for ems in NOTES_EMS]
    tried = [
        [passage(setting, (Run(text=text),), look, measure) for text in texts] for look in looks
    ]
    for each in min(tried, key=_short_ends):
        set_passage(flow, each)


def _sized(look: TextRole, size: float) -> TextRole:
    return replace(look, size=size, leading=round(look.leading * size / look.size, 1))


def _short_ends(passages: Sequence[Passage]) -> int:
    """How many end in a line of two or three characters."""
    lines = [each.lines for each in passages if each.lines.count > 1]
    return sum(each.width_of(each.count - 1) < SHORT_END * each.look.size for each in lines)
