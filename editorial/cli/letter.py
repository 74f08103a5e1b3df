"""Commands on letters, from 拟稿 to 办结."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from typing import Any

from editorial.cli.drafting import EDIT, NEW
from editorial.cli.ledger import LEDGER
from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, today
from editorial.cli.replying import REGISTER, REPLY
from editorial.cli.sending import SEND
from editorial.cli.table import table
from editorial.cli.words import ID, NOTE, people_names
from editorial.errors import EditorialError
from editorial.model.labels import LetterState
from editorial.model.letters import Letter, LetterItem, Reply, letter_state, standing
from editorial.model.volume import Step


def letter_list(args: Namespace) -> Outcome:
    from editorial.desk.letters import wanted_letters

    desk = desk_of(args)
    found, names = (
        wanted_letters(desk, " ".join((*args.where, args.terms)), today()),
        people_names(desk),
    )
    rows = [
        (
            x.id,
            standing(x),
            x.number or "-",
            names.get(x.unit, x.unit),
            f"{x.due}",
            x.title,
        )
        for x in found
    ]
    head = ("编号", "状态", "发文字号", "单位", "期限", "标题")
    return Outcome(lines=tuple(table(head, rows)), data=[_letter(x) for x in found])


def _letter(x: Letter) -> dict[str, Any]:
    return {
        "id": x.id,
        "kind": x.kind.value,
        "state": letter_state(x).value,
        "label": standing(x),
        "number": x.number,
        "unit": x.unit,
        "title": x.title,
        "due": x.due,
        "signed": x.signed,
        "batch": x.batch,
        "follows": x.follows,
        "items": [
            {
                "section": i.section,
                "place": i.place,
                "original": i.original,
                "basis": i.basis,
                "request": i.request,
                "scope": i.scope,
                "form": i.form,
                "remark": i.remark,
                "opinion": i.opinion,
            }
            for i in x.items
        ],
        "papers": [{"name": p.name, "sha256": p.sha256, "size": p.size} for p in x.papers],
    }


def letter_show(args: Namespace) -> Outcome:
    from editorial.desk.letters import find_letter

    desk = desk_of(args)
    x, names = find_letter(desk, args.id), people_names(desk)
    lines = [
        *_head(x, names),
        *_items(x),
        *(f"附：{paper.name}（{paper.size:,} 字节）" for paper in x.papers),
        *_deliveries(x),
        *(_step(step, names) for step in x.history),
        *_reply(x),
    ]
    return Outcome(lines=tuple(lines), data=_letter(x))


def _head(x: Letter, names: dict[str, str]) -> Iterator[str]:
    yield f"{x.id}　{x.kind.label}　{standing(x)}　{x.number or '（未编号）'}"
    yield f"标题：{x.title}"
    yield (
        f"主送：{x.addressee or names.get(x.unit, x.unit)}　期限：{x.extended or x.due}　"
        f"联系人：{names.get(x.contact, x.contact)}"
    )
    secrecy = x.secrecy.label if x.secrecy else ""
    told = {
        "密级": f"{secrecy}{'★' if x.secret_for else ''}{x.secret_for}",
        "缓急": x.urgent,
        "批次": x.batch,
        "催办": x.follows,
        "催的单位": names.get(x.about, x.about),
        "联合行文": "、".join(x.issuers),
        "抄送": "、".join(x.cc),
    }
    if any(told.values()):
        yield "　".join(f"{label}：{words}" for label, words in told.items() if words)


def _items(x: Letter) -> list[str]:
    """The columns that say anything; what is asked comes last, where it is not cut."""
    head = ("项", "分目", "位置", "来源", "口径", "形式", "备注", "意见", "原文", "要求")
    rows = [(f"{n}", *_cells(item)) for n, item in enumerate(x.items, 1)]
    used = [at for at in range(len(head)) if any(row[at] for row in rows)]
    if not rows:
        return []
    return table([head[at] for at in used], [[row[at] or "-" for at in used] for row in rows])


def _cells(i: LetterItem) -> tuple[str, ...]:
    told = (i.section, i.place, i.basis, i.scope, i.form, i.remark, i.opinion)
    return (*told, i.original, i.request)


def _deliveries(x: Letter) -> list[str]:
    return [
        "　".join(
            part
            for part in (
                f"发送：{each.at:%Y-%m-%d %H:%M}",
                each.channel.label,
                each.to,
                each.state.label,
                each.note,
                each.error,
            )
            if part
        )
        for each in x.deliveries
    ]


def _reply(x: Letter) -> list[str]:
    """Every answer that came, the one in force last, then the files of all."""
    replies = (*x.earlier, x.reply) if x.reply else x.earlier
    lines = [_one_reply(each) for each in replies]
    papers = x.reply.papers if x.reply else ()
    return [*lines, *(f"收：{paper.name}（{paper.size:,} 字节）" for paper in papers)]


def _one_reply(reply: Reply) -> str:
    parts = (
        f"回函：{reply.date}",
        reply.channel,
        reply.doc_no,
        reply.answer.label if reply.answer else "",
        f"延期至{reply.until}" if reply.until else "",
        f"建议转{reply.pass_to}" if reply.pass_to else "",
        f"来件{reply.returned}" if reply.returned else "",
        reply.note,
    )
    return "　".join(part for part in parts if part)


def _step(step: Step, names: dict[str, str]) -> str:
    label = LetterState(step.to).label
    return f"{step.at:%Y-%m-%d %H:%M}　{names.get(step.by, step.by)}　{label}　{step.note}".rstrip()


def letter_check(args: Namespace) -> Outcome:
    from editorial.desk.letters import check_letters

    return done(check_letters(desk_of(args), _named(args), at=now(), batch=args.batch))


def letter_approve(args: Namespace) -> Outcome:
    from editorial.desk.signing import approve_letters

    return done(approve_letters(desk_of(args), _named(args), at=now(), batch=args.batch))


def _named(args: Namespace) -> tuple[str, ...]:
    if bool(args.ids) == bool(args.batch):
        raise EditorialError("没有说清哪几封函", hint="写编号（可写多个），或 --batch 批次")
    return tuple(args.ids)


def letter_void(args: Namespace) -> Outcome:
    from editorial.desk.letters import void_letter

    return done(void_letter(desk_of(args), args.id, at=now(), note=args.note))


def letter_close(args: Namespace) -> Outcome:
    from editorial.desk.letters import close_letter

    return done(close_letter(desk_of(args), args.id, at=now(), note=args.note))


SEVERAL = (
    arg("ids", nargs="*", metavar="编号", help="函件的编号，可写多个"),
    arg("--batch", default="", metavar="批次", help="这一批的"),
)
LETTER = (
    NEW,
    Verb(
        name="list",
        help="函件一览，可以筛选",
        run=letter_list,
        arguments=(
            arg("where", nargs="*", metavar="筛选", help="如 单位:深圳 状态:已发 逾期，都要符合"),
            arg("--where", dest="terms", default="", metavar="筛选", help="同上，写在一起"),
        ),
        example="editorial letter list 单位:深圳 状态:已发 逾期",
    ),
    Verb(name="show", help="一函的全部情况", run=letter_show, arguments=(ID,)),
    EDIT,
    Verb(name="check", help="核稿", run=letter_check, arguments=SEVERAL),
    Verb(name="approve", help="签发：依次取号，印出公函", run=letter_approve, arguments=SEVERAL),
    SEND,
    REGISTER,
    REPLY,
    Verb(name="close", help="办结", run=letter_close, arguments=(ID, NOTE)),
    Verb(
        name="void",
        help="作废（须写原因，编号不再使用）",
        run=letter_void,
        arguments=(ID, arg("--note", required=True, metavar="原因")),
    ),
    LEDGER,
)
