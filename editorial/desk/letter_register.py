"""登记簿 of a year: 发文 and 收文 of the whole workspace, whose numbers are one series."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path

from editorial.desk.office import Desk, loaded
from editorial.desk.office_papers import check_formats
from editorial.errors import EditorialError
from editorial.model.letters import TWICE
from editorial.model.received_register import (
    ReceivedEntry,
    is_answer,
    received_entries,
    received_table,
)
from editorial.model.register import BookRecords, RegisterTable, number_parts
from editorial.model.response_tables import response_tables
from editorial.model.sent_register import SentEntry, sent_entries, sent_table
from editorial.store.chasing import load_day_logs
from editorial.store.looks import load_fonts
from editorial.store.registers import load_letters, load_returns
from editorial.store.save import put_output
from editorial.values import dataclass

FORMATS = ("xlsx", "docx")


class Side(StrEnum):
    OUT = "out"
    IN = "in"


NAMES = {(Side.OUT,): "发文登记簿", (Side.IN,): "收文登记簿", (Side.OUT, Side.IN): "收发文登记簿"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The entries of a year; `whole` when no book of the workspace is left out."""

    year: int
    office: str
    books: tuple[BookRecords, ...]
    whole: bool
    sent: tuple[SentEntry, ...]
    received: tuple[ReceivedEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    register: Register
    files: tuple[Path, ...]
    remarks: tuple[str, ...] = ()


def register_of(desk: Desk, year: int, today: date) -> Register:
    """Of all books, or of the one the desk was asked to open alone. EditorialError when nothing
    was sent or came that year."""
    others = (replace(desk, volume_id=each, others=()) for each in desk.others)
    books = tuple(map(_records, (desk, *others)))
    whole = bool(desk.others) or _alone(desk)
    found = Register(
        year=year,
        office=books[0].volume.info.office.name,
        books=books,
        whole=whole,
        sent=sent_entries(books, year, today, whole=whole),
        received=received_entries(books, year),
    )
    if not found.sent and not found.received:
        known = "、".join(map(str, sorted(_years(books)))) or "还没有"
        raise EditorialError(f"{year}年没有收发文登记", hint=f"有登记的年份：{known}（--year 年）")
    return found


def _records(desk: Desk) -> BookRecords:
    files = desk.workspace.files
    return BookRecords(
        volume=loaded(desk).volume,
        letters=load_letters(files, desk.volume_id),
        returns=load_returns(files, desk.volume_id),
        logs=load_day_logs(files, desk.volume_id),
    )


def _alone(desk: Desk) -> bool:
    from editorial.store.workspace import volume_ids

    return volume_ids(desk.workspace.files) == (desk.volume_id,)


def _years(books: Sequence[BookRecords]) -> set[int]:
    sent = {number_parts(x.number)[1] for each in books for x in each.letters if x.number}
    papers = {x.at.year for each in books for x in each.returns if is_answer(x)}
    return (sent | papers) - {0}


def make_register(
    desk: Desk,
    year: int,
    *,
    today: date,
    sides: Sequence[Side] = tuple(Side),
    formats: Sequence[str] = FORMATS,
    out: Path | None = None,
) -> Made:
    """The register of a year as files. EditorialError for an unknown format or an empty year."""
    check_formats(formats, FORMATS)
    found = register_of(desk, year, today)
    wanted = tuple(side for side in Side if side in sides)
    folder = out or desk.root / "volumes" / desk.volume_id / "out"
    paths = tuple(folder / f"{year}年{NAMES[wanted]}.{each}" for each in dict.fromkeys(formats))
    for path in paths:
        put_output(path, _data(desk, found, wanted, path.suffix[1:], today), desk.workspace)
    return Made(register=found, files=paths, remarks=tuple(_remarks(found)))


def _data(desk: Desk, found: Register, sides: Sequence[Side], kind: str, today: date) -> bytes:
    from editorial.render.docx.register import register_docx
    from editorial.render.xlsx import workbook

    tables = tuple(register_tables(found, sides, today, full=kind == "xlsx"))
    if kind == "xlsx":
        return workbook(tables, today, found.office)
    return register_docx(tables, load_fonts(desk.workspace.files), today, found.office)


def register_tables(
    found: Register, sides: Sequence[Side], today: date, *, full: bool
) -> Iterator[RegisterTable]:
    """发文 with what came of it, then 收文."""
    several = len(found.books) > 1
    if Side.OUT in sides:
        yield sent_table(found.sent, found.year, found.office, full=full, books=several)
    if Side.IN in sides:
        papers = [paper for each in found.books for paper in each.returns]
        here = [paper for paper in papers if paper.at.year == found.year]
        aside = sum(not is_answer(paper) for paper in here)
        yield received_table(
            found.received, found.year, found.office, full=full, books=several, aside=aside
        )
    if Side.OUT in sides:
        yield from response_tables(found.books, found.year, today, found.office)


def _remarks(found: Register) -> Iterator[str]:
    lost = [each.number for each in found.sent if each.state == "缺号"]
    twice = dict.fromkeys(each.number for each in found.sent if TWICE in each.remarks)
    if twice:
        yield f"文号编了两次：{'、'.join(twice)}；怎样办，见 editorial verify"
    if lost:
        yield f"有缺号，没有作废说明：{'、'.join(lost)}"
    if not found.whole:
        yield "发文字号全工作区连续编，这里只列一本书的；不写 --volume 列全部"
