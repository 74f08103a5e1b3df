"""The register of a workspace of two books, whose letters are numbered as one series."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import docx
import pytest

from editorial.cli.main import main
from editorial.desk.init import init
from editorial.desk.letter_register import make_register, register_of
from editorial.desk.office import open_desk

TODAY = date(2020, 3, 31)
BOTH = ("gba-2019", "guangzhou-bangfu")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, _apart: None) -> Path:
    """Both samples as they are shipped: letters 1 to 4 are of one book, 5 to 10 of the other."""
    return init(tmp_path_factory.mktemp("office") / "ws", samples=BOTH)[0]


def numbers(root: Path, volume: str | None = None) -> list[tuple[str, str]]:
    found = register_of(open_desk(root, volume=volume), 2020, TODAY)
    return [(each.number.partition("〕")[2], each.state) for each in found.sent]


def test_all_books_are_one_series(office: Path) -> None:
    assert [number for number, _ in numbers(office)] == [f"{n}号" for n in range(1, 11)]


def test_one_book_alone_lacks_nothing_because_of_the_other(office: Path) -> None:
    found = numbers(office, "guangzhou-bangfu")
    assert [number for number, _ in found] == [f"{n}号" for n in range(5, 11)]
    assert "缺号" not in [state for _, state in found]


def test_one_book_alone_is_said_to_be_one(office: Path, tmp_path: Path) -> None:
    desk = open_desk(office, volume="gba-2019")
    made = make_register(desk, 2020, today=TODAY, out=tmp_path)
    assert [each for each in made.remarks if "只列一本书" in each] != []


def test_units_are_told_apart_by_their_book(office: Path, tmp_path: Path) -> None:
    make_register(open_desk(office), 2020, today=TODAY, formats=("docx",), out=tmp_path)
    statistics = docx.Document(str(next(tmp_path.iterdir()))).tables[2]
    books = {row.cells[0].text for row in statistics.rows[1:-1]}
    assert books == {"《粤港澳大湾区城市群年鉴2019》", "《广州帮扶志》"}


def test_days_of_the_year_are_short_on_paper(office: Path, tmp_path: Path) -> None:
    make_register(open_desk(office), 2020, today=TODAY, formats=("docx",), out=tmp_path)
    first = docx.Document(str(next(tmp_path.iterdir()))).tables[0].rows[1]
    assert first.cells[2].text == "02-10"


def test_the_command_gives_the_rows_as_data(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ["letter", "ledger", "--year", "2020", "--out", str(tmp_path), "--json"]
    assert main(["-C", str(office), *words]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["sent"][2]["to"], told["sent"][2]["due"]) == ("深圳科创局", "2020-03-18")
    assert [Path(each).suffix for each in told["files"]] == [".xlsx", ".docx"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--year", "1999"), "1999年没有收发文登记"),
        (("--year", "二〇二〇"), "不是整数"),
        (("--year", "2020", "--kind", "both"), "没有“both”这种登记"),
        (("--year", "2020", "--format", "pdf"), "没有“pdf”格式"),
    ],
)
def test_what_cannot_be_printed_is_refused(
    office: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    assert main(["-C", str(office), "letter", "ledger", *words]) == 2
    assert said in capsys.readouterr().err


def test_nothing_is_committed(workspace: Path, git: Callable[..., str], office: Path) -> None:
    """What is printed lies in out/, which git leaves alone."""
    make_register(open_desk(office), 2020, today=TODAY)
    assert git("-C", str(office), "status", "--porcelain") == ""
