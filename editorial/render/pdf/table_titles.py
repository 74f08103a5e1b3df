"""The title of a table, with the unit beside or under it: its height, and on its page."""

from __future__ import annotations

from editorial.render.pdf.flow import Flow, Passage
from editorial.render.pdf.items import Text
from editorial.render.pdf.pages import pour
from editorial.render.pdf.panel import Heading, Panel

TALL_TITLE = 4


def _on_title_line(heading: Heading, title: Passage) -> bool:
    """Whether the unit has room over the table at the right of the title."""
    lines, unit = title.lines, heading.unit.lines
    if not unit.count or lines.count > 1:
        return False
    width = unit.width_of(0) + heading.look.size
    return (lines.width_of(0) if lines.count else 0) + 2 * width < heading.width


def title_height(heading: Heading, title: Passage) -> float:
    below = 0 if _on_title_line(heading, title) else heading.unit.lines.height
    return title.lines.height + below + heading.look.after


def left_of(flow: Flow, panel: Panel) -> float:
    """x of the left edge of a table where it is set."""
    return _left(flow, panel.heading) + panel.heading.inset


def _left(flow: Flow, heading: Heading) -> float:
    """That of the measure its title is in."""
    return flow.left + max(0.0, (flow.measure - heading.measure) / 2)


def set_title(flow: Flow, panel: Panel, title: Passage, tag: int) -> None:
    """The title, and the unit beside or under it."""
    heading, unit, x = panel.heading, panel.heading.unit.lines, _left(flow, panel.heading)
    if title.lines.count > TALL_TITLE:
        pour(flow, title)
    elif title.lines.count:
        flow.pages[-1].items.append(Text(lines=title.lines, x=x, top=flow.y, tag=tag))
        flow.y += title.lines.height
    if unit.count:
        beside = _on_title_line(heading, title)
        top = flow.y - (title.lines.leading + unit.leading) / 2 if beside else flow.y
        flow.pages[-1].items.append(Text(lines=unit, x=x + heading.inset, top=top, tag=tag))
        flow.y += 0 if beside else unit.height
    flow.y += heading.look.after
