"""Commands on the opinions of a round."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from editorial.cli.opinion_import import CHANNELS, EXPORT, IMPORT, WHERE
from editorial.cli.opinion_view import (
    grouped_lines,
    listed,
    opinion_data,
    place_data,
    place_lines,
    shown,
)
from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now
from editorial.cli.words import ID, day_of, people_names
from editorial.errors import EditorialError


def opinion_add(args: Namespace) -> Outcome:
    from editorial.desk.opinions import add_opinion

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
        category=args.category,
        weight=args.weight,
        paper=args.paper,
    )
    return done(act, id=opinion.id)


def opinion_list(args: Namespace) -> Outcome:
    from editorial.desk.opinion_forward import answers, came_back
    from editorial.desk.opinion_list import Chosen, chosen_opinions, standings

    desk = desk_of(args)
    found = chosen_opinions(desk, Chosen(round=args.round, where=args.where))
    told = answers(desk, found)
    back = frozenset(o.id for o in found if came_back(o, told.get(o.id)))
    now_at = standings(desk, found) if args.now else None
    data = [
        opinion_data(
            o, came_back=o.id in back, **({} if now_at is None else {"now": now_at.get(o.id, "")})
        )
        for o in found
    ]
    return Outcome(lines=tuple(listed(found, now_at, back)), data=data)


def opinion_show(args: Namespace) -> Outcome:
    from editorial.desk.office import loaded
    from editorial.desk.opinion_forward import answers
    from editorial.desk.opinion_trace import located, trace_of
    from editorial.desk.opinions import find_opinion
    from editorial.model.opinion_answer import proposed
    from editorial.model.opinion_selection import titles_of

    desk = desk_of(args)
    o = find_opinion(desk, args.id)
    titles = titles_of(loaded(desk).volume).sections.get(o.section, ())
    answer = answers(desk, (o,)).get(o.id)
    proposal = proposed(answer) if answer else None
    trace = trace_of(desk)
    place = located(trace, o)
    label = proposal.label if proposal else ""
    name = f"{titles[2]}·{titles[1]}（{o.section}）" if titles else ""
    lines = [*shown(o, people_names(desk), name, answer, label), *place_lines(trace, place)]
    data = opinion_data(
        o,
        now=place_data(trace, place),
        answer=answer.text if answer else "",
        letter_state=answer.state.value if answer else "",
        proposal=proposal.value if proposal else "",
    )
    return Outcome(lines=tuple(lines), data=data)


def opinion_decide(args: Namespace) -> Outcome:
    from editorial.desk.opinion_decide import Decision, decide_opinions, decisions_in, undecided

    desk = desk_of(args)
    if bool(args.ids) == bool(args.table):
        raise EditorialError("没有说清处理哪几条", hint="写意见编号和 --to，或 --from 填好的表")
    if args.table:
        decisions = undecided(desk, decisions_in(args.table))
        if not decisions:
            return Outcome(lines=("表上填的都已经处理过，没有新的",), data={"message": ""})
    else:
        tos, reasons, results = (
            _each(given, len(args.ids), name)
            for given, name in ((args.to, "to"), (args.reason, "reason"), (args.result, "result"))
        )
        decisions = tuple(
            Decision(id=each, to=to, reason=reason, result=result)
            for each, to, reason, result in zip(args.ids, tos, reasons, results, strict=True)
        )
    return done(decide_opinions(desk, decisions, at=now(), apply=args.apply))


def _each(given: list[str] | None, count: int, name: str) -> list[str]:
    """One for all, or one for each in the order of the numbers."""
    if not given:
        if name == "to":
            raise EditorialError("没有写怎样处理", hint="--to 采纳、部分采纳、不采纳、转核实、待定")
        return [""] * count
    if len(given) == 1:
        return given * count
    if len(given) != count:
        raise EditorialError(
            f"意见{count}条，--{name} 写了{len(given)}个", hint="写一个（都一样），或依次每条一个"
        )
    return given


def opinion_place(args: Namespace) -> Outcome:
    from editorial.desk.opinions import place_opinion

    return done(place_opinion(desk_of(args), args.id, args.node, at=now(), original=args.original))


def opinion_check(args: Namespace) -> Outcome:
    from editorial.desk.opinions import check_opinions

    return done(check_opinions(desk_of(args), tuple(args.ids), at=now()))


def opinion_same(args: Namespace) -> Outcome:
    from editorial.desk.opinion_groups import groups_of
    from editorial.desk.opinions import same_opinions

    desk = desk_of(args)
    if len(args.ids) > 1:
        return done(same_opinions(desk, tuple(args.ids), at=now()))
    found = groups_of(desk, args.ids[0] if args.ids else "", same=True)
    command = "确认写 editorial opinion same"
    lines = [*grouped_lines(found.groups, found.words, "意见", command)]
    data = [[opinion_data(o) for o in group] for group in found.groups]
    return Outcome(lines=tuple(lines or ["没有看来相同的意见"]), data=data)


def opinion_conflicts(args: Namespace) -> Outcome:
    from editorial.desk.opinion_groups import groups_of

    found = groups_of(desk_of(args), args.round, same=False)
    command = "一并处理写 editorial opinion decide"
    lines = [*grouped_lines(found.groups, found.words, "要求", command)]
    data = [[opinion_data(o) for o in group] for group in found.groups]
    return Outcome(lines=tuple(lines or ["没有落在同一处而要求不同的意见"]), data=data)


def opinion_forward(args: Namespace) -> Outcome:
    from editorial.desk.opinion_forward import forward_opinions

    due = day_of(args.due)
    assert due is not None
    made, act = forward_opinions(desk_of(args), tuple(args.ids), at=now(), due=due, unit=args.unit)
    return done(act, letters=[letter.id for letter in made])


ROUND = arg("round", nargs="?", default="", metavar="轮次")
IDS = arg("ids", nargs="+", metavar="编号", help="意见的编号，可写多个")
OPINION = (
    Verb(
        name="add",
        help="记一条意见",
        run=opinion_add,
        arguments=(
            arg("round", metavar="轮次"),
            arg("node", nargs="?", default="", metavar="分目", help="只知道页行的不写，写 --place"),
            arg("text", metavar="意见"),
            arg("--by", dest="source", required=True, metavar="提出人", help="谁提的"),
            arg("--place", default="", metavar="位置", help="页行或条目，如 第5页第3行"),
            arg("--original", default="", metavar="原文"),
            arg("--channel", default="书面", metavar="方式", help=f"{CHANNELS}，默认书面"),
            arg("--category", default="", metavar="类别", help="政治、体例、史实、数据、文字等"),
            arg("--weight", default="", metavar="性质", help="必须改、建议改（默认）、供参考"),
            arg("--paper", default="", metavar="原件", help="照收存的原件录入：它的编号或文件名"),
        ),
    ),
    IMPORT,
    Verb(
        name="list",
        help="意见一览",
        run=opinion_list,
        arguments=(
            ROUND,
            WHERE,
            arg("--now", action="store_true", help="并查意见所指的文字现在如何"),
        ),
    ),
    Verb(name="show", help="一条意见的全部情况", run=opinion_show, arguments=(ID,)),
    Verb(
        name="place",
        help="把意见落到分目，或落到那里的几个字上",
        run=opinion_place,
        arguments=(
            ID,
            arg("node", metavar="分目"),
            arg("--original", default="", metavar="原文", help="抄下所指的几个字"),
        ),
    ),
    Verb(
        name="decide",
        help="处理意见，一条或多条",
        run=opinion_decide,
        arguments=(
            arg("ids", nargs="*", metavar="编号", help="可写多个，一次处理"),
            arg(
                "--to",
                action="append",
                metavar="处理",
                help="采纳、部分采纳、不采纳、转核实、待定；多条意见可依次写多个",
            ),
            arg("--reason", action="append", metavar="理由", help="部分采纳、不采纳时必写"),
            arg("--result", action="append", metavar="改后文字"),
            arg(
                "--from", dest="table", type=Path, metavar="表", help="填好“处理”的 xlsx、csv、docx"
            ),
            arg("--apply", action="store_true", help="改法写得明白的，同时改入正文"),
        ),
        example="editorial opinion decide 02/003 02/007 --to 采纳 --to 待定",
    ),
    Verb(
        name="check",
        help="复核（不能复核自己处理的）",
        run=opinion_check,
        arguments=(IDS,),
    ),
    Verb(
        name="same",
        help="看来相同的意见；写明编号则确认相同，以第一条为首",
        run=opinion_same,
        arguments=(arg("ids", nargs="*", metavar="编号", help="两条以上为确认；一个轮次为查看"),),
    ),
    Verb(
        name="conflicts",
        help="落在同一处而要求不同的意见",
        run=opinion_conflicts,
        arguments=(ROUND,),
    ),
    Verb(
        name="forward",
        help="转单位核实：加入在拟的修改补充函，或另拟一函",
        run=opinion_forward,
        arguments=(
            IDS,
            arg("--unit", default="", metavar="单位", help="默认供这一分目稿件的单位"),
            arg("--due", default="+7", metavar="日期", help="另拟函时的期限，默认 +7"),
        ),
    ),
    EXPORT,
)
