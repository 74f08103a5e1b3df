"""改动单: the corrections of a proof as a paper for people and as rows for a machine."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from editorial.model.dates import chinese_day
from editorial.model.office_paper import Column, Grid, Line, OfficePaper, Words
from editorial.model.proofs import Correction, ProofJob, page_mark, sheet_of

COLUMNS = (
    Column(title="序号", share=5, side="center"),
    Column(title="页", share=5, side="center"),
    Column(title="行", share=5, side="center"),
    Column(title="符号", share=8, side="center"),
    Column(title="原文（上下文）", share=28),
    Column(title="改为", share=20),
    Column(title="起因", share=8, side="center"),
    Column(title="校对", share=7, side="center"),
    Column(title="说明", share=10),
    Column(title="核红", share=5, side="center"),
)
# The first six are what `proof check` reads; `page` is the sheet of the file, `folio` is printed.
MACHINE = ("id", "page", "before", "old", "new", "after")
MORE = ("folio", "line", "mark", "cause", "fault", "by", "note")
ABOUT = 6


def by_eye(correction: Correction) -> bool:
    """No words change, so that nothing but a look at the page tells whether it was done."""
    return correction.old == correction.new


def correction_paper(job: ProofJob, title: str, names: Mapping[str, str], ink: str) -> OfficePaper:
    """`title` is that of the book; `names` of people by id; `ink` the colour of this pass."""
    count = len(job.corrections)
    back = f"排版：{job.typesetter}" if job.typesetter else ""
    due = f"，请于{chinese_day(job.due)}前改回" if job.due else ""
    told = (
        f"改动{count}处，{ink}色标出{due}。“行”自版心第一行数起，分栏的左栏接右栏；"
        "原文一栏以〔〕括出所改的字。改后请连同本单退回核红。"
    )
    return OfficePaper(
        title=f"{job.label}样改动单",
        blocks=(
            Words(text=told, look="note"),
            Grid(columns=COLUMNS, lines=tuple(_lines(job, names)), name="改动单"),
        ),
        under=(f"《{title}》{job.label}样{job.id}", back),
        foot=f"{job.label}样{job.id}",
        wide=True,
    )


def _lines(job: ProofJob, names: Mapping[str, str]) -> Iterator[Line]:
    for number, each in enumerate(job.corrections, 1):
        new = each.note or each.mark if by_eye(each) else each.new or "（删去）"
        cells = (
            str(number),
            page_mark(each.page, job.offset),
            str(each.line or ""),
            each.mark,
            f"{each.before[-ABOUT:]}〔{each.old}〕{each.after[:ABOUT]}",
            new,
            each.cause.label,
            names.get(each.by, each.by),
            "" if by_eye(each) else each.note,
            "",
        )
        yield Line(cells=cells)


def machine_list(job: ProofJob) -> bytes:
    """LIST.csv as `proof check` reads it, in UTF-8 with the mark Excel wants."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow((*MACHINE, *MORE))
    for number, each in enumerate(job.corrections, 1):
        if not by_eye(each):
            own = (each.before, each.old, each.new, each.after)
            more = (page_mark(each.page, job.offset), each.line or "", each.mark, each.cause.label)
            last = (each.fault, each.by, each.note)
            writer.writerow((number, sheet_of(job, each.page), *own, *more, *last))
    return out.getvalue().encode("utf-8-sig")
