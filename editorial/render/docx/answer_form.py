"""回执 in Word: boxes that tick when one clicks them, and blanks to type in.

Tags: `answer:on_time`, `answer:extension`, `answer:not_ours` for the boxes, `answer:until` and
`answer:pass_to` for what goes with them, `answer:person` … for who fills it in.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count, pairwise

from editorial.model.sheet import AnswerForm, Tick
from editorial.render.docx import letterstyles as measure
from editorial.render.docx.annex import set_heading
from editorial.render.docx.controls import FIRST, ROOM, bookmark_of, control
from editorial.render.docx.letterstyles import indented
from editorial.render.docx.tables import row_xml, table_xml
from editorial.render.docx.wordml import escape, paragraph, run, twips, val

ASK, SEALED = "现回复如下：", "（单位盖章）"
NUMBERS = 900_000  # of controls: above those of the annexes
FIELD = twips(12)
LABEL_EMS = 5.5
# Boxes one can click are of Word 2010; older programs see a plain sign.
CHECKBOXES = (
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)
SIGNS = "MS Gothic"
EMPTY, TICKED = "☐", "☑"
UNDERLINED = run("　" * 10, u=val("single"))
LABELS = {"until": "延期至", "pass_to": "建议转"}

HALF = f'w:before="0" w:after="0" w:line="{measure.LEADING // 2}" w:lineRule="exact"'

Blank = Callable[[str, str], str]


def set_form(form: AnswerForm, name: str) -> list[str]:
    numbers = count(NUMBERS)

    def blank(tag: str, alias: str) -> str:
        room = UNDERLINED if tag in LABELS else ROOM
        return control(next(numbers), f"answer:{tag}", alias, room=room)

    return [
        *set_heading(form.title, name),
        paragraph(run(f"{form.to}："), "Addressee"),
        paragraph(run(form.matter)),
        paragraph(run(ASK)),
        *(_tick(tick, next(numbers), blank) for tick in form.ticks),
        paragraph("", spacing=HALF),
        _fields(form, blank),
        paragraph(run(SEALED), "FormField", jc=val("right"), ind=_sealed(), spacing=_room()),
        paragraph(run(f"注：{form.note}"), "FormNote"),
    ]


def _sealed() -> str:
    return indented(first=0, right=4)


def _room() -> str:
    return f'w:before="{measure.LEADING}"'


def _tick(tick: Tick, number: int, blank: Blank) -> str:
    words = _box(tick, number) + run(f" {tick.before}")
    if tick.blank:
        words += blank(tick.blank, LABELS[tick.blank]) + run(tick.after)
    return paragraph(words, spacing=f'w:before="{measure.LEADING // 4}"')


def _box(tick: Tick, number: int) -> str:
    """A box within a hidden bookmark like every control: see `controls`."""
    tag = f"answer:{tick.name}"
    face = f'<w:rFonts w:ascii="{SIGNS}" w:eastAsia="{SIGNS}" w:hAnsi="{SIGNS}"/>'
    signs = (
        f'<w14:checkbox><w14:checked w14:val="0"/>'
        f'<w14:checkedState w14:val="{ord(TICKED):04X}" w14:font="{SIGNS}"/>'
        f'<w14:uncheckedState w14:val="{ord(EMPTY):04X}" w14:font="{SIGNS}"/></w14:checkbox>'
    )
    look = (
        f"<w:sdtPr><w:alias {val(escape(tick.before))}/><w:tag {val(tag)}/>"
        f'<w:id {val(FIRST + number)}/><w:lock w:val="sdtLocked"/>{signs}</w:sdtPr>'
    )
    inside = run(EMPTY, rFonts=face)
    mark = f'w:id="{FIRST + number}"'
    start = f'<w:bookmarkStart {mark} w:name="{bookmark_of(tag)}"/>'
    return (
        f"{start}<w:sdt>{look}<w:sdtContent>{inside}</w:sdtContent></w:sdt><w:bookmarkEnd {mark}/>"
    )


def _fields(form: AnswerForm, blank: Blank) -> str:
    """Two to a row: a label, and a cell to type in."""
    label, half = round(LABEL_EMS * measure.PITCH), measure.MEASURE // 2
    edges = [0, label, half, half + label, measure.MEASURE]
    widths = [stop - start for start, stop in pairwise(edges)]
    contents: list[str] = []
    for name, words in form.blanks:
        contents += [run(words), blank(name, words.replace("　", ""))]
    contents += [""] * (-len(contents) % 4)
    rows = [contents[at : at + 4] for at in range(0, len(contents), 4)]
    made = (
        "".join(_cell(words, width) for words, width in zip(row, widths, strict=True))
        for row in rows
    )
    xml = "".join(row_xml(cells, head=False, height=FIELD) for cells in made)
    return table_xml(edges, xml, "AnnexTable")


def _cell(words: str, width: int) -> str:
    look = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
    return f"<w:tc>{look}{paragraph(words, 'FormField')}</w:tc>"
