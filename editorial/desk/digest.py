"""《每日供稿进度情况》: a day's page in PDF and Word, never longer than one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from editorial.desk.chase import Ground, day_of, ground_of
from editorial.desk.fonts import font_table, printed_remarks
from editorial.desk.office import Desk
from editorial.desk.office_papers import check_formats
from editorial.errors import EditorialError
from editorial.model.book import Printed
from editorial.model.daily import Daily, daily
from editorial.model.digest import MOST, DigestPage, digest_page
from editorial.store.looks import load_fonts
from editorial.store.save import put_output
from editorial.values import dataclass

FORMATS = ("pdf", "docx")
LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """The page with the files it was written to; `named` whether it may name those late."""

    daily: Daily
    page: DigestPage
    named: bool
    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


def daily_of(ground: Ground, day: date) -> Daily:
    return daily(
        ground.volume,
        ground.letters,
        ground.logs,
        ground.rules,
        day,
        paused=len(day_of(ground, day).paused),
    )


def make_digest(
    desk: Desk, day: date, *, today: date, formats: Sequence[str] = FORMATS, out: Path | None = None
) -> Made:
    """The page of a day. A day not closed yet gets a page without a number.

    Raises EditorialError for a day to come or an unknown format.
    """
    from editorial.render.docx.digest import digest_docx

    check_formats(formats, FORMATS)
    if day > today:
        raise EditorialError(f"{day}还没有到", hint="--day 写今天或以前的日期")
    ground = ground_of(desk)
    told = daily_of(ground, day)
    page, printed = _fitted(desk, ground, told)
    word = digest_docx(page, load_fonts(desk.workspace.files), day)
    folder = out or desk.root / "volumes" / desk.volume_id / "out"
    data = {"pdf": printed.data, "docx": word.data}
    stem = f"每日供稿进度情况{day.isoformat()}"
    paths = tuple(folder / f"{stem}.{each}" for each in dict.fromkeys(formats))
    for path in paths:
        put_output(path, data[path.suffix[1:]], desk.workspace)
    return Made(
        daily=told,
        page=page,
        named=ground.rules.name_laggards,
        files=paths,
        remarks=_remarks(desk, told, printed),
    )


def _fitted(desk: Desk, ground: Ground, told: Daily) -> tuple[DigestPage, Printed]:
    """As much as one page holds: what it lists is cut until it fits, the counts stay."""
    from editorial.render.pdf.digest import digest_pdf

    fonts = font_table(desk, load_fonts(desk.workspace.files))
    named = ground.rules.name_laggards
    for most in range(MOST, LEAST - 1, -1):
        page = digest_page(ground.volume, told, named=named, most=most)
        printed = digest_pdf(page, fonts)
        if printed.pages == 1:
            break
    return page, printed


def _remarks(desk: Desk, told: Daily, printed: Printed) -> tuple[str, ...]:
    faces = printed_remarks(load_fonts(desk.workspace.files), printed)
    again = () if told.number else ("当天还没有日结，数字会变；日结用 editorial chase close",)
    return (*faces, *again)
