"""Commands on review rounds, opinions and proofs."""

from __future__ import annotations

from argparse import Namespace

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, whole
from editorial.cli.table import table
from editorial.cli.words import DUE, ID, NOTE, SOME, day_of
from editorial.model.proofs import Correction, proof_state
from editorial.model.reviews import disposition, round_state


def round_open(args: Namespace) -> Outcome:
    from editorial.desk.rounds import open_round

    round_, act = open_round(
        desk_of(args),
        args.title,
        at=now(),
        nodes=tuple(args.nodes),
        readers=tuple(args.reader or ()),
        due=day_of(args.due),
        purpose=args.purpose,
    )
    return done(act, id=round_.id, text_commit=round_.commit)


def round_list(args: Namespace) -> Outcome:
    from editorial.desk.rounds import rounds

    found = rounds(desk_of(args))
    rows, data = [], []
    for r in found:
        answered = sum(disposition(o).value not in ("pending", "forwarded") for o in r.opinions)
        share = f"{answered}/{len(r.opinions)}"
        rows.append((r.id, round_state(r).label, share, f"{r.due or '-'}", r.commit[:8], r.title))
        data.append(
            {
                "id": r.id,
                "title": r.title,
                "state": round_state(r).value,
                "due": r.due,
                "commit": r.commit,
                "opinions": len(r.opinions),
                "disposed": answered,
            }
        )
    head = ("轮次", "状态", "已处理", "期限", "文本", "名称")
    return Outcome(lines=tuple(table(head, rows)), data=data)


def round_close(args: Namespace) -> Outcome:
    from editorial.desk.rounds import close_round

    return done(close_round(desk_of(args), args.id, at=now(), note=args.note))


ROUND = (
    Verb(
        name="open",
        help="开始一轮评议，文字就此定住",
        run=round_open,
        arguments=(
            arg("title", metavar="名称", help="如 评议会"),
            SOME,
            arg("--reader", action="append", metavar="审读人", help="可写多次"),
            DUE,
            arg("--purpose", default="", metavar="目的"),
        ),
    ),
    Verb(name="list", help="各轮评议", run=round_list),
    Verb(name="close", help="结束一轮（意见须都有结论）", run=round_close, arguments=(ID, NOTE)),
)


def opinion_add(args: Namespace) -> Outcome:
    from editorial.desk.rounds import add_opinion

    opinion, act = add_opinion(
        desk_of(args),
        args.round,
        args.node,
        args.text,
        at=now(),
        by=args.source,
        place=args.place,
        original=args.original,
        channel=args.channel,
    )
    return done(act, id=opinion.id)


def opinion_list(args: Namespace) -> Outcome:
    from editorial.desk.rounds import find_round, rounds

    desk = desk_of(args)
    chosen = (find_round(desk, args.round),) if args.round else rounds(desk)
    found = [opinion for round_ in chosen for opinion in round_.opinions]
    rows = [(o.id, disposition(o).label, o.by, o.section, o.text) for o in found]
    data = [
        {
            "id": o.id,
            "section": o.section,
            "by": o.by,
            "text": o.text,
            "disposition": disposition(o).value,
            "reason": o.reason,
            "result": o.result,
        }
        for o in found
    ]
    head = ("编号", "处理", "提出", "分目", "意见")
    return Outcome(lines=tuple(table(head, rows)), data=data)


def opinion_decide(args: Namespace) -> Outcome:
    from editorial.desk.rounds import decide_opinion

    act = decide_opinion(
        desk_of(args), args.id, args.to, at=now(), reason=args.reason, result=args.result
    )
    return done(act)


