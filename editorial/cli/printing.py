"""Commands on what is printed: draft, fonts, toc-check."""

from __future__ import annotations

import re
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.cli.book import told, told_few
from editorial.cli.outcome import Outcome, Verb, arg, desk_of, now
from editorial.cli.table import table
from editorial.cli.words import SOME
from editorial.errors import EditorialError
from editorial.model.drafts import copy_number

if TYPE_CHECKING:
    from editorial.desk.draft import DraftMade
    from editorial.desk.office import Desk
    from editorial.model.drafts import Copy
    from editorial.model.finding import Finding
    from editorial.model.selection import Selection


def draft(args: Namespace) -> Outcome:
    from editorial.desk.draft import make_draft
    from editorial.desk.past import Unchanged

    try:
        made = make_draft(
            desk_of(args),
            tuple(args.nodes),
            at=now(),
            style=args.style,
            formats=None if args.format is None else tuple(args.format.split(",")),
            selection=_selection(args),
            out=Path(args.out).resolve() if args.out else None,
            readers=args.copies_to,
            since=args.since,
            progress=_say,
        )
    except Unchanged as same:
        return Outcome(lines=(same.message,), data={"unchanged": True, "files": []})
    edition = f"第{made.draft.edition}稿{made.again}"
    pages = f"，{made.pages}页" if made.pages else ""
    copies = [f"{_whose(copy)}　{path}" for copy, path in made.copies]
    lines = (edition + pages, *map(str, made.files), *copies)
    others = _remarks(made)
    data = {**_data(made), "remarks": [*map(told, made.findings), *others]}
    return Outcome(lines=lines, data=data, remarks=(*told_few(made.findings), *others))


def _selection(args: Namespace) -> Selection:
    from editorial.model.selection import Selection

    return Selection(
        units=_listed(args.unit),
        cities=_listed(args.city),
        round=args.round,
        where=args.where,
        questions=args.questions,
        beside=args.beside,
    )


def _remarks(made: DraftMade) -> tuple[str, ...]:
    """What there is to say beside the findings."""
    remarks = [f"缺{label}字体，已用代替字体（见 editorial fonts）" for label in made.substituted]
    if made.draft.dirty:
        remarks.append('有改动未留存，登记里已注明；用 editorial keep -m "改了什么" 留存')
    return (*remarks, *(made.act.remarks if made.act else ()))


def _data(made: DraftMade) -> dict[str, Any]:
    return {
        "edition": made.draft.edition,
        "commit": made.draft.commit,
        "date": made.draft.date,
        "pages": made.pages,
        "nodes": list(made.draft.nodes),
        "files": [str(path) for path in made.files],
        "copies": [
            {"number": copy.number, "reader": copy.reader, "unit": copy.unit, "file": str(path)}
            for copy, path in made.copies
        ],
        "registered": bool(made.act),
        "again": made.again,
    }


def _listed(text: str) -> tuple[str, ...]:
    """甲、乙 or 甲,乙 as two names."""
    return tuple(filter(None, re.split(r"\s*[、，,]\s*", text.strip())))


def _whose(copy: Copy) -> str:
    return f"{copy_number(copy.number)}号　{copy.reader}" + (
        f"（{copy.unit}）" if copy.unit else ""
    )


def _say(words: str) -> None:
    with suppress(BrokenPipeError):  # nobody listening any more is no reason to stop
        print(words, file=sys.stderr, flush=True)


def fonts(args: Namespace) -> Outcome:
    from editorial.desk.fonts import PHONETIC_FACES, phonetic_font
    from editorial.desk.fonts import fonts as survey

    desk = desk_of(args)
    reports, phonetic = survey(desk), phonetic_font(desk)
    rows = [
        (
            report.role,
            report.label,
            "合意" if report.wanted else "代替",
            _lacking(report.missing_gb2312, report.missing_gbk),
            f"{report.file}" + (f"#{report.index}" if report.index else ""),
        )
        for report in reports
    ]
    data = [
        {
            "role": r.role,
            "label": r.label,
            "file": str(r.file),
            "index": r.index,
            "wanted": r.wanted,
            "missing": {"gb2312": r.missing_gb2312, "gbk": r.missing_gbk},
        }
        for r in reports
    ]
    sounds = phonetic or f"没有字体，要印的装 {PHONETIC_FACES} 中的一种"
    lines = (*table(("用途", "名称", "字体", "缺字", "文件"), rows), f"国际音标：{sounds}")
    return Outcome(lines=lines, data=data)


def _lacking(gb2312: int, gbk: int) -> str:
    counts = (("GB2312", gb2312), ("GBK", gbk))
    return "、".join(f"{name} 缺{count}" for name, count in counts if count) or "不缺"


