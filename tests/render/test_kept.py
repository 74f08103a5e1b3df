"""Pages kept for the next build: never seen in the result, whatever became of them."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from editorial.model.book import Book, Imprint, Part
from editorial.model.document import Cell, Entry, Figure, Heading, Note, Paragraph, Run, Table
from editorial.model.style import DraftStyle, FontConfig
from editorial.render.fonts import FontTable, LocatedFace, locate
from editorial.render.pdf import kept, press
from editorial.render.pdf import shelf as shelves
from editorial.render.pdf.book import book_pdf
from editorial.render.pdf.caches import forget
from editorial.render.pdf.face import load_face
from editorial.render.pdf.shelf import program
from editorial.store.laid import Shelf
from editorial.store.schema import decode
from editorial.store.yamlio import parse

STYLES = Path(__file__).resolve().parents[2] / "styles"
IMPRINT = Imprint(
    title="示例年鉴2019",
    label="评议稿",
    edition=1,
    date=date(2020, 3, 3),
    office="示例市地方志办公室",
    commit="3f2a9c1d",
)


@pytest.fixture(scope="module")
def style() -> DraftStyle:
    raw, _ = parse((STYLES / "drafts/review.yaml").read_text("utf-8"), "review.yaml")
    decoded = decode(DraftStyle, raw, [])
    assert decoded
    return replace(decoded, id="review")


@pytest.fixture(scope="module")
def table() -> FontTable:
    raw, _ = parse((STYLES / "fonts.yaml").read_text("utf-8"), "fonts.yaml")
    config = decode(FontConfig, raw, [])
    assert config
    return locate(config)


@pytest.fixture(autouse=True)
def forgetful() -> None:
    """Each test as a process of its own: nothing held in memory."""
    forget()


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "laid")


def text(number: int, more: str = "") -> str:
    return f"2018年，示例市第{number}项工程（示例）完成投资12.5亿元。" * 30 + more


def book(changed: str = "") -> Book:
    parts: list[Part] = []
    for number in range(3):
        more = changed if number == 1 else ""
        blocks = (
            Entry(title=f"示例条目{number}", runs=(Run(text=text(number)),)),
            Paragraph(runs=(Run(text=text(number, more)),)),
        )
        parts.append(Part(id=f"c{number}", level=1, title=f"示例篇目{number}"))
        parts.append(Part(id=f"c{number}/s", level=2, title="示例分目", blocks=blocks))
    return Book(imprint=IMPRINT, parts=tuple(parts))


def count(shelf: Shelf) -> int:
    return sum(1 for _ in shelf.folder.iterdir())


def test_a_warm_build_gives_the_bytes_of_a_cold_one(
    style: DraftStyle, table: FontTable, shelf: Shelf
) -> None:
    cold = book_pdf(book(), style, table).data
    book_pdf(book(), style, table, shelf=shelf)
    forget()
    assert book_pdf(book(), style, table, shelf=shelf).data == cold


def test_an_edit_is_seen_and_only_its_chapter_laid_out(
    style: DraftStyle, table: FontTable, shelf: Shelf
) -> None:
    book_pdf(book(), style, table, shelf=shelf)
    said: list[str] = []
    warm = book_pdf(book("改过。"), style, table, said.append, shelf=shelf).data
    assert [line for line in said if "正在排" in line] == ["正在排第2篇，共3篇：示例篇目1"]
    assert warm == book_pdf(book("改过。"), style, table).data


@pytest.mark.parametrize("damage", [b"", b"\x80\x05nonsense", b"x" * 4000])
def test_a_damaged_shelf_is_as_good_as_none(
    style: DraftStyle, table: FontTable, shelf: Shelf, damage: bytes
) -> None:
    cold = book_pdf(book(), style, table, shelf=shelf).data
    forget()
    for path in shelf.folder.iterdir():
        path.write_bytes(damage)
    assert book_pdf(book(), style, table, shelf=shelf).data == cold


def test_a_flipped_bit_is_found_out(style: DraftStyle, table: FontTable, shelf: Shelf) -> None:
    cold = book_pdf(book(), style, table, shelf=shelf).data
    forget()
    for path in shelf.folder.iterdir():
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    assert book_pdf(book(), style, table, shelf=shelf).data == cold


def test_what_is_no_page_is_not_taken_for_one(shelf: Shelf) -> None:
    import pickle

    shelf.put("key", pickle.dumps(["nothing laid out"]))
    assert kept.find(shelf, "key") is None


def test_pages_kept_under_other_keys_are_not_taken(
    style: DraftStyle, table: FontTable, shelf: Shelf
) -> None:
    cold = book_pdf(book(), style, table, shelf=shelf).data
    forget()
    paths = sorted(shelf.folder.iterdir())
    contents = [path.read_bytes() for path in paths]
    for path, other in zip(paths, [*contents[1:], contents[0]], strict=True):
        path.write_bytes(other)
    assert book_pdf(book(), style, table, shelf=shelf).data == cold


@pytest.mark.parametrize("turn", ["faces", "roles"])
def test_faces_in_another_order_have_other_pages(
    turn: str, style: DraftStyle, table: FontTable, shelf: Shelf
) -> None:
    book_pdf(book(), style, table, shelf=shelf)
    forget()
    located = dict(table.located)
    if turn == "faces":
        located["song"] = located["song"][::-1]
    else:
        located = dict(reversed(located.items()))
    other = replace(table, located=located)
    assert book_pdf(book(), style, other, shelf=shelf).data == book_pdf(book(), style, other).data


def test_another_style_has_other_pages(style: DraftStyle, table: FontTable, shelf: Shelf) -> None:
    book_pdf(book(), style, table, shelf=shelf)
    wider = replace(style, margins=replace(style.margins, outer=30))
    assert book_pdf(book(), wider, table, shelf=shelf).data == book_pdf(book(), wider, table).data


def test_a_changed_picture_is_seen(
    style: DraftStyle, table: FontTable, shelf: Shelf, tmp_path: Path
) -> None:
    path = tmp_path / "a.png"
    figure = Figure(src="a.png", title="示例图")
    part = Part(id="c", level=1, title="示例", blocks=(figure,), images={"a.png": path})
    pictured = Book(imprint=IMPRINT, parts=(part,))
    Image.new("RGB", (300, 200), "red").save(path)
    book_pdf(pictured, style, table, shelf=shelf)
    Image.new("RGB", (300, 200), "blue").save(path)
    assert (
        book_pdf(pictured, style, table, shelf=shelf).data == book_pdf(pictured, style, table).data
    )


def test_a_picture_changed_behind_its_times_is_seen(
    style: DraftStyle,
    table: FontTable,
    shelf: Shelf,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import time

    path = tmp_path / "a.bmp"
    figure = Figure(src="a.bmp", title="示例图")
    part = Part(id="c", level=1, title="示例", blocks=(figure,), images={"a.bmp": path})
    pictured = Book(imprint=IMPRINT, parts=(part,))
    hour = 3_600_000_000_000
    monkeypatch.setattr(kept, "time_ns", lambda: time.time_ns() + hour)  # long settled
    sizes = set()
    for colour in ("red", "blue"):
        Image.new("RGB", (300, 200), colour).save(path)
        os.utime(path, ns=(hour, hour))
        sizes.add(path.stat().st_size)
        warm = book_pdf(pictured, style, table, shelf=shelf).data
        assert warm == book_pdf(pictured, style, table).data
        time.sleep(0.02)  # a tick of the file system's clock
    assert len(sizes) == 1


def test_heads_and_folios_remembered_are_those_of_this_edition(
    style: DraftStyle, table: FontTable, shelf: Shelf
) -> None:
    for edition, more in ((1, ""), (2, ""), (2, "改得长一些。" * 300)):
        told = replace(book(more), imprint=replace(IMPRINT, edition=edition))
        warm = book_pdf(told, style, table, shelf=shelf).data
        assert warm == book_pdf(told, style, table).data


def test_a_shelf_that_cannot_be_written_is_done_without(
    style: DraftStyle, table: FontTable, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    shelf = Shelf(tmp_path / "file" / "laid")
    assert book_pdf(book(), style, table, shelf=shelf).data == book_pdf(book(), style, table).data


def test_a_full_shelf_drops_what_was_used_longest_ago(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os

    for age, key in enumerate(("old", "new")):
        shelf.put(key, b"x" * 1000)
        os.utime(shelf.folder / key, (1000 + age, 1000 + age))
    monkeypatch.setattr("editorial.store.laid.MOST_BYTES", 1500)
    shelf.tidy()
    assert [path.name for path in shelf.folder.iterdir()] == ["new"]


def sections(changed: str) -> Book:
    """One 篇目 of three 分目 with all that can stand in one; the first changes."""
    cells = tuple(tuple(Cell(runs=(Run(text=f"{row}.{n}"),)) for n in range(3)) for row in range(9))
    blocks = (
        Heading(runs=(Run(text="示例次分目"),)),
        Entry(title="示例条目", runs=(Run(text=text(1)), Run(kind="note", target="1"))),
        Table(id="biao-1-1", title="示例表", rows=cells),
        Note(label="1", runs=(Run(text="示例脚注。"),)),
        Paragraph(runs=(Run(text=text(2)),)),
    )
    parts = [
        Part(id=f"c/s{number}", level=2, title=f"示例分目{number}", blocks=blocks, digest="same")
        for number in (2, 3)
    ]
    first = Paragraph(runs=(Run(text=text(1, changed)),))
    edited = Part(id="c/s1", level=2, title="示例分目1", blocks=(first, *blocks), digest=changed)
    return Book(imprint=IMPRINT, parts=(Part(id="c", level=1, title="示例篇目"), edited, *parts))


def test_sections_remembered_in_a_chapter_come_out_as_if_set_anew(
    style: DraftStyle, table: FontTable, shelf: Shelf
) -> None:
    for changed in ("一。", "二。改得长一些，行数也变了。" * 9, "三。"):
        warm = book_pdf(sections(changed), style, table, shelf=shelf).data
        assert warm == book_pdf(sections(changed), style, table).data


def test_a_face_put_in_the_place_of_another_is_seen(
    style: DraftStyle, table: FontTable, shelf: Shelf, tmp_path: Path
) -> None:
    """While the program stays open; its time may be the old one."""
    song, hei = (table.faces(role)[0] for role in ("song", "hei"))
    path = tmp_path / "face.otf"
    located = {role: (replace(song, path=path),) for role in table.located}
    mine = replace(table, located=located)
    for source in (song, hei):
        shutil.copyfile(source.path, path)
        os.utime(path, (0, 0))
        warm = book_pdf(book(), style, mine, shelf=shelf).data
        forget()
        load_face.cache_clear()
        assert warm == book_pdf(book(), style, mine).data


def test_a_picture_changed_while_pages_are_made_keeps_none_of_them(
    style: DraftStyle, table: FontTable, shelf: Shelf, tmp_path: Path
) -> None:
    path, other, mine = (tmp_path / name for name in ("a.png", "b.png", "c.png"))
    Image.new("RGB", (300, 200), "red").save(path)
    Image.new("RGB", (300, 200), "blue").save(other)
    shutil.copyfile(path, mine)
    figure = Figure(src="a.png", title="示例图")
    part = Part(id="c", level=1, title="示例", blocks=(figure,), images={"a.png": path})
    pictured = Book(imprint=IMPRINT, parts=(part,))
    cold = book_pdf(pictured, style, table).data

    key_made = kept.key_of

    def late(*told: Any) -> str:
        key = key_made(*told)
        shutil.copyfile(other, path)
        return key

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(press, "key_of", late)
        wrong = book_pdf(pictured, style, table, shelf=shelf).data
    assert wrong != cold
    shutil.copyfile(mine, path)
    assert book_pdf(pictured, style, table, shelf=shelf).data == cold
    forget()
    assert book_pdf(pictured, style, table, shelf=shelf).data == cold


def test_borrowed_faces_are_told_of_what_is_printed_alone(
    style: DraftStyle, table: FontTable, shelf: Shelf
) -> None:
    """Warm builds say what cold ones say, whatever else was set before."""
    marked = replace(style, emphasis="fang")
    lent = replace(table, located={**table.located, "fang": _borrowed(table)})

    def said(first: Run, second: str = "") -> bool:
        title, section, *others = book().parts
        more = (*section.blocks, Paragraph(runs=(first,)))
        beside = Part(id="c0/t", level=2, title="另一分目", blocks=(*section.blocks,))
        beside = replace(beside, blocks=(*beside.blocks, Paragraph(runs=(Run(text=second),))))
        parts = (title, replace(section, blocks=more), beside, *others)
        made = book_pdf(replace(book(), parts=parts), marked, lent, shelf=shelf)
        return "fang" in made.substituted

    plain, stressed = Run(text="强调"), Run(text="强调", kind="emphasis")
    assert said(stressed)
    assert not said(plain)
    assert said(stressed, "改过。")
    assert said(stressed, "又改过。")
    assert not said(plain, "又改过。")


def _borrowed(table: FontTable) -> tuple[LocatedFace, ...]:
    return (replace(table.faces("song")[0], wanted=False),)


def test_a_program_changed_while_it_runs_keeps_nothing_for_others(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settled = program()
    program.cache_clear()
    assert program() == settled
    monkeypatch.setattr(shelves, "STARTED", 0)
    program.cache_clear()
    mixed = program()
    program.cache_clear()
    assert len({settled, mixed, program()}) == 3
    program.cache_clear()
