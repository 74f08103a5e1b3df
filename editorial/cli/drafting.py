"""拟稿: the commands that draft letters, one or many, and change drafts."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, today, whole
from editorial.cli.words import DUE, ID, day_of, parted, people_names
from editorial.errors import EditorialError, unreadable
from editorial.model.dates import EXAMPLES, parse_day
from editorial.model.labels import LetterKind, Secrecy
from editorial.model.letters import LetterItem

if TYPE_CHECKING:
    from editorial.desk.drafting import Request
    from editorial.desk.office import Desk
    from editorial.desk.points import Points
    from editorial.model.volume import Volume


def letter_new(args: Namespace) -> Outcome:
    from editorial.desk.drafting import draft_letters

    desk = desk_of(args)
    _to_whom_it_went(desk, args)
    wanted, remarks = _wanted(desk, args)
    drafted, act = draft_letters(desk, _request(args), wanted, at=now())
    told = done(replace(act, remarks=(*act.remarks, *remarks)), id=drafted[0].id)
    if len(drafted) == 1:
        return told
    names = people_names(desk)
    lines = [f"{x.id}　{names.get(x.unit, x.unit)}　{len(x.items)}项" for x in drafted]
    data = {**told.data, "ids": [x.id for x in drafted], "batch": drafted[0].batch}
    return replace(told, lines=(*lines, *told.lines), data=data)


def _to_whom_it_went(desk: Desk, args: Namespace) -> None:
    """A reminder that names no unit goes to the one it reminds."""
    from editorial.desk.letters import find_letter

    if args.follows and not (args.unit or args.units or args.all):
        args.unit = find_letter(desk, args.follows).unit


def _request(args: Namespace) -> Request:
    from editorial.desk.drafting import Request

    return Request(
        kind=_kind(args.kind),
        due=parse_day(args.due, today()),
        title=args.title,
        reason=args.reason,
        contact=args.contact,
        cc=tuple(args.cc or ()),
        secrecy=_secrecy(args.secrecy),
        secret_for=args.secret_for,
        urgent=args.urgent,
        issuers=tuple(args.joint or ()),
        board=args.board,
        addressee=args.addressee,
        about=args.about,
        follows=args.follows,
        listed=bool(args.listed),
    )


def _kind(name: str) -> LetterKind:
    for kind in LetterKind:
        if name in (kind.value, kind.label):
            return kind
    known = "、".join(f"{kind.value}（{kind.label}）" for kind in LetterKind)
    raise EditorialError(f"没有“{name}”这种函", hint=f"可用：{known}")


def _secrecy(name: str) -> Secrecy | None:
    for secrecy in Secrecy:
        if name in (secrecy.value, secrecy.label):
            return secrecy
    if name:
        known = "、".join(secrecy.label for secrecy in Secrecy)
        raise EditorialError(f"没有“{name}”这个密级", hint=f"可用：{known}")
    return None


def _wanted(desk: Desk, args: Namespace) -> tuple[Points, tuple[str, ...]]:
    """Units with their items. One unit is written to whatever is found; of several, those for
    which there is nothing are left out, and told."""
    from editorial.desk.office import loaded
    from editorial.desk.points import joined, unasked
    from editorial.model.people import find_unit

    volume = loaded(desk).volume
    units = tuple(dict.fromkeys(find_unit(volume.units, name).id for name in _units(args)))
    typed = items_of(args)
    found, known = unasked(desk, joined(*_sources(desk, volume, args, units)))
    points = joined(_typed(volume, typed, units), found)
    told = (f"有{known}项在未办结的函里已经提过，没有再列",) if known else ()
    if len(units) == 1 and not (told and not points):
        return {units[0]: points.get(units[0], ())}, told
    chosen = units or tuple(unit.id for unit in volume.units if unit.id in points)
    without = [
        unit.short or unit.name
        for unit in volume.units
        if unit.id in chosen and not points.get(unit.id)
    ]
    if without and not _needs_no_items(args):
        told = (*told, f"没有事项，未拟函：{'、'.join(without)}")
        chosen = tuple(unit for unit in chosen if points.get(unit))
    if not chosen:
        hint = "用 editorial letter list 查看" if known else "用 --item 写，或换一种来源"
        raise EditorialError("，".join(("没有要发函的事项", *told[: known and 1])), hint=hint)
    return {unit: points.get(unit, ()) for unit in chosen}, told


def _needs_no_items(args: Namespace) -> bool:
    return _kind(args.kind) is LetterKind.CONSULT


def _units(args: Namespace) -> tuple[str, ...]:
    text = f"{args.unit},{args.units}".replace("，", ",").replace("、", ",")
    names = [name.strip() for name in text.split(",") if name.strip()]
    if bool(names) == bool(args.all):
        hint = "写 --unit 单位，或 --units 甲,乙，或 --all（凡有事项的单位）"
        raise EditorialError("没有说清致哪些单位", hint=hint)
    return tuple(names)


def _typed(volume: Volume, items: tuple[LetterItem, ...], units: tuple[str, ...]) -> Points:
    """What was typed goes to every unit named; with --all to those that supply the section."""
    from editorial.desk.points import gathered
    from editorial.model.nodes import find_node

    own = {unit.id for unit in volume.units if unit.own}
    return gathered(
        (unit, item)
        for item in items
        for unit in units
        or [
            each
            for section in find_node(volume, item.section).sections
            for each in section.units
            if each not in own
        ]
    )


def _sources(
    desk: Desk, volume: Volume, args: Namespace, units: tuple[str, ...]
) -> tuple[Points, ...]:
    from editorial.desk.points import marked_points, missing_points, opinion_points, table_points
    from editorial.read.rows import read_rows

    found = [opinion_points(desk, volume, each) for each in args.from_opinions or ()]
    if args.from_findings:
        found.append(marked_points(desk, volume))
    if args.from_missing:
        found.append(missing_points(volume))
    for path in map(Path, args.items or ()):
        rows = read_rows(_read(path), path.name)
        found.append(table_points(volume, rows, path.name, units))
    return tuple(found)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(error, path) from error


def items_of(args: Namespace) -> tuple[LetterItem, ...]:
    """Each --item with the --original given in the same place, and the --basis of all."""
    texts, originals = args.item or (), args.original or ()
    if len(originals) > len(texts):
        raise EditorialError("--original 比 --item 多", hint="每个 --original 依次对应一个 --item")
    pairs = zip_longest(texts, originals, fillvalue="")
    return tuple(
        replace(_item(text), original=original, basis=args.basis, scope=args.scope, form=args.form)
        for text, original in pairs
    )


def _item(text: str) -> LetterItem:
    """NODE=要求, or NODE@位置=要求."""
    place, request = parted(text)
    if not request:
        hint = '写作 --item "篇目/分目=请补充……"'
        raise EditorialError(f"事项“{text}”缺少“=”，或后面没有写要求", hint=hint)
    node, _, where = place.replace("＠", "@").partition("@")
    return LetterItem(section=node.strip(), place=where.strip(), request=request)


def letter_edit(args: Namespace) -> Outcome:
    from editorial.desk.drafting import Edit, edit_letter

    edit = Edit(
        due=day_of(args.due),
        title=args.title,
        reason=args.reason,
        contact=args.contact,
        cc=tuple(each for each in args.cc if each) if args.cc is not None else None,
        urgent=args.urgent,
        add=items_of(args),
        remove=tuple(args.remove or ()),
        listed=args.listed,
    )
    return done(edit_letter(desk_of(args), args.id, edit, at=now()))


ITEMS = (
    arg(
        "--item",
        action="append",
        metavar="事项",
        help='"篇目/分目=要求" 或 "篇目/分目@第12页=要求"，可写多次',
    ),
    arg("--original", action="append", metavar="原文", help="所指的原文摘要，依次对应各 --item"),
    arg("--basis", default="", metavar="来源", help="意见来源，如 评议会专家意见"),
    arg("--scope", default="", metavar="口径", help="数据口径或年度，如 2018年末，统计年报口径"),
    arg("--form", default="", metavar="形式", help="要求的形式，如 盖章书面材料"),
)
WORDS = (
    arg("--title", default="", metavar="标题", help="默认取自公函样式"),
    arg("--reason", default="", metavar="缘由", help="为何致函"),
    arg("--contact", default="", metavar="联系人", help="staff.yaml 里的编号，默认经手人"),
    arg("--cc", action="append", metavar="抄送", help="抄送机关，可写多次"),
)
LISTED = arg(
    "--list",
    dest="listed",
    action="store_const",
    const=True,
    help="附事项清单；不写，事项少而短的都写在正文里，不附",
)
NEW = Verb(
    name="new",
    help="拟稿：一函致一单位，可一次拟多封",
    run=letter_new,
    arguments=(
        arg(
            "--kind",
            default="revise",
            metavar="种类",
            help="revise 修改补充（默认）、supply_material 补充资料、commission 约稿、"
            "consult 征求意见、chase 催办、escalate 催办（致上级）",
        ),
        arg("--unit", default="", metavar="单位", help="units.yaml 里的编号、简称或全称"),
        arg("--units", default="", metavar="单位", help="几个单位，逗号隔开，每个一封"),
        arg("--all", action="store_true", help="凡有事项的单位，每个一封"),
        *ITEMS,
        arg("--items", action="append", metavar="文件", help="事项表（.csv、.xlsx），可写多次"),
        arg("--from-opinions", action="append", metavar="轮次", help="评议意见中未答复的"),
        arg("--from-findings", action="store_true", help="正文里的待补、存疑和编辑的疑问"),
        arg("--from-missing", action="store_true", help="还没有供稿的分目"),
        arg("--due", required=True, metavar="日期", help=EXAMPLES),
        *WORDS,
        arg("--urgent", default="", metavar="缓急", help="特急 或 加急"),
        arg("--secrecy", default="", metavar="密级", help="秘密、机密、绝密"),
        arg("--secret-for", default="", metavar="期限", help="保密期限，如 1年"),
        arg("--joint", action="append", metavar="机关", help="联合行文的其他机关，可写多次"),
        arg("--board", default="", metavar="牌子", help="用哪块牌子发（office.boards 的编号）"),
        arg("--addressee", default="", metavar="主送", help="主送机关，默认为单位全称"),
        arg("--follows", default="", metavar="编号", help="催办哪一函"),
        arg("--about", default="", metavar="单位", help="致上级时，催的是哪个单位"),
        LISTED,
    ),
    example="editorial letter new --unit sz-kcj --due +14 "
    '--item "03-keji-chuangxin/02-pingtai=请补充2018年数据"',
)
EDIT = Verb(
    name="edit",
    help="修改拟稿（已核稿的要重新核稿）",
    run=letter_edit,
    arguments=(
        ID,
        DUE,
        *ITEMS,
        arg("--remove", action="append", type=whole, metavar="项号", help="删去第几项，可写多次"),
        *WORDS,
        arg("--urgent", default=None, metavar="缓急", help="特急、加急，或空"),
        LISTED,
        arg(
            "--no-list",
            dest="listed",
            action="store_const",
            const=False,
            help="不再指定附清单，事项少而短的写在正文里",
        ),
    ),
    example="editorial letter edit 8 --due +10 --remove 2",
)
