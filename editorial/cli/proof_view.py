"""One proof, and the load of its readers, in tables."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict

from editorial.cli.outcome import Outcome, desk_of, now
from editorial.cli.table import table
from editorial.cli.words import people_names
from editorial.model.proofs import described, page_mark, portion_pages, proof_state


def proof_load(args: Namespace) -> Outcome:
    from editorial.desk.proof_work import loads

    found = loads(desk_of(args), now().date(), args.label)
    head = (
        "校对人",
        "已校页",
        "版面字数",
        "天数",
        "每天字数",
        "改动",
        "每万字",
        "在手页",
        "逾期份",
    )
    rows = [
        (
            each.reader,
            str(each.pages),
            str(each.chars),
            str(each.days),
            str(each.speed or "-"),
            str(each.corrections),
            f"{each.rate:.1f}" if each.chars else "-",
            str(each.in_hand),
            str(each.overdue),
        )
        for each in found
    ]
    data = [{**asdict(each), "speed": each.speed, "rate": round(each.rate, 2)} for each in found]
    return Outcome(lines=tuple(table(head, rows)) if rows else ("还没有分校",), data=data)


def proof_show(args: Namespace) -> Outcome:
    from editorial.desk.proofs import find_proof

    desk = desk_of(args)
    job, names = find_proof(desk, args.id), people_names(desk)
    lines = [f"{job.label}样{job.id}　{proof_state(job).label}　改动{len(job.corrections)}处"]
    lines += [
        f"{portion_pages(job, p)}　{names.get(p.by, p.by)}　"
        + (f"{p.returned}交回" if p.returned else f"在校，期限{p.due or '-'}")
        for p in job.portions
    ]
    head = ("序号", "页", "行", "符号", "改动", "起因", "校对")
    rows = [
        (
            str(number),
            page_mark(c.page, job.offset),
            str(c.line or "-"),
            c.mark,
            described(c) + (f"（{c.note}）" if c.note else ""),
            c.cause.label,
            names.get(c.by, c.by),
        )
        for number, c in enumerate(job.corrections, 1)
    ]
    lines += table(head, rows) if rows else []
    data = {
        "id": job.id,
        "label": job.label,
        "state": proof_state(job).value,
        "file": job.file,
        "sha256": job.sha256,
        "pages": job.pages,
        "chars": job.layout_chars,
        "spreads": [asdict(each) for each in job.spreads],
        "portions": [asdict(each) for each in job.portions],
        "corrections": [asdict(each) for each in job.corrections],
    }
    return Outcome(lines=tuple(lines), data=data)
