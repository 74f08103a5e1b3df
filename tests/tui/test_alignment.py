"""Columns stand straight on every place of the frame, whatever the width; a new place is
measured as soon as it stands in the table of places."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from rich.cells import cell_len

from editorial.desk.office import open_desk
from editorial.tui.app import EditorialApp
from editorial.tui.listing import ListPage
from editorial.tui.places import PLACES, find_place
from tests.tui.conftest import _lines, _settle

WIDTHS = (40, 57, 80, 100, 120, 161, 200)
Measured = tuple[set[int], set[tuple[int, ...]], tuple[int, ...]]


def measured(folder: Path, place: str, width: int) -> Measured:
    """How wide the lines of the screen are, the cells of each row, and its columns."""

    async def played() -> Measured:
        app = EditorialApp(open_desk(folder))
        async with app.run_test(size=(width, 24)) as pilot:
            await _settle(app, pilot)
            app.action_visit(find_place(place).id)
            await _settle(app, pilot)
            page, lines = app.screen, {cell_len(line) for line in _lines(app)}
            if not isinstance(page, ListPage):
                return lines, set(), ()
            rows = {tuple(cell_len(cell.plain) for cell in line.cells) for line in page.listed}
            return lines, rows, tuple(column.width for column in page.laid_out)

    return asyncio.run(played())


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("place", [place.id for place in PLACES])
def test_columns_stand_straight_everywhere(sample: Path, place: str, width: int) -> None:
    lines, rows, columns = measured(sample, place, width)
    assert (lines, rows - {columns}) == ({width}, set())


# One after the other in the same program, as somebody drags the window.
EVERY = (*range(60, 200, 7), 80, 120, 200)
NODES = ("03-keji-chuangxin", "units/sz-kcj", "rounds/01", "proofs/01")


@pytest.mark.parametrize("node", [*NODES, *(place.id for place in PLACES)])
def test_columns_stand_straight_at_every_width(sample: Path, node: str) -> None:
    async def played() -> list[tuple[int, set[int], set[tuple[int, ...]]]]:
        app, seen = EditorialApp(open_desk(sample)), []
        async with app.run_test(size=(EVERY[0], 24)) as pilot:
            await _settle(app, pilot)
            if node in NODES:
                app.go_to(node)
            else:
                app.action_visit(node)
            await _settle(app, pilot)
            for width in EVERY:
                await pilot.resize_terminal(width, 24)
                await _settle(app, pilot)
                page = app.screen
                assert isinstance(page, ListPage)
                columns = tuple(column.width for column in page.laid_out)
                rows = {tuple(cell_len(cell.plain) for cell in x.cells) for x in page.listed}
                seen.append((width, {cell_len(x) for x in _lines(app)}, rows - {columns}))
        return seen

    crooked = [each for each in asyncio.run(played()) if each[1:] != ({each[0]}, set())]
    assert crooked == []
