"""Commands on proofs."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from dataclasses import replace
from pathlib import Path

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, whole
from editorial.cli.proof_check import FILES, is_for_machine, machine_check
from editorial.cli.proof_rate import RATE
from editorial.cli.proof_red import OPTIONS, SETTLING, job_check
from editorial.cli.proof_view import proof_load, proof_show
from editorial.cli.streams import typed_in
from editorial.cli.table import table
from editorial.cli.words import DUE, ID, NOTE, SOME, day_gone, day_of
from editorial.errors import EditorialError
from editorial.model.proof_signs import OF_WORDS, sign_for, sign_named
from editorial.model.proof_typing import cause_named
from editorial.model.proofs import (
    Correction,
    ProofJob,
    described,
    page_called,
    pages_called,
    proof_state,
    typed_page,
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
        file=Path(args.file) if args.file else None,
        follows=args.follows,
    )
    outcome = done(act, id=job.id, pages=job.pages, chars=job.layout_chars, scanned=job.scanned)
    return replace(outcome, lines=(*outcome.lines, *_issued(job)))


def _issued(job: ProofJob) -> tuple[str, ...]:
    if not job.file:
        return ()
    pages = pages_called(range(1 + job.offset, job.pages + job.offset + 1), job.offset)
    chars = f"，版面字数{job.layout_chars}" if job.layout_chars else ""
    found = f"，找到{len(job.spreads)}个分目" if job.spreads else ""
    return (f"{job.file}：{job.pages}页（{pages}）{chars}{found}",)


def proof_assign(args: Namespace) -> Outcome:
    from editorial.desk.proof_work import assign_pages
    from editorial.desk.proofs import find_proof

    desk = desk_of(args)
    job = find_proof(desk, args.id)
    due = day_of(args.due)
    return done(assign_pages(desk, job, args.reader, args.pages, at=now(), due=due))


def proof_done(args: Namespace) -> Outcome:
    from editorial.desk.proof_work import return_pages
    from editorial.desk.proofs import find_proof

    desk = desk_of(args)
    job = find_proof(desk, args.id)
    return done(return_pages(desk, job, args.reader, on=day_gone(args.on), pages=args.pages))


def _page(text: str) -> tuple[int, bool]:
    found = typed_page(text)
    if found is None:
        raise ArgumentTypeError(f"“{text}”不是页码；没有页码的写 PDF 的第几面，如 PDF3")
    return found


def proof_correct(args: Namespace) -> Outcome:
    from editorial.desk.proof_corrections import correct

    cause = cause_named(args.cause)
    if cause is None:
        raise EditorialError(f"没有“{args.cause}”这个起因", hint="排版、原稿 或 改动")
    sign = sign_named(args.mark) if args.mark else sign_for(args.old, args.new)
    kept = args.old if sign not in OF_WORDS and not args.new else args.new
    number, in_file = args.page
    correction = Correction(
        page=0 if in_file else number,
        line=args.line,
        mark=sign,
        before=args.before,
        old=args.old,
        new=kept,
        after=args.after,
        section=args.node,
        cause=cause,
        fault=args.fault,
        note=args.note,
    )
    sheet = number if in_file else 0
    return done(correct(desk_of(args), args.id, correction, at=now(), sheet=sheet))


def proof_type(args: Namespace) -> Outcome:
    from editorial.desk.proof_corrections import type_in
    from editorial.desk.proof_intake import read_bytes
    from editorial.read.words import decoded

    if args.file:
        text, name = decoded(read_bytes(Path(args.file))), Path(args.file).name
    else:
        text, name = typed_in(), "录入"
    if not text.strip():
        raise EditorialError("没有录入一行", hint="每行一处，如：21.15 断头路34余条>断头路34条")
    return done(type_in(desk_of(args), args.id, text, at=now(), name=name))


def proof_import(args: Namespace) -> Outcome:
    from editorial.desk.proof_corrections import take_in

    return done(take_in(desk_of(args), args.id, Path(args.file), at=now()))


def proof_drop(args: Namespace) -> Outcome:
    from editorial.desk.proof_corrections import drop_correction

    return done(drop_correction(desk_of(args), args.id, args.number, note=args.note))


def proof_return(args: Namespace) -> Outcome:
    from editorial.desk.proof_return import send_back

    act, papers = send_back(
        desk_of(args),
        args.id,
        at=now(),
        note=args.note,
        formats=tuple(args.format.split(",")),
        out=Path(args.out) if args.out else None,
    )
    outcome = done(act, files=[str(path) for path in papers.files])
    return replace(outcome, lines=(*outcome.lines, *map(_shown, papers.files)))


def proof_papers(args: Namespace) -> Outcome:
    from editorial.desk.proof_return import proof_papers as make

    papers = make(
        desk_of(args),
        args.id,
        today=now().date(),
        formats=tuple(args.format.split(",")),
        out=Path(args.out) if args.out else None,
    )
    files = [str(path) for path in papers.files]
    return Outcome(
        lines=tuple(map(_shown, papers.files)), data={"files": files}, remarks=papers.remarks
    )


def _shown(path: Path) -> str:
    """From here, when it lies below."""
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)


def proof_apply(args: Namespace) -> Outcome:
    from editorial.desk.proof_apply import apply_corrections
    from editorial.desk.proofs import find_proof

    desk = desk_of(args)
    applied = apply_corrections(desk, args.id, at=now())
    job = find_proof(desk, args.id)
    left = [
        f"第{each.number}处（{page_called(job.corrections[each.number - 1].page, job.offset)}）"
        f"{described(job.corrections[each.number - 1])}没有带进正文：{each.why}"
        for each in applied.left
    ]
    data = {
        "done": list(applied.done),
        "left": [{"number": each.number, "why": each.why} for each in applied.left],
        "commit": applied.act.commit if applied.act else "",
    }
    lines = done(applied.act).lines if applied.act else ("没有一处能确定位置，正文没有改",)
    return Outcome(lines=(*lines, *left), data=data, code=1 if left else 0)


def proof_check(args: Namespace) -> Outcome:
    from editorial.desk.proofs import check_proof

    if args.id and args.new:
        return job_check(args)
    if is_for_machine(args):
        return machine_check(args)
    if not args.id:
        hint = "人工核写校样编号；机器核写 --old 旧样.pdf --new 新样.pdf --corrections 改动单.csv"
        raise EditorialError("没有写核哪一次校样", hint=hint)
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


FORMAT = arg("--format", default="pdf,docx,xlsx,csv", metavar="格式", help="可写几种，逗号分开")
OUT = arg("--out", default="", metavar="目录", help="不写为本书的 out 文件夹")

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
            arg("--file", default="", metavar="PDF", help="排版公司送来的校样"),
            arg("--follows", default="", metavar="编号", help="本样改的是哪一次样的红"),
            DUE,
        ),
    ),
    Verb(
        name="assign",
        help="分校：若干页分给一人",
        run=proof_assign,
        arguments=(
            ID,
            arg("reader", metavar="校对人"),
            arg("pages", metavar="页", help="21-40，用印在页上的页码；没有页码的写 PDF1-8"),
            DUE,
        ),
    ),
    Verb(
        name="done",
        help="分校交回",
        run=proof_done,
        arguments=(
            ID,
            arg("reader", metavar="校对人"),
            arg("pages", nargs="?", default="", metavar="页", help="不写为手里的全部"),
            arg("--on", default="", metavar="日期", help="哪一天交回，不写为今天"),
        ),
    ),
    Verb(
        name="correct",
        help="记一处改动",
        run=proof_correct,
        arguments=(
            ID,
            arg("--page", type=_page, required=True, metavar="页", help="21；没有页码的写 PDF3"),
            arg("--line", type=whole, default=0, metavar="行"),
            arg("--old", default="", metavar="原文"),
            arg("--new", default="", metavar="改为"),
            arg("--before", default="", metavar="前文", help="紧接在前的几个字，同页几处时用"),
            arg("--after", default="", metavar="后文", help="紧接在后的几个字"),
            arg("--mark", default="", metavar="符号", help="校对符号名称，如 改正、删除、对调"),
            arg("--cause", default="排版", metavar="起因", help="排版、原稿、改动"),
            arg("--fault", default="", metavar="类别", help="差错类别"),
            arg("--node", default="", metavar="分目"),
            arg("--note", default="", metavar="说明", help="写给排版公司的话"),
        ),
    ),
    Verb(
        name="type",
        help="逐行录入改动，每行如 21.15 甲>乙；不写文件从键盘读",
        run=proof_type,
        arguments=(ID, arg("file", nargs="?", default="", metavar="文件")),
    ),
    Verb(
        name="import",
        help="录入一份改动：表格、批注过的 PDF、带修订或批注的 Word",
        run=proof_import,
        arguments=(ID, arg("file", metavar="文件")),
    ),
    Verb(
        name="drop",
        help="去掉一处改动",
        run=proof_drop,
        arguments=(
            ID,
            arg("number", type=whole, metavar="序号"),
            arg("--note", default="", metavar="理由"),
        ),
    ),
    Verb(name="show", help="一次校样的分校和改动", run=proof_show, arguments=(ID,)),
    Verb(
        name="papers",
        help="改动单和标红样",
        run=proof_papers,
        arguments=(ID, FORMAT, OUT),
    ),
    Verb(
        name="apply",
        help="原稿差错和改动带进正文",
        run=proof_apply,
        arguments=(ID,),
    ),
    Verb(
        name="load",
        help="各人校了多少、多快，手里还有多少",
        run=proof_load,
        arguments=(arg("--label", default="", metavar="校次", help="只算这一校次"),),
    ),
    Verb(
        name="return",
        help="返厂，并出改动单和标红样",
        run=proof_return,
        arguments=(ID, NOTE, FORMAT, OUT),
    ),
    Verb(
        name="check",
        help="核红：人工逐处核对，未改的用 --undone 指出；或由机器比对前后两份校样",
        run=proof_check,
        arguments=(
            arg("id", nargs="?", default="", metavar="编号", help="登记的校样；没有登记的不写"),
            *FILES,
            *OPTIONS,
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
    *SETTLING,
    *RATE,
)
