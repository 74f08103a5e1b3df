"""Many signed letters, one to each of as many units, made quickly: each a Word file of its own."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from editorial.desk.office import Desk, open_desk
from editorial.desk.papers import paper_of
from editorial.model.labels import LetterKind
from editorial.model.letters import Letter, LetterItem
from editorial.model.sheet import Sheet
from editorial.model.volume import Step
from editorial.render.docx.letter import letter_docx
from editorial.store.looks import load_fonts
from editorial.store.records import written

BASE = "volumes/xiao-2019"
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
DUE = date(2020, 3, 20)
SECTION = "01-keji/02-pingtai"
BATCH = "第一批"


def address(number: int) -> str:
    return f"u{number:03}@example.org"


def add_batch(root: Path, count: int, *, large: tuple[int, ...] = ()) -> None:
    """Letters 0001 … of one batch, signed and committed; those of `large` weigh a megabyte."""
    desk = open_desk(root)
    with (root / BASE / "units.yaml").open("a", encoding="utf-8") as units:
        for number in range(1, count + 1):
            person = f"{{name: 联络员{number}, mail: {address(number)}}}"
            units.write(
                f"- id: u{number:03}\n  name: 示例单位{number:03}\n  contacts: [{person}]\n"
            )
    for number in range(1, count + 1):
        _add(desk, number, large=number in large)
    for args in (("add", "-A"), ("commit", "-qm", "一批函件")):
        subprocess.run(["git", *args], cwd=root, check=True)


def _add(desk: Desk, number: int, *, large: bool) -> None:
    letter = Letter(
        id=f"{number:04}",
        kind=LetterKind.REVISE,
        unit=f"u{number:03}",
        title="关于商请修改补充《小年鉴2019》有关内容的函",
        items=(LetterItem(section=SECTION, request="请补充2018年数据"),),
        due=DUE,
        contact="linqing",
        batch=BATCH,
        number=f"示志函〔2020〕{number}号",
        signed=AT.date(),
        history=(
            Step(at=AT, by="linqing", to="draft"),
            Step(at=AT, by="zhouwen", to="approved"),
        ),
    )
    papers = {"公函.docx": _printed(desk, letter)}
    if large:
        papers["附图.bin"] = bytes(range(256)) * 4096
    folder = f"{BASE}/letters/{letter.id}"
    (desk.root / folder).mkdir(parents=True)
    kept = tuple(paper_of(name, data) for name, data in papers.items())
    record = f"{folder}/letter.yaml"
    signed = replace(letter, papers=kept)
    (desk.root / record).write_bytes(written(desk.workspace.files, record, signed))
    for name, data in papers.items():
        (desk.root / folder / name).write_bytes(data)


def _printed(desk: Desk, letter: Letter) -> bytes:
    sheet = Sheet(
        letterhead="示例市地方志办公室",
        number=letter.number,
        title=letter.title,
        addressee=f"示例单位{letter.unit}",
        body=((0, "请按所附清单修改补充，于3月20日前反馈。"),),
        issuer="示例市地方志办公室",
        date="2020年3月5日",
    )
    return letter_docx(sheet, load_fonts(desk.workspace.files)).data