OPINION = (
    Verb(
        name="add",
        help="记一条意见",
        run=opinion_add,
        arguments=(
            arg("round", metavar="轮次"),
            arg("node", metavar="分目"),
            arg("text", metavar="意见"),
            arg("--by", dest="source", required=True, metavar="提出人", help="谁提的"),
            arg("--place", default="", metavar="位置", help="页行或条目"),
            arg("--original", default="", metavar="原文"),
            arg("--channel", default="书面", metavar="方式", help="书面、会议、电话"),
        ),
    ),
    Verb(
        name="list",
        help="意见一览",
        run=opinion_list,
        arguments=(arg("round", nargs="?", default="", metavar="轮次"),),
    ),
    Verb(
        name="decide",
        help="处理一条意见",
        run=opinion_decide,
        arguments=(
            ID,
            arg("--to", required=True, metavar="处理", help="采纳、部分采纳、不采纳、转核实、待定"),
            arg("--reason", default="", metavar="理由", help="部分采纳、不采纳时必写"),
            arg("--result", default="", metavar="改后文字"),
        ),
    ),
)


def proof_issue(args: Namespace) -> Outcome:
    from editorial.desk.proofs import issue_proof

    job, act = issue_proof(
        desk_of(args),
        args.label,
        tuple(args.nodes),
        at=now(),
        typesetter=args.typesetter,
        reader=args.reader,
        due=day_of(args.due),
    )
    return done(act, id=job.id)


def proof_correct(args: Namespace) -> Outcome:
    from editorial.desk.proofs import correct

    correction = Correction(
        page=args.page,
        line=args.line,
        mark=args.mark,
        old=args.old,
        new=args.new,
        section=args.node,
    )
    return done(correct(desk_of(args), args.id, correction, at=now()))


def proof_return(args: Namespace) -> Outcome:
    from editorial.desk.proofs import return_proof

    return done(return_proof(desk_of(args), args.id, at=now(), note=args.note))


def proof_check(args: Namespace) -> Outcome:
    from editorial.desk.proofs import check_proof

    undone = tuple(args.undone or ())
    return done(check_proof(desk_of(args), args.id, at=now(), undone=undone, note=args.note))


def proof_list(args: Namespace) -> Outcome:
    from editorial.desk.proofs import proofs

    found = proofs(desk_of(args))
    rows = [
        (
            j.id,
            j.label,
            proof_state(j).label,
            str(len(j.corrections)),
            f"{j.due or '-'}",
            f"{len(j.sections)}个分目" if j.sections else "全书",
        )
        for j in found
    ]
    data = [
        {
            "id": j.id,
            "label": j.label,
            "state": proof_state(j).value,
            "sections": list(j.sections),
            "corrections": len(j.corrections),
            "commit": j.commit,
        }
        for j in found
    ]
    head = ("编号", "校次", "状态", "改动", "期限", "范围")
    return Outcome(lines=tuple(table(head, rows)), data=data)


PROOF = (
    Verb(
        name="issue",
        help="出样",
        run=proof_issue,
        arguments=(
            arg("label", metavar="校次", help="一校、二校、三校、通读"),
            SOME,
            arg("--typesetter", default="", metavar="排版公司"),
            arg("--reader", default="", metavar="校对人"),
            DUE,
        ),
    ),
    Verb(
        name="correct",
        help="记一处改动",
        run=proof_correct,
        arguments=(
            ID,
            arg("--page", type=whole, required=True, metavar="页"),
            arg("--line", type=whole, default=0, metavar="行"),
            arg("--old", default="", metavar="原文"),
            arg("--new", default="", metavar="改为"),
            arg("--mark", default="改正", metavar="符号", help="校对符号名称，如 改正、删除、增补"),
            arg("--node", default="", metavar="分目"),
        ),
    ),
    Verb(name="return", help="返厂", run=proof_return, arguments=(ID, NOTE)),
    Verb(
        name="check",
        help="核红：逐处核对改动，未改的用 --undone 指出",
        run=proof_check,
        arguments=(
            ID,
            arg(
                "--undone",
                type=whole,
                action="append",
                metavar="序号",
                help="没有改的那一处，可写多次",
            ),
            NOTE,
        ),
    ),
    Verb(name="list", help="各次校样", run=proof_list),
)
