"""Commands for the papers that go to the press."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, today, whole

if TYPE_CHECKING:
    from editorial.desk.office_papers import PapersMade

OUT = arg("--out", type=Path, default=None, metavar="目录", help="默认 volumes/书/out")


def format_of(default: str) -> tuple[tuple[str, ...], dict[str, Any]]:
    return arg("--format", default=default, metavar="格式", help=f"默认 {default}")


def kinds(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split(",") if each.strip())


def papers_out(made: PapersMade, *lines: str, **more: Any) -> Outcome:
    """What was said of the papers, then the files."""
    files = [str(path) for path in made.files]
    data = {"files": files, "pages": made.pages, **more}
    return Outcome(lines=(*lines, *files), data=data, remarks=made.remarks)


def paper_press(args: Namespace) -> Outcome:
    from editorial.desk.press_papers import make_press_sheet

    made, lacks = make_press_sheet(
        desk_of(args), today=today(), asked=args.layout, formats=kinds(args.format), out=args.out
    )
    said = f"缺件和未尽事项{len(lacks)}处" if lacks else "齐、清、定，没有缺件"
    return papers_out(made, said, lacks=_lacks(lacks))


def _lacks(lacks: Sequence[Any]) -> list[dict[str, Any]]:
    return [
        {"virtue": each.virtue.value, "node": each.node, "line": each.line, "message": each.message}
        for each in lacks
    ]


def paper_imprint(args: Namespace) -> Outcome:
    from editorial.desk.press_papers import make_imprint_sheet

    made = make_imprint_sheet(
        desk_of(args), today=today(), copies=args.copies, formats=kinds(args.format), out=args.out
    )
    return papers_out(made)


PAPER = (
    Verb(
        name="press-sheet",
        help="发稿单：篇目、缺件说明、交稿文件清单",
        run=paper_press,
        arguments=(
            arg("--layout", default="", metavar="要求", help="版式要求，不写照稿样"),
            format_of("pdf,docx,xlsx"),
            OUT,
        ),
    ),
    Verb(
        name="imprint-sheet",
        help="付印单：清样、核红结果、遗留问题",
        run=paper_imprint,
        arguments=(
            arg("--copies", type=whole, default=0, metavar="册", help="印数，不写留空"),
            format_of("pdf,docx"),
            OUT,
        ),
    ),
)
