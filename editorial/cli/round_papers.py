"""Commands for the papers of a round: tables, forms, replies, what was changed."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, today
from editorial.cli.paper import OUT, format_of, kinds, papers_out
from editorial.cli.table import table
from editorial.cli.words import ID, day_of

READER = arg("--reader", action="append", metavar="审读人", help="可写多次；不写为全部")
NODES = arg("--section", action="append", metavar="节点", help="篇目或分目，可写多次")
SHOWN = 40


def round_table(args: Namespace) -> Outcome:
    from editorial.desk.review_papers import make_table
    from editorial.model.opinion_table import told

    made = make_table(
        desk_of(args),
        args.id,
        today=today(),
        by=args.by_what,
        formats=kinds(args.format),
        out=args.out,
    )
    counts = {each.value: number for each, number in made.tally.counts.items()}
    return papers_out(made.papers, told(made.tally), total=made.tally.total, counts=counts)


def round_forms(args: Namespace) -> Outcome:
    from editorial.desk.review_papers import make_forms

    made = make_forms(
        desk_of(args),
        args.id,
        today=today(),
        readers=tuple(args.reader or ()),
        nodes=tuple(args.section or ()),
        blank=args.blank,
        formats=kinds(args.format),
        out=args.out,
    )
    return papers_out(made)


def round_appraise(args: Namespace) -> Outcome:
    from editorial.desk.review_papers import appraise

    act = appraise(
        desk_of(args),
        args.id,
        args.reader,
        nodes=tuple(args.section or ()),
        advice=args.advice,
        overall=args.overall,
        problems=args.problems,
        received=day_of(args.received, past=True),
        done=day_of(args.done, past=True),
    )
    return done(act)


def round_replies(args: Namespace) -> Outcome:
    from editorial.desk.review_papers import make_replies

    made = make_replies(
        desk_of(args),
        args.id,
        today=today(),
        readers=tuple(args.reader or ()),
        formats=kinds(args.format),
        out=args.out,
        apart=args.apart,
    )
    return papers_out(made)


def round_changes(args: Namespace) -> Outcome:
    from editorial.desk.changes import make_changes
    from editorial.model.change_list import counts_of, told

    found, made = make_changes(
        desk_of(args), args.since, args.until, at=now(), formats=kinds(args.format), out=args.out
    )
    counts = {reason.value: number for reason, number in counts_of(found.found).items()}
    changes = [_change(each) for each in found.found]
    lines = (told(found.found), *_unasked(changes))
    return papers_out(made, *lines, counts=counts, changes=changes)


def _change(each: Any) -> dict[str, Any]:
    found = each.difference
    return {
        "reason": each.reason.value,
        "refs": list(each.refs),
        "section": found.section,
        "entry": found.entry,
        "kind": found.kind,
        "old": found.old,
        "new": found.new,
        "there": found.there,
        "by": [made.by for made in each.made],
        "commits": [made.commit for made in each.made],
        "remark": each.remark,
    }


def _unasked(changes: list[dict[str, Any]]) -> list[str]:
    """What nobody asked for, as far as a screen has room."""
    rows = [
        (
            each["section"],
            "、".join(each["by"]),
            "、".join(commit[:8] or "未留存" for commit in each["commits"]),
            f"{_cut(each['old'])}→{each['there'] or _cut(each['new'])}",
        )
        for each in changes
        if each["reason"] == "unasked"
    ]
    more = [f"另有{len(rows) - SHOWN}处，见清单"] if len(rows) > SHOWN else []
    return (
        [*table(("分目", "修改人", "提交", "无人要求的改动"), rows[:SHOWN]), *more] if rows else []
    )


def _cut(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:24]}…"


ROUND_PAPERS = (
    Verb(
        name="table",
        help="意见汇总及采纳情况表",
        run=round_table,
        arguments=(
            ID,
            arg(
                "--by",
                dest="by_what",
                default="section",
                metavar="次序",
                help="section 按篇目，reader 按提出人，unit 按供稿单位",
            ),
            format_of("pdf,docx,xlsx"),
            OUT,
        ),
    ),
    Verb(
        name="forms",
        help="审稿意见单，填好的或空白的",
        run=round_forms,
        arguments=(
            ID,
            READER,
            NODES,
            arg("--blank", action="store_true", help="空白单，供手填"),
            format_of("pdf,docx"),
            OUT,
        ),
    ),
    Verb(
        name="appraise",
        help="登记审读人的总体评价和处理建议",
        run=round_appraise,
        arguments=(
            ID,
            arg("reader", metavar="审读人"),
            NODES,
            arg("--advice", default="", metavar="建议", help="通过、修改后通过、退改"),
            arg("--overall", default="", metavar="评价", help="总体评价"),
            arg("--problems", default="", metavar="问题", help="主要问题"),
            arg("--received", default="", metavar="日期", help="收稿日期"),
            arg("--done", default="", metavar="日期", help="完成日期"),
        ),
    ),
    Verb(
        name="replies",
        help="意见采纳情况反馈，每位审读人一份",
        run=round_replies,
        arguments=(
            ID,
            READER,
            arg("--apart", action="store_true", help="每人一个文件，便于分送"),
            format_of("pdf,docx"),
            OUT,
        ),
    ),
    Verb(
        name="changes",
        help="两轮之间的改动清单，按原因列出，无人要求的在前",
        run=round_changes,
        arguments=(
            arg("since", metavar="从", help="轮次、第N稿、日期或提交号"),
            arg("until", nargs="?", default="", metavar="到", help="不写为现在"),
            format_of("pdf,docx,xlsx"),
            OUT,
        ),
    ),
)
