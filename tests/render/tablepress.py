"""One table set by itself, and what stands where on its pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from editorial.model.document import Cell, Table
from editorial.model.style import DraftStyle, Margins
from editorial.render.pdf.cells import cells_of
from editorial.render.pdf.flow import Flow
from editorial.render.pdf.frame import frame_of
from editorial.render.pdf.inline import Setting
from editorial.render.pdf.items import Item, Text, Turned
from editorial.render.pdf.pages import finish, turn
from editorial.render.pdf.tables import PlannedTable, plan_table, set_table, turned_pages
from editorial.render.pdf.tags import ARTIFACT
from editorial.render.pdf.typeset import TypeCase
from tests.render.books import cell, faces, style_of


def grid(*rows: list[str | Cell | None], **known: Any) -> Table:
    cells = tuple(
        tuple(cell(each) if isinstance(each, str) else each for each in row) for row in rows
    )
    return Table(rows=cells, **known)


def years(columns: int, rows: int = 6) -> Table:
    body = ([f"示例市{r}", *(f"{c * 97 + r}.5" for c in range(columns))] for r in range(rows))
    return grid(["城市", *(f"{1990 + c}年" for c in range(columns))], *body, title="历年表")


def two_columns() -> DraftStyle:
    """On a page without room for handwriting."""
    margins = Margins(top=25, bottom=25, inner=20, outer=20)
    return replace(style_of("review"), columns=2, margins=margins)


PART = "keji/pingtai"


class Press:
    """Sets tables, as deep down a page as is wished."""

    def __init__(self, style: DraftStyle | None = None) -> None:
        style = style or style_of("review")
        numbers = {(PART, 0): "表3-1"}
        self.setting = Setting(case=TypeCase(faces()), style=style, part=PART, numbers=numbers)
        self.frame = frame_of(style)
        self.flow = Flow(case=self.setting.case, style=style, frame=self.frame)
        turn(self.flow)

    def plan(self, table: Table) -> PlannedTable:
        return plan_table(self.setting, self.frame, 0, table, cells_of(self.setting, table, 0))

    def set(self, table: Table, y: float = 0) -> Flow:
        planned = self.plan(table)
        self.flow.y = y
        if planned.turned:
            self.flow.pages += turned_pages(self.flow, planned)
        else:
            set_table(self.flow, planned)
        finish(self.flow)
        return self.flow


def flat(items: list[Item]) -> Iterator[Item]:
    for item in items:
        if isinstance(item, Turned):
            yield from item.items
        else:
            yield item


def texts(flow: Flow) -> Iterator[tuple[int, Text]]:
    """Page and text of everything that is set, in order."""
    for number, page in enumerate(flow.pages):
        for item in flat(page.items):
            if isinstance(item, Text):
                yield number, item


def stop_of(item: Text) -> int:
    return item.lines.count if item.stop is None else item.stop


def said(item: Text) -> str:
    return "".join(item.lines.text_of(line) for line in range(item.start, stop_of(item)))


def role_of(flow: Flow, item: Text) -> str:
    return "" if item.tag == ARTIFACT else flow.tags.elements[item.tag].role


def said_by_tag(flow: Flow, *roles: str) -> list[str]:
    """What each element of these roles says, wherever its pieces stand."""
    found: defaultdict[int, str] = defaultdict(str)
    for _, item in texts(flow):
        if role_of(flow, item) in roles:
            found[item.tag] += said(item)
    return list(found.values())


def on_pages(flow: Flow, *roles: str) -> list[list[str]]:
    """What things of these roles say on each page; the role of artifacts is empty."""
    pages: list[list[str]] = [[] for _ in flow.pages]
    for number, item in texts(flow):
        if role_of(flow, item) in roles:
            pages[number].append(said(item))
    return pages
