"""Commands on the book: status, move, assign, log, undo, keep, verify, init."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, today, whole
from editorial.cli.table import table
from editorial.cli.words import people_names
from editorial.errors import EditorialError
from editorial.model.dates import parse_day
from editorial.model.names import begins

if TYPE_CHECKING:
    from editorial.model.board import AxisCell, Row
    from editorial.model.finding import Finding

NODES = arg("nodes", nargs="+", metavar="节点", help="篇目编号、篇目编号/分目编号，或不重名的标题")


def init(args: Namespace) -> Outcome:
    from editorial.desk.init import init as begin

    if args.sample and args.chars is not None:
        raise EditorialError(
            "--sample 和 --chars 只能用一个", hint="样例用 --sample，生成用 --chars"
        )
    samples = tuple(args.sample or ("gba-2019",))
    root, commit = begin(Path(args.dir), samples=samples, chars=args.chars, seed=args.seed)
    lines = (f"已新建工作区：{root}", f"接着可以：cd {root}，再执行 editorial 打开看板")
    return Outcome(lines=lines, data={"root": str(root), "commit": commit})


def status(args: Namespace) -> Outcome:
    from editorial.desk.overview import overview
    from editorial.desk.tray import waiting

    desk = desk_of(args)
    board = overview(desk, _day_of(args.at), at=args.at)
    rows = (board.volume, *board.volume.rows)
    asked = board.volume
    if args.node:
        asked = _find(board.volume, args.node)
        rows = (asked, *asked.rows)
    others = f"工作区还有：{'、'.join(desk.others)}（用 --volume 选择）" if desk.others else ""
    told = () if args.at else waiting(desk)
    return Outcome(
        lines=tuple(_matrix(rows)),
        data={"volume": desk.volume_id, "today": board.today, "waiting": told, **_node(asked)},
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


def _matrix(rows: tuple[Row, ...]) -> list[str]:
    head = ("编号", "供稿", "编审", "函件", "意见", "校对", "逾期", "字数", "标题")
    lines = table(head, [_line(row) for row in rows[1:] or rows])
    total = rows[0]
    summary = (
        f"{total.title}：供稿 {_share(total.supply)}，编审 {_share(total.editing)}，"
        f"函件 {_share(total.letters)}，意见 {_share(total.opinions)}，"
        f"校对 {_share(total.production)}；逾期 {total.overdue} 项，约 {total.chars:,} 字"
    )
    return [summary, "", *lines]


def _line(row: Row) -> tuple[str, ...]:
    axes = (row.supply, row.editing, row.letters, row.opinions, row.production)
    late = str(row.overdue) if row.overdue else "-"
    return (row.id, *map(_cell, axes), late, f"{row.chars:,}", row.title)


def _cell(cell: AxisCell) -> str:
    return f"{cell.label} {_share(cell)}" if cell.total else "-"


def _share(cell: AxisCell) -> str:
    return f"{cell.done}/{cell.total}" if cell.total else "-"


def _axis(cell: AxisCell) -> dict[str, Any]:
    return {"id": cell.id, "label": cell.label, "done": cell.done, "total": cell.total}


def _node(row: Row) -> dict[str, Any]:
    inner = {"volume": "chapters", "chapter": "sections"}.get(row.kind)
    node = {
        "id": row.id,
        "title": row.title,
        "kind": row.kind,
        "supply": _axis(row.supply),
        "editing": _axis(row.editing),
        "correspondence": {"letters": _axis(row.letters), "opinions": _axis(row.opinions)},
        "production": _axis(row.production),
        "editor": row.editor,
        "units": list(row.units),
        "due": row.due,
        "overdue": row.overdue,
        "chars": row.chars,
    }
    return node | ({inner: [_node(each) for each in row.rows]} if inner else {})


def move(args: Namespace) -> Outcome:
    from editorial.desk.move import move as advance

    desk = desk_of(args)
    nodes = tuple(args.nodes)
    return done(advance(desk, nodes, args.to, at=now(), note=args.note, force=args.force))


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
    from editorial.desk.undo import undo as take_back

    return done(take_back(desk_of(args), at=now()))


def keep(args: Namespace) -> Outcome:
    from editorial.desk.keep import keep as commit

    return done(commit(desk_of(args), args.message))


def verify(args: Namespace) -> Outcome:
    from editorial.desk.verify import verify as check

    verdict = check(desk_of(args), mend=args.repair)
    lines = [verdict.repaired] if verdict.repaired else []
    lines += [f"× {problem}" for problem in verdict.problems]
    lines += [f"· {told(each)}" for each in verdict.findings]
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
            arg(
                "--at",
                default="",
                metavar="时点",
                help="某日（2020-03-05）、提交号或标签当时的进度",
            ),
        ),
    ),
    Verb(
        name="move",
        help="推进分目（或篇目下的全部分目）到某一阶段",
        run=move,
        arguments=(
            NODES,
            arg("--to", required=True, metavar="阶段", help="如 初审；退回前面的阶段须写 --note"),
            arg("--note", default="", metavar="理由", help="写进历史的说明"),
            arg("--force", action="store_true", help="越过未满足的条件（须写 --note，留痕）"),
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
            arg("--due", metavar="日期", help="2020-03-15、3月15日、+7 或 下周五"),
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
    Verb(name="undo", help="撤销自己的上一次操作（撤销本身也有记录）", run=undo),
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
        arguments=(arg("--repair", action="store_true", help="修好中断的操作"),),
    ),
)
