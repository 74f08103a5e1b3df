"""核红 report: both proofs are photographed where there is something to see."""

from __future__ import annotations

from pathlib import Path

from editorial.desk.fonts import printed_remarks
from editorial.desk.red_check import doubts
from editorial.errors import EditorialError
from editorial.model.red_report import RedReport, all_crops, red_items
from editorial.model.red_verdict import RedChecked
from editorial.model.style import FontConfig
from editorial.read.page_crops import page_crops
from editorial.store.begin import shipped
from editorial.store.looks import load_fonts
from editorial.store.save import put_output

SCALE = 1.7  # pixels a point
FORMATS = (".html", ".pdf")


def bare_report(checked: RedChecked, old: Path, new: Path) -> RedReport:
    """Of two files outside any workspace."""
    return RedReport(
        title="核红报告",
        old_name=old.name,
        new_name=new.name,
        items=red_items(checked, {}, {}),
        remarks=(*doubts(checked, old, new), *unread_words(checked)),
    )


def unread_words(checked: RedChecked) -> tuple[str, ...]:
    """Sheets nothing was checked on."""
    sides = (("旧样", checked.unread), ("新样", checked.unread_new))
    return tuple(
        f"{name}第{'、'.join(map(str, sheets))}面没有文字（扫描件或整页图），没有核，请人工核"
        for name, sheets in sides
        if sheets
    )


def write_red_report(
    report: RedReport,
    old: Path,
    new: Path,
    out: Path,
    *,
    fonts: FontConfig | None = None,
    folders: tuple[Path, ...] = (),
) -> tuple[str, ...]:
    """`out` by its ending: .html or .pdf; `fonts` are those of the workspace, or else those that
    come with the program. What is to be told of them. EditorialError for another ending."""
    check_ending(out)
    crops = {
        name: page_crops(path, all_crops(report.items, new=name == "new"), SCALE)
        for name, path in (("old", old), ("new", new))
    }
    if out.suffix.lower() == ".html":
        from editorial.render.red_html import red_html

        put_output(out, red_html(report, crops["old"], crops["new"]))
        return ()
    from editorial.render.fonts import locate
    from editorial.render.pdf.red_report import red_report_pdf

    config = fonts or load_fonts(shipped())
    printed = red_report_pdf(report, crops["old"], crops["new"], locate(config, folders))
    put_output(out, printed.data)
    return printed_remarks(config, printed)


def check_ending(out: Path) -> None:
    """Before the long work begins."""
    if out.suffix.lower() not in FORMATS:
        raise EditorialError(f"核红报告不能写成“{out.suffix or out.name}”", hint="写 .html 或 .pdf")