def toc_check(args: Namespace) -> Outcome:
    from editorial.desk.toc_check import toc_check as check

    desk, remark = (None, "") if args.alone else _desk_if_any(args)
    checked = check(Path(args.pdf), desk, tuple(args.nodes))
    listed = "；".join(
        f"{each.name}{len(each.rows)}行（PDF 第{'—'.join(_ends(each.sheets))}面）"
        for each in checked.contents
    )
    count = f"{len(checked.findings)}处不符" if checked.findings else "没有不符"
    summary = f"共{checked.pages}页；{listed}；标题{checked.headings}个；{count}"
    unnumbered = "" if checked.numbered else "没有认出印在页上的页码，按多数标题的位置推算"
    data = {
        "pages": checked.pages,
        "contents": [
            {"name": each.name, "sheets": list(each.sheets), "lines": len(each.rows)}
            for each in checked.contents
        ],
        "headings": checked.headings,
        "numbered": checked.numbered,
        "findings": [
            {"code": f.code, "where": f.where, "sheet": f.line, "message": f.message}
            for f in checked.findings
        ],
    }
    return Outcome(
        lines=(*map(_mismatch, checked.findings), summary),
        data=data,
        code=1 if checked.findings else 0,
        remarks=tuple(each for each in (remark, unnumbered) if each),
    )


def _desk_if_any(args: Namespace) -> tuple[Desk | None, str]:
    """A proof may be read anywhere; a workspace or volume asked for must be there."""
    try:
        return desk_of(args), ""
    except EditorialError as error:
        if args.folder or args.volume or args.nodes:
            raise
        return None, f"{error.message}：只核 PDF 自身，不与篇目比对"


def _ends(sheets: tuple[int, ...]) -> Iterator[str]:
    yield from dict.fromkeys((str(sheets[0]), str(sheets[-1])))


def _mismatch(each: Finding) -> str:
    place = f"PDF 第{each.line}面" if each.line else each.where
    return f"× {place}　{each.code} {each.message}" + (f"（{each.hint}）" if each.hint else "")


PRINTING = (
    Verb(
        name="draft",
        help="出稿：评议稿 PDF 和 DOCX",
        run=draft,
        arguments=(
            SOME,
            arg(
                "--style",
                default="",
                metavar="样式",
                help="styles/drafts 下的样式：review 评议稿、consult 征求意见稿、final 付印稿、"
                "booklet 分册；默认按 volume.yaml",
            ),
            arg(
                "--format",
                default=None,
                metavar="格式",
                help="pdf、docx 或 pdf,docx（默认；附疑问、附上年的只出 docx）",
            ),
            arg(
                "--unit",
                default="",
                metavar="单位",
                help="只要这个单位供的稿：几个单位合供的分目，只留它署名的条目；可写几个，用“、”隔开",
            ),
            arg("--city", default="", metavar="城市", help="只要这个城市各单位供的稿"),
            arg("--round", default="", metavar="轮次", help="只要这一轮评议的分目"),
            arg(
                "--where",
                default="",
                metavar="筛选",
                help="如“状态:复审 单位:科技局 逾期”：各项都合的分目",
            ),
            arg(
                "--questions",
                action="store_true",
                help="待补、存疑、未处理的意见、函件事项、编辑的“%%%% 问：”印成带编号的批注",
            ),
            arg(
                "--beside",
                action="store_true",
                help="上年的文字排在左边对照；上年是哪一卷，写在 volume.yaml 的 previous",
            ),
            arg(
                "--since",
                default="",
                metavar="旧稿",
                help="花脸稿：与旧稿相比改了哪里、谁改的；写 第1稿、评议轮次、日期或提交号",
            ),
            arg("--out", default="", metavar="目录", help="默认 volumes/书/out"),
            arg(
                "--copies-to",
                default="",
                metavar="名单",
                help="按名单（如 readers.yaml）另出编号本：每种格式每人一份，印有编号和姓名",
            ),
        ),
        example="editorial draft --format pdf --copies-to readers.yaml",
    ),
    Verb(name="fonts", help="字体：每种用途用的是哪个文件、缺哪些字", run=fonts),
    Verb(
        name="toc-check",
        help="读校目录：一份 PDF 的目录、标题、页码、书眉是否相符",
        run=toc_check,
        arguments=(
            arg("pdf", metavar="PDF", help="本程序出的，或排版公司的；要有文字，不能是扫描件"),
            arg("nodes", nargs="*", metavar="节点", help="PDF 里是哪些篇目或分目；不写为全书"),
            arg("--alone", action="store_true", help="只核 PDF 自身，不与本书的篇目比对"),
        ),
        example="editorial toc-check 一校样.pdf",
    ),
)
