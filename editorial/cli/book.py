"""Commands on the book: status, move, assign, log, undo, keep, verify, init."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.cli.boards import BY_CITY, VOLUMES, WHERE, by_city, chosen, matrix, node_data
from editorial.cli.outcome import (
    Outcome,
    Verb,
    arg,
    desk_as_it_is,
    desk_of,
    done,
    now,
    today,
    whole,
)
from editorial.cli.table import table
from editorial.cli.words import day_gone, people_names
from editorial.errors import EditorialError
from editorial.model.dates import EXAMPLES, parse_day
from editorial.model.names import begins

if TYPE_CHECKING:
    from editorial.desk.history import ActLine
    from editorial.desk.move import Foresight
    from editorial.desk.office import Act, Desk
    from editorial.desk.undo import Preview
    from editorial.model.board import Row
    from editorial.model.finding import Finding

MOST_ALIKE = 20  # findings of one kind listed one by one

NODES = arg("nodes", nargs="+", metavar="节点", help="篇目编号、篇目编号/分目编号，或不重名的标题")

STEPS = (
    arg("--steps", type=whole, default=1, metavar="次数", help="连着几次，每次一个提交"),
    arg("--list", action="store_true", help="列出还可以撤销（重做）的操作，不做"),
    arg("--dry-run", action="store_true", help="只看会改哪些内容，不做"),
)


def init(args: Namespace) -> Outcome:
    from editorial.desk.init import init as begin

    if args.sample and args.chars is not None:
        raise EditorialError(
            "--sample 和 --chars 只能用一个", hint="样例用 --sample，生成用 --chars"
        )
    samples = tuple(args.sample or ("gba-2019",))
    root, commit = begin(Path(args.dir), samples=samples, chars=args.chars, seed=args.seed)
    place = f'"{root}"' if " " in str(root) else root  # as any shell takes it
    lines = (f"已新建工作区：{root}", f"接着可以：cd {place}，再执行 editorial 打开看板")
    return Outcome(lines=lines, data={"root": str(root), "commit": commit})


def status(args: Namespace) -> Outcome:
    from editorial.desk.freeze import after_press
    from editorial.desk.overview import overview
    from editorial.desk.rounds import late_rounds
    from editorial.desk.tray import waiting

    desk = desk_of(args)
    if args.by == "city":
        return by_city(desk, _day_of(args.at), args)
    board = overview(desk, _day_of(args.at), at=args.at)
    rows = (board.volume, *board.volume.rows)
    asked = board.volume
    if args.node:
        asked = _find(board.volume, args.node)
        rows = (asked, *asked.rows)
    if args.where:
        return chosen(desk, asked, args.where)
    others = f"工作区还有：{'、'.join(desk.others)}（用 --volume 选择）" if desk.others else ""
    told = (*waiting(desk), *late_rounds(desk, today()), *after_press(desk, today()))
    told = () if args.at else told
    return Outcome(
        lines=tuple(matrix(rows)),
        data={"volume": desk.volume_id, "today": board.today, "waiting": told, **node_data(asked)},
        remarks=(*told, *((others,) if others else ())),
    )


def _day_of(moment: str) -> date:
    """The day overdue is counted from: that of --at when it names one, else today."""
    try:
        return date.fromisoformat(moment[:10])
    except ValueError:
        return today()


def _find(volume: Row, name: str) -> Row:
    rows = [volume, *(row for chapter in volume.rows for row in (chapter, *chapter.rows))]
    exact = [row for row in rows if name in (row.id, row.title)]
    found = exact or [row for row in rows if begins(row.id, name)]
    if len(found) != 1:
        hint = f"是否指：{'、'.join(row.id for row in found[:8])}" if found else "不写节点可看全部"
        raise EditorialError(f"没有唯一叫“{name}”的篇目或分目", hint=hint)
    return found[0]


def move(args: Namespace) -> Outcome:
    from editorial.desk.move import foresee
    from editorial.desk.move import move as advance

    desk = desk_of(args)
    nodes = tuple(args.nodes)
    day = day_gone(args.on) if args.on else None
    told = {"note": args.note, "force": args.force, "free": args.free, "day": day}
    if args.dry_run:
        return _foreseen(foresee(desk, nodes, args.to, at=now()))
    return done(advance(desk, nodes, args.to, at=now(), **told))


def _foreseen(seen: Foresight) -> Outcome:
    """What a move would do with each node, and what stands in the way."""
    words = {"on": f"→ {seen.to}", "back": f"退回 {seen.to}（须写理由）", "stays": "不动"}
    lines = []
    for fate in seen.fates:
        stuck = f"，有{len(fate.blockers)}项未满足" if fate.blockers else ""
        lines.append(f"{fate.node}　{fate.title}　{fate.at or '未开始'} {words[fate.how]}{stuck}")
        lines += [f"    {blocker.message}" for blocker in fate.blockers]
    data = {
        "to": seen.to,
        "nodes": [
            {
                "id": fate.node,
                "at": fate.at,
                "how": fate.how,
                "blockers": [blocker.message for blocker in fate.blockers],
            }
            for fate in seen.fates
        ],
    }
    return Outcome(lines=tuple(lines), data=data, code=1 if seen.blocked else 0)


def assign(args: Namespace) -> Outcome:
    from editorial.desk.assign import assign as give

    due = parse_day(args.due, today()) if args.due else None
    desk = desk_of(args)
    nodes = tuple(args.nodes)
    told = {"editor": args.editor, "unit": args.unit, "supply": args.supply, "note": args.note}
    return done(give(desk, nodes, at=now(), due=due, **told))


def log(args: Namespace) -> Outcome:
    from editorial.desk.history import history

    desk = desk_of(args)
    acts = history(desk, args.node or "", args.number)
    names = people_names(desk)
    rows = [
        (
            act.commit[:8],
            f"{act.at:%Y-%m-%d %H:%M}",
            names.get(act.by, act.by),
            act.subject + (f"（{' '.join(act.note.split())}）" if act.note else ""),
        )
        for act in acts
    ]
    data = [
        {
            "commit": a.commit,
            "at": a.at,
            "by": a.by,
            "act": a.kind,
            "subject": a.subject,
            "note": a.note,
        }
        for a in acts
    ]
    return Outcome(lines=tuple(table(("提交", "时间", "经手", "事项"), rows)), data=data)


def undo(args: Namespace) -> Outcome:
    from editorial.desk.undo import preview, undo_list
    from editorial.desk.undo import undo as take_back

    desk = desk_of(args)
    if args.list:
        return _acts(
            desk, [(each.line, each.why) for each in undo_list(desk)], "没有可以撤销的操作"
        )
    if args.dry_run:
        return _seen(desk, preview(desk, args.commit, at=now()))
    return _each(args.steps, lambda: take_back(desk, at=now(), commit=args.commit))


def redo(args: Namespace) -> Outcome:
    from editorial.desk.undo import redo as do_again
    from editorial.desk.undo import redo_list, redo_preview

    desk = desk_of(args)
    if args.list:
        return _acts(desk, [(line, "") for line in redo_list(desk)], "没有可以重做的操作")
    if args.dry_run:
        return _seen(desk, redo_preview(desk, at=now()))
    return _each(args.steps, lambda: do_again(desk, at=now()))


def _each(steps: int, act: Callable[[], Act]) -> Outcome:
    """Several steps, each a commit of its own. What was done before one that cannot be stays."""
    acts = [act()]
    try:
        while len(acts) < steps:
            acts.append(act())
    except EditorialError as error:
        told = f"做了{len(acts)}步，第{len(acts) + 1}步不能做：{error.message}"
        remarks = tuple(filter(None, (told, error.hint)))
        return replace(_all(acts), code=1, remarks=remarks)
    return _all(acts)


def _all(acts: list[Act]) -> Outcome:
    told = [done(act) for act in acts]
    lines = tuple(line for each in told for line in each.lines)
    data = told[0].data if len(told) == 1 else [each.data for each in told]
    return Outcome(lines=lines, data=data)


def _acts(desk: Desk, acts: list[tuple[ActLine, str]], none: str) -> Outcome:
    names = people_names(desk)
    rows = [
        (line.commit[:8], f"{line.at:%Y-%m-%d %H:%M}", line.subject, why or "可以")
        for line, why in acts
    ]
    data = [
        {
            "commit": x.commit,
            "at": x.at,
            "by": names.get(x.by, x.by),
            "subject": x.subject,
            "why": y,
        }
        for x, y in acts
    ]
    lines = table(("提交", "时间", "事项", "能否"), rows) if rows else [none]
    return Outcome(lines=tuple(lines), data=data)


def _seen(desk: Desk, seen: Preview) -> Outcome:
    from editorial.desk.undo_words import told as in_words

    lines = in_words(desk, seen)
    data = {"commit": seen.line.commit, "subject": seen.line.subject, "changes": list(lines)}
    return Outcome(lines=(seen.line.subject, *(f"  {line}" for line in lines)), data=data)


def keep(args: Namespace) -> Outcome:
    from editorial.desk.keep import keep as commit

    return done(commit(desk_of(args), args.message))


def verify(args: Namespace) -> Outcome:
    from editorial.desk.verify import verify as check

    verdict = check(desk_as_it_is(args), mend=args.repair)
    lines = [verdict.repaired] if verdict.repaired else []
    lines += [f"× {problem}" for problem in verdict.problems]
    lines += [f"· {line}" for line in told_few(verdict.findings)]
    summary = f"{len(verdict.problems)}处错误，{len(verdict.findings)}处提示"
    data = {
        "repaired": verdict.repaired,
        "problems": [str(problem) for problem in verdict.problems],
        "findings": [told(each) for each in verdict.findings],
    }
    code = 1 if verdict.problems else 0
    return Outcome(lines=(*lines, summary), data=data, code=code)


def told(each: Finding) -> str:
    hint = f"（{each.hint}）" if each.hint else ""
    place = f"{each.where}:{each.line}" if each.line else each.where
    return f"{place} {each.code} {each.message}{hint}"


def told_few(findings: Sequence[Finding]) -> list[str]:
    """A line each; of very many of one kind the first, and how many more there are."""
    shown: Counter[str] = Counter()
    lines = []
    for each in findings:
        shown[each.code] += 1
        if shown[each.code] <= MOST_ALIKE:
            lines.append(told(each))
    more = ((code, count - MOST_ALIKE) for code, count in shown.items() if count > MOST_ALIKE)
    return lines + [f"{code} 另有{count}处，加 --json 全部列出" for code, count in more]


VERBS = (
    Verb(
        name="init",
        help="新建工作区（自成一个 git 仓库）",
        run=init,
        arguments=(
            arg("dir", metavar="目录", help="新目录，或空目录"),
            arg(
                "--sample",
                action="append",
                metavar="样例",
                help="gba-2019（默认）或 guangzhou-bangfu，可写多次",
            ),
            arg(
                "--chars",
                type=whole,
                metavar="字数",
                help="不用样例，按字数生成一部示例年鉴",
            ),
            arg("--seed", type=whole, default=1, metavar="种子", help="生成用的种子，同种子同内容"),
        ),
    ),
    Verb(
        name="status",
        help="进度矩阵：篇目 × 供稿 编审 函件 意见 校对",
        run=status,
        arguments=(
            arg("node", nargs="?", metavar="节点", help="只看一个篇目"),
            WHERE,
            *BY_CITY,
            arg(
                "--at",
                default="",
                metavar="时点",
                help="某日（2020-03-05）、提交号或标签当时的进度",
            ),
        ),
    ),
    VOLUMES,
    Verb(
        name="move",
        help="推进分目（或篇目下的全部分目）到某一阶段",
        run=move,
        arguments=(
            NODES,
            arg("--to", required=True, metavar="阶段", help="如 初审；退回前面的阶段须写 --note"),
            arg("--note", default="", metavar="理由", help="写进历史的说明"),
            arg("--on", default="", metavar="日期", help="实际哪天办的，如出版日，默认今天"),
            arg("--force", action="store_true", help="越过未满足的条件（须写 --note，留痕）"),
            arg("--free", action="store_true", help="只推进没有阻碍的，其余列出来"),
            arg("--dry-run", action="store_true", help="只看各分目会怎样、缺什么，不推进"),
        ),
        example="editorial move 03-keji-chuangxin --to 初审",
    ),
    Verb(
        name="assign",
        help="分工：责任编辑、供稿单位、截稿日期、供稿状态",
        run=assign,
        arguments=(
            NODES,
            arg("--editor", metavar="编辑", help="staff.yaml 里的编号或姓名"),
            arg("--unit", metavar="单位", help="units.yaml 里的编号、简称或全称"),
            arg("--due", metavar="日期", help=EXAMPLES),
            arg(
                "--supply",
                metavar="状态",
                help="供稿状态，如 已报送、退改、采用（配 --unit）",
            ),
            arg("--note", default="", metavar="说明", help="写进历史的说明"),
        ),
    ),
    Verb(
        name="log",
        help="操作记录，新的在前",
        run=log,
        arguments=(
            arg("node", nargs="?", metavar="节点", help="只看一个篇目或分目"),
            arg("-n", "--number", type=whole, default=20, metavar="条数", help="默认 20"),
        ),
    ),
    Verb(
        name="undo",
        help="撤销自己的上一次操作（撤销本身也有记录）",
        run=undo,
        arguments=(
            arg("commit", nargs="?", default="", metavar="提交", help="只撤销这一次，默认最近一次"),
            *STEPS,
        ),
    ),
    Verb(name="redo", help="重做刚撤销的操作（也有记录）", run=redo, arguments=STEPS),
    Verb(
        name="keep",
        help="留存手工改过的正文和设置",
        run=keep,
        arguments=(arg("-m", "--message", required=True, metavar="说明", help="改了什么"),),
    ),
    Verb(
        name="verify",
        help="核查工作区是否完好、可读",
        run=verify,
        arguments=(arg("--repair", action="store_true", help="修好中断的操作，分开撞了的编号"),),
    ),
)
