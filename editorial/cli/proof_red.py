"""Commands of 核红 on a proof on record, and its report with pictures."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now
from editorial.cli.proof_check import as_data, told_lines
from editorial.cli.proof_rate import numbers_of
from editorial.cli.words import ID, NOTE
from editorial.errors import EditorialError

OPTIONS = (
    arg("--seen", action="store_true", help="不改文字的几处（转正、另起段……）已看图核过"),
    arg(
        "--report",
        type=Path,
        default=None,
        metavar="文件",
        help="机器核红的报告，两样的图对着看，.html 或 .pdf",
    ),
)


def job_check(args: Namespace) -> Outcome:
    """0 when the proof turned to 核红, 1 while anything is left."""
    from editorial.desk.proof_red import check_job

    if args.old or args.corrections:
        hint = "核登记过的校样只写编号和 --new；核两份文件的不写编号"
        raise EditorialError("--old、--corrections 和编号不能同写", hint=hint)
    found = check_job(
        desk_of(args),
        args.id,
        args.new,
        at=now(),
        seen=args.seen,
        note=args.note,
        report=args.report,
    )
    outcome = done(found.act)
    report = (str(found.report),) if found.report else ()
    left = ("还不能核红：" + "；".join(found.left),) if found.left else ()
    return replace(
        outcome,
        lines=(*told_lines(found.checked), "", *outcome.lines, *report, *left),
        data={**outcome.data, **as_data(found.checked), "left": list(found.left), "report": report},
        code=1 if found.left else 0,
    )


def proof_accept(args: Namespace) -> Outcome:
    from editorial.desk.proof_red import accept_changes, left_words

    act, job = accept_changes(desk_of(args), args.id, args.numbers, note=args.note, at=now())
    return _settled(done(act), left_words(job))


def proof_exempt(args: Namespace) -> Outcome:
    from editorial.desk.proof_red import exempt_marks, left_words

    act, job = exempt_marks(desk_of(args), args.id, args.numbers, note=args.note, at=now())
    return _settled(done(act), left_words(job))


def _settled(outcome: Outcome, left: Sequence[str]) -> Outcome:
    told = ("还不能核红：" + "；".join(left),) if left else ()
    return replace(
        outcome, lines=(*outcome.lines, *told), data={**outcome.data, "left": list(left)}
    )


SETTLING = (
    Verb(
        name="accept",
        help="核红：未要求而改的几处，认可",
        run=proof_accept,
        arguments=(
            ID,
            arg("numbers", type=numbers_of, metavar="序号", help="几处用逗号分开"),
            NOTE,
        ),
    ),
    Verb(
        name="exempt",
        help="核红：没有改的几处红，不再改",
        run=proof_exempt,
        arguments=(
            ID,
            arg("numbers", type=numbers_of, metavar="序号", help="几处用逗号分开"),
            NOTE,
        ),
    ),
)
