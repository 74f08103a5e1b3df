"""Commands on letters, from 拟稿 to 办结."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, today
from editorial.cli.table import table
from editorial.cli.words import ID, NOTE, day_of, people_names
from editorial.errors import EditorialError
from editorial.model.dates import parse_day
from editorial.model.labels import LetterKind, LetterState
from editorial.model.letters import Letter, LetterItem, letter_state
from editorial.model.volume import Step


def letter_new(args: Namespace) -> Outcome:
    from editorial.desk.letters import new_letter

    letter, act = new_letter(
        desk_of(args),
        kind=_kind(args.kind),
        unit=args.unit,
        items=_items(args),
        due=parse_day(args.due, today()),
        at=now(),
        title=args.title,
        reason=args.reason,
        contact=args.contact,
        cc=tuple(args.cc or ()),
    )
    return done(act, id=letter.id)


def _kind(name: str) -> LetterKind:
    for kind in LetterKind:
        if name in (kind.value, kind.label):
            return kind
    known = "、".join(f"{kind.value}（{kind.label}）" for kind in LetterKind)
    raise EditorialError(f"没有“{name}”这种函", hint=f"可用：{known}")


def _items(args: Namespace) -> tuple[LetterItem, ...]:
    """Each --item with the --original given in the same place, and the --basis of all."""
    texts, originals = args.item or (), args.original or ()
    if len(originals) > len(texts):
        raise EditorialError("--original 比 --item 多", hint="每个 --original 依次对应一个 --item")
    pairs = zip_longest(texts, originals, fillvalue="")
    return tuple(
        replace(_item(text), original=original, basis=args.basis) for text, original in pairs
    )


def _item(text: str) -> LetterItem:
    """NODE=要求, or NODE@位置=要求."""
    place, equals, request = text.partition("=")
    if not equals:
        raise EditorialError(f"事项“{text}”缺少“=”", hint='写作 --item "篇目/分目=请补充……"')
    node, _, where = place.partition("@")
    return LetterItem(section=node.strip(), place=where.strip(), request=request.strip())


def letter_list(args: Namespace) -> Outcome:
    from editorial.desk.letters import letters

    desk = desk_of(args)
    found, names = letters(desk), people_names(desk)
    rows = [
        (
            x.id,
            letter_state(x).label,
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
        "label": letter_state(x).label,
        "number": x.number,
        "unit": x.unit,
        "title": x.title,
        "due": x.due,
        "signed": x.signed,
        "items": [{"section": i.section, "place": i.place, "request": i.request} for i in x.items],
        "papers": [{"name": p.name, "sha256": p.sha256, "size": p.size} for p in x.papers],
    }


def letter_show(args: Namespace) -> Outcome:
    from editorial.desk.letters import find_letter

    desk = desk_of(args)
    x, names = find_letter(desk, args.id), people_names(desk)
    lines = [
        f"{x.id}　{x.kind.label}　{letter_state(x).label}　{x.number or '（未编号）'}",
        f"标题：{x.title}",
        f"主送：{names.get(x.unit, x.unit)}　期限：{x.due}　"
        f"联系人：{names.get(x.contact, x.contact)}",
        *(
            f"{n}. {i.section}{'（' + i.place + '）' if i.place else ''}：{i.request}"
            for n, i in enumerate(x.items, 1)
        ),
        *(f"附：{paper.name}（{paper.size:,} 字节）" for paper in x.papers),
        *(_step(step, names) for step in x.history),
    ]
    if x.reply:
        lines.append(f"回函：{x.reply.date}　{x.reply.channel}　{x.reply.doc_no}　{x.reply.note}")
    return Outcome(lines=tuple(lines), data=_letter(x))


def _step(step: Step, names: dict[str, str]) -> str:
    label = LetterState(step.to).label
    return f"{step.at:%Y-%m-%d %H:%M}　{names.get(step.by, step.by)}　{label}　{step.note}".rstrip()


def letter_check(args: Namespace) -> Outcome:
    from editorial.desk.letters import check_letter

    return done(check_letter(desk_of(args), args.id, at=now()))


def letter_approve(args: Namespace) -> Outcome:
    from editorial.desk.letters import approve_letter

    return done(approve_letter(desk_of(args), args.id, at=now()))


def letter_send(args: Namespace) -> Outcome:
    from editorial.desk.letters import send_letter

    return done(send_letter(desk_of(args), args.id, at=now()))


def letter_void(args: Namespace) -> Outcome:
    from editorial.desk.letters import void_letter

    return done(void_letter(desk_of(args), args.id, at=now(), note=args.note))


def letter_close(args: Namespace) -> Outcome:
    from editorial.desk.letters import close_letter

    return done(close_letter(desk_of(args), args.id, at=now(), note=args.note))


def letter_register(args: Namespace) -> Outcome:
    from editorial.desk.letters import register_reply

    act = register_reply(
        desk_of(args),
        args.id,
        at=now(),
        on=day_of(args.on, past=True) or today(),
        channel=args.channel,
        doc_no=args.doc_no,
        note=args.note,
        papers=tuple(Path(path) for path in args.file or ()),
        close=args.close,
    )
    return done(act)


LETTER = (
    Verb(
        name="new",
        help="拟稿：一函致一单位",
        run=letter_new,
        arguments=(
            arg(
                "--kind",
                default="revise",
                metavar="种类",
                help="revise 修改补充（默认）、supply_material 补充资料、commission 约稿、"
                "consult 征求意见、chase 催办",
            ),
            arg("--unit", required=True, metavar="单位", help="units.yaml 里的编号、简称或全称"),
            arg(
                "--item",
                action="append",
                metavar="事项",
                help='"篇目/分目=要求" 或 "篇目/分目@第12页=要求"，可写多次',
            ),
            arg(
                "--original",
                action="append",
                metavar="原文",
                help="所指的原文摘要，依次对应各 --item",
            ),
            arg("--basis", default="", metavar="来源", help="意见来源，如 评议会专家意见"),
            arg("--due", required=True, metavar="日期", help="2020-03-15、3月15日、+7 或 下周五"),
            arg("--title", default="", metavar="标题", help="默认取自公函样式"),
            arg("--reason", default="", metavar="缘由", help="为何致函"),
            arg("--contact", default="", metavar="联系人", help="staff.yaml 里的编号，默认经手人"),
            arg("--cc", action="append", metavar="抄送", help="抄送机关，可写多次"),
        ),
        example="editorial letter new --unit sz-kcw --due +14 "
        '--item "03-keji-chuangxin/02-pingtai=请补充2018年数据"',
    ),
    Verb(name="list", help="函件一览", run=letter_list),
    Verb(name="show", help="一函的全部情况", run=letter_show, arguments=(ID,)),
    Verb(name="check", help="核稿", run=letter_check, arguments=(ID,)),
    Verb(name="approve", help="签发：取号，印出公函", run=letter_approve, arguments=(ID,)),
    Verb(name="send", help="发出：邮件放入发件箱", run=letter_send, arguments=(ID,)),
    Verb(
        name="register",
        help="回函登记（邮件、纸件、电话均可）",
        run=letter_register,
        arguments=(
            ID,
            arg("--channel", default="邮件", metavar="方式", help="邮件、纸件、电话、微信"),
            arg("--on", default="", metavar="日期", help="回函日期，默认今天"),
            arg("--doc-no", default="", metavar="文号", help="来文字号"),
            arg("--file", action="append", metavar="文件", help="随函收到的文件，可写多次"),
            arg("--close", action="store_true", help="同时办结"),
            NOTE,
        ),
    ),
    Verb(name="close", help="办结", run=letter_close, arguments=(ID, NOTE)),
    Verb(
        name="void",
        help="作废（须写原因，编号不再使用）",
        run=letter_void,
        arguments=(ID, arg("--note", required=True, metavar="原因")),
    ),
)
