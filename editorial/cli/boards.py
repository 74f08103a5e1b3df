"""The board in lines and data: by chapters, filtered, by cities, and of all volumes."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import TYPE_CHECKING, Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, today
from editorial.cli.table import table

if TYPE_CHECKING:
    from editorial.desk.office import Desk
    from editorial.desk.projects import Project
    from editorial.model.board import AxisCell, Row

AXES = {
    "供稿": "supply",
    "编审": "editing",
    "函件": "letters",
    "意见": "opinions",
    "校对": "production",
    "逾期": "overdue",
}
WHERE = arg("--where", default="", metavar="筛选", help="如 '单位:深圳 状态:复审 逾期'，都要符合")
BY_CITY = (
    arg("--by", choices=("city",), default="", help="city：篇目 × 城市"),
    arg(
        "--axis",
        choices=tuple(AXES),
        default="供稿",
        metavar="线",
        help=f"--by city 看哪条线：{'、'.join(AXES)}，默认供稿",
    ),
)


def matrix(rows: tuple[Row, ...]) -> list[str]:
    head = ("编号", "供稿", "编审", "函件", "意见", "校对", "逾期", "字数", "标题")
    lines = table(head, [_line(row) for row in rows[1:] or rows])
    total = rows[0]
    summary = (
        f"{total.title}：供稿 {_share(total.supply)}，编审 {_share(total.editing)}，"
        f"函件 {_share(total.letters)}，意见 {_share(total.opinions)}{_apart(rows)}，"
        f"校对 {_share(total.production)}；逾期 {total.overdue} 项，约 {total.chars:,} 字"
    )
    return [summary, "", *lines]


def _apart(rows: tuple[Row, ...]) -> str:
    """Opinions of the volume that stand in no row below it."""
    total, *chapters = rows
    apart = total.opinions.total - sum(row.opinions.total for row in chapters)
    return f"（全书性和未落位的{apart}条）" if chapters and apart > 0 else ""


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


def node_data(row: Row) -> dict[str, Any]:
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
    return node | ({inner: [node_data(each) for each in row.rows]} if inner else {})


def chosen(desk: Desk, asked: Row, where: str) -> Outcome:
    """The sections that all terms hold for."""
    from editorial.desk.office import people
    from editorial.model.selection import fits, parse_terms

    terms = parse_terms(where)
    units = {unit.id: unit for unit in people(desk)[0]}
    leaves = [leaf for row in asked.rows for leaf in (row.rows or (row,))] or [asked]
    found = [row for row in leaves if fits(terms, row, units)]
    head = ("编号", "供稿", "编审", "函件", "意见", "校对", "逾期", "字数", "标题")
    lines = table(head, [_line(row) for row in found]) if found else []
    data = {"volume": desk.volume_id, "where": where, "sections": [node_data(x) for x in found]}
    return Outcome(lines=(f"相符的分目{len(found)}个", "", *lines), data=data)


def by_city(desk: Desk, day: date, args: Namespace) -> Outcome:
    from editorial.desk.city_board import city_board

    board = city_board(desk, day, at=args.at)
    axis = AXES[args.axis]
    rows = [*board.rows, ("", "全书", board.totals)]
    told = [(title, *(_city_cell(cell, axis) for cell in cells)) for _, title, cells in rows]
    data = {
        "volume": desk.volume_id,
        "today": board.today,
        "cities": list(board.cities),
        "chapters": [
            {
                "id": id,
                "title": title,
                "cities": {cell.title: _city_data(cell) for cell in cells if cell},
            }
            for id, title, cells in board.rows
        ],
    }
    lines = (f"{board.title}：各市的{args.axis}", "", *table(("篇目", *board.cities), told))
    return Outcome(lines=lines, data=data)


def _city_cell(cell: Row | None, axis: str) -> str:
    if cell is None:
        return ""
    if axis == "overdue":
        return f"逾{cell.overdue}" if cell.overdue else "-"
    found = getattr(cell, axis)
    return _share(found) + ("!" if found.late else "")


def _city_data(cell: Row) -> dict[str, Any]:
    axes = {name: _axis(getattr(cell, name)) for name in AXES.values() if name != "overdue"}
    return {**axes, "overdue": cell.overdue}


def volumes(args: Namespace) -> Outcome:
    from editorial.desk.project_selection import PROJECTS
    from editorial.desk.projects import projects
    from editorial.model.selection import holds, parse_terms

    terms = parse_terms(args.where, PROJECTS)
    desk = desk_of(args)
    found = [x for x in projects(desk, today()) if holds(terms, x, None, PROJECTS)]
    head = (
        "编号",
        "类别",
        "阶段",
        "供稿",
        "编审",
        "函件",
        "意见",
        "校对",
        "逾期",
        "到期",
        "改动",
        "书名",
    )
    lines = table(head, [_project(each) for each in found]) if found else ["没有相符的书"]
    faults = tuple(f"{each.id}：{each.fault}" for each in found if each.fault)
    data = [_project_data(each) for each in found]
    return Outcome(lines=tuple(lines), data=data, remarks=faults, code=1 if faults else 0)


def _project(each: Project) -> tuple[str, ...]:
    axes = (each.supply, each.editing, each.letters, each.opinions, each.production)
    return (
        each.id,
        each.kind or "-",
        "读不了" if each.fault else each.stage,
        *map(_share, axes),
        str(each.overdue or "-"),
        f"{each.due or '-'}",
        f"{each.changed:%Y-%m-%d}" if each.changed else "-",
        each.title,
    )


def _project_data(each: Project) -> dict[str, Any]:
    axes = {name: _axis(getattr(each, name)) for name in AXES.values() if name != "overdue"}
    return {
        "id": each.id,
        "title": each.title,
        "kind": each.kind,
        "stage": each.stage,
        **axes,
        "overdue": each.overdue,
        "chars": each.chars,
        "due": each.due,
        "changed": each.changed,
        "by_hand": each.hand,
        "fault": each.fault,
    }


VOLUMES = Verb(
    name="volumes",
    help="工作区里的各部书：阶段、进度、逾期、最近到期",
    run=volumes,
    arguments=(arg("--where", default="", metavar="筛选", help="如 '类别:年鉴 逾期'，都要符合"),),
    example="editorial volumes --where 逾期",
)
