"""Commands on gates, and the hand-over to the press: gate list|pass|withdraw, handover."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, today
from editorial.cli.table import table
from editorial.cli.words import NOTE, day_of
from editorial.errors import EditorialError

if TYPE_CHECKING:
    from editorial.desk.gates import GateStanding
    from editorial.model.gates import GateResult


def gate_list(args: Namespace) -> Outcome:
    from editorial.desk.gates import gates, state_words

    found = gates(desk_of(args), today())
    rows = [
        (
            each.gate.id,
            each.gate.label,
            state_words(each),
            each.gate.doc_no or "-",
            f"{each.gate.date or '-'}",
            each.gate.body or "-",
        )
        for each in found
    ]
    head = ("编号", "关口", "状态", "文号", "日期", "批准机关")
    return Outcome(lines=tuple(table(head, rows)), data=[_data(each) for each in found])


def _data(each: GateStanding) -> dict[str, Any]:
    from editorial.model.gates import result_of

    return {
        "id": each.gate.id,
        "label": each.gate.label,
        "body": each.gate.body,
        "required": each.gate.required,
        "passed": each.passed,
        "doc_no": each.gate.doc_no,
        "date": each.gate.date,
        "due": each.due,
        "days": each.days,
        "answers": [
            {
                "doc_no": answer.doc_no,
                "date": answer.date,
                "body": answer.body,
                "result": result_of(answer).value,
                "papers": [paper.name for paper in answer.papers],
            }
            for answer in each.answers
        ],
    }


def gate_pass(args: Namespace) -> Outcome:
    from editorial.desk.gates import pass_gate

    act = pass_gate(
        desk_of(args),
        args.gate,
        doc_no=args.doc_no,
        day=day_of(args.date, past=True) or today(),
        at=now(),
        body=args.body,
        result=_result(args.result),
        files=tuple(Path(each) for each in args.file or ()),
        note=args.note,
    )
    return done(act)


def _result(name: str) -> GateResult:
    from editorial.model.gates import GateResult

    for result in GateResult:
        if name in (result.value, result.label):
            return result
    given = (each for each in GateResult if each is not GateResult.WITHDRAWN)
    known = "、".join(f"{each.value} {each.label}" for each in given)
    raise EditorialError(f"没有“{name}”这种结果", hint=f"可用：{known}")


def gate_withdraw(args: Namespace) -> Outcome:
    from editorial.desk.gates import withdraw_gate

    return done(withdraw_gate(desk_of(args), args.gate, at=now(), note=args.note))


def handover(args: Namespace) -> Outcome:
    from editorial.desk.handover import handover as check
    from editorial.model.handover import Virtue

    found = check(desk_of(args), today())
    lines = [
        f"共{found.sections}个分目，{found.characters:,}字，表{found.tables}张，图{found.figures}幅"
    ]
    for virtue in Virtue:
        lacks = found.of(virtue)
        lines.append(f"{virtue.label}：" + (f"{len(lacks)}处不合" if lacks else "合"))
        lines += [f"  {each.place}　{each.message}" for each in lacks]
        lines += [f"    办法：{hint}" for hint in dict.fromkeys(e.hint for e in lacks if e.hint)]
    data = {
        "sections": found.sections,
        "characters": found.characters,
        "tables": found.tables,
        "figures": found.figures,
        "lacks": [
            {
                "virtue": each.virtue.value,
                "node": each.node,
                "line": each.line,
                "message": each.message,
                "hint": each.hint,
            }
            for each in found.lacks
        ],
    }
    return Outcome(lines=tuple(lines), data=data, code=1 if found.lacks else 0)


GATE_NAME = arg("gate", metavar="关口", help="编号或名称，如 approval 或 批准")

GATE = (
    Verb(name="list", help="各关口：批准、审查验收、备案，过了没有", run=gate_list),
    Verb(
        name="pass",
        help="登记批文：机关、文号、日期、扫描件",
        run=gate_pass,
        arguments=(
            GATE_NAME,
            arg("--doc-no", required=True, metavar="文号", help="批文的文号；没有的写 无"),
            arg("--date", default="", metavar="日期", help="批文的日期，默认今天"),
            arg("--body", default="", metavar="机关", help="批准机关，默认照 volume.yaml"),
            arg("--file", action="append", metavar="文件", help="批文的扫描件，可写多次"),
            arg(
                "--result",
                default="passed",
                metavar="结果",
                help="passed 通过（默认）、in_principle 原则通过，修改后再报、"
                "resubmit 修改后重新送审、failed 未通过",
            ),
            NOTE,
        ),
        example="editorial gate pass 批准 --doc-no 示政函〔2020〕12号 --date 2020-05-06",
    ),
    Verb(
        name="withdraw",
        help="撤回登记的批文，须写理由",
        run=gate_withdraw,
        arguments=(GATE_NAME, NOTE),
    ),
)

HANDOVER = Verb(
    name="handover",
    help="发稿之前核对齐、清、定，逐处列出不合的",
    run=handover,
)
