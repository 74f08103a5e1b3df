"""打印队列: out/print-queue holds what is to be printed and carried, each with its slip."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from editorial.desk.fonts import font_table, printed_remarks
from editorial.desk.letter_papers import unit_name
from editorial.desk.office import Desk
from editorial.desk.papers import MESSAGE
from editorial.model.dates import chinese_day
from editorial.model.letters import Letter
from editorial.model.names import fit_name
from editorial.model.slip import Slip
from editorial.model.volume import Volume
from editorial.store.looks import load_fonts
from editorial.store.save import put_output

BLANKS = ("签收人", "签收日期", "备注")
NOTE = "请签收后把本单退回；文件如有缺漏，请告诉发文单位。"
WORD_TWINS = frozenset({"公函.docx", "回执.docx"})  # the PDF is printed


def queue_folder(desk: Desk) -> Path:
    return desk.root / "volumes" / desk.volume_id / "out" / "print-queue"


def queue_paper(
    desk: Desk, volume: Volume, letter: Letter, papers: Mapping[str, bytes], to: str
) -> tuple[str, ...]:
    """The papers to print with their slip; the same letter takes the place of its earlier self.
    What is to be told of the fonts of the slip."""
    from editorial.render.pdf.slip import slip_pdf

    printed = {name: data for name, data in papers.items() if name not in WORD_TWINS | {MESSAGE}}
    fonts = load_fonts(desk.workspace.files)
    slip = slip_pdf(_slip(volume, letter, printed, to), font_table(desk, fonts))
    stem = fit_name(f"{letter.id} {unit_name(volume, letter.unit)}")
    files = {"送文单.pdf": slip.data, **printed}
    for name, data in files.items():
        put_output(queue_folder(desk) / f"{stem} {name}", data, desk.workspace)
    return printed_remarks(fonts, slip)


def _slip(volume: Volume, letter: Letter, papers: Mapping[str, bytes], to: str) -> Slip:
    unit = next((each.name for each in volume.units if each.id == letter.unit), letter.unit)
    told = (
        ("发文字号", letter.number),
        ("标题", letter.title),
        ("主送", unit),
        ("接收人", "" if to in (unit, unit_name(volume, letter.unit)) else to),
        ("密级", letter.secrecy.label if letter.secrecy else ""),
        ("紧急程度", letter.urgent),
        ("签发日期", chinese_day(letter.signed) if letter.signed else ""),
        ("请于何日前回复", chinese_day(letter.due)),
    )
    return Slip(
        office=volume.info.office.name,
        fields=tuple((label, text) for label, text in told if text),
        papers=tuple(papers),
        blanks=BLANKS,
        note=NOTE,
    )
