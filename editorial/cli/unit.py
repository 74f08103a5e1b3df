"""Commands on the register of units: list, show, and what changes in it."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from shutil import get_terminal_size

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, today
from editorial.cli.table import table
from editorial.cli.unit_import import IMPORT
from editorial.cli.words import day_of
from editorial.errors import EditorialError
from editorial.model.contacts import TOLD
from editorial.model.dates import parse_day
from editorial.model.people import KINDS, Contact, Unit

WIDE = 120  # columns where no terminal says how many it has


def unit_list(args: Namespace) -> Outcome:
    from editorial.cli.unit_view import entry_data, listing, reach
    from editorial.desk.unit_register import Wanted, register
    from editorial.desk.unit_selection import UNITS
    from editorial.model.selection import holds, parse_terms

    terms = parse_terms(args.where, UNITS)
    wanted = Wanted(
        city=args.city, kind=args.kind, unconfirmed=args.unconfirmed, overdue=args.overdue
    )
    known = register(desk_of(args), _day(args.at), wanted)
    found = tuple(each for each in known if holds(terms, each, None, UNITS))
    columns = get_terminal_size((WIDE, 0)).columns
    lines = reach(found) if args.contacts else listing(found, columns)
    data = [entry_data(each, contacts=args.contacts) for each in found]
    return Outcome(lines=tuple(lines), data=data)


def unit_show(args: Namespace) -> Outcome:
    from editorial.cli.unit_view import account_data, account_lines
    from editorial.desk.unit_register import account

    day = _day(args.at)
    found = account(desk_of(args), args.unit, day)
    return Outcome(lines=tuple(account_lines(found, day)), data=account_data(found))


def _day(text: str) -> date:
    return day_of(text, past=True) or today()


def unit_add(args: Namespace) -> Outcome:
    from editorial.desk.units import add_unit

    extra = {"honorific": args.honorific} if args.honorific else {}
    unit = Unit(
        id=args.id,
        name=args.name,
        short=args.short,
        city=args.city,
        kind=args.kind,
        own=args.own,
        **extra,
    )
    return done(add_unit(desk_of(args), unit), id=unit.id)


def unit_confirm(args: Namespace) -> Outcome:
    from editorial.desk.units import confirm_units

    units = tuple(args.units)
    return done(confirm_units(desk_of(args), units, _day(args.on), today=today()))


def unit_contact(args: Namespace) -> Outcome:
    from editorial.desk.units import change_contact, end_contact

    if args.until:
        last = _day(args.until)
        if any(getattr(args, key) for key in (*TOLD, "since")):
            raise EditorialError("--to 只登记离任，不与别的选项同用", hint="有接任的直接登记接任的")
        return done(end_contact(desk_of(args), args.unit, last))
    told = _told(args, confirmed=today())
    return done(change_contact(desk_of(args), args.unit, told, _day(args.since)))


def _told(args: Namespace, *, confirmed: date | None = None, since: date | None = None) -> Contact:
    from editorial.cli.replying import channel_of

    return Contact(
        name=args.name,
        post=args.post,
        phone=args.phone,
        mail=args.mail,
        chat=args.chat,
        channel=channel_of(args.channel) if args.channel else None,
        confirmed=confirmed,
        since=since,
    )


def unit_rename(args: Namespace) -> Outcome:
    from editorial.desk.units import rename_unit

    act = rename_unit(
        desk_of(args),
        args.unit,
        args.name,
        _day(args.since),
        today=today(),
        short=args.short,
        honorific=args.honorific,
    )
    return done(act)


def unit_pause(args: Namespace) -> Outcome:
    from editorial.desk.units import pause_unit

    until = parse_day(args.until, today())
    return done(pause_unit(desk_of(args), args.unit, until, args.reason, today=today()))


def unit_resume(args: Namespace) -> Outcome:
    from editorial.desk.units import resume_unit

    return done(resume_unit(desk_of(args), args.unit))


def unit_propose(args: Namespace) -> Outcome:
    from editorial.desk.proposals import propose_change

    told = _told(args, since=day_of(args.since, past=True))
    proposal, act = propose_change(
        desk_of(args), args.unit, told, at=now(), returned=args.returned, note=args.note
    )
    return done(act, id=proposal.id)


def unit_proposals(args: Namespace) -> Outcome:
    from editorial.cli.unit_view import proposal_data, proposal_row
    from editorial.desk.office import loaded
    from editorial.desk.proposals import proposals
    from editorial.model.proposals import ProposalState, proposal_state

    desk = desk_of(args)
    units = {unit.id: unit for unit in loaded(desk).volume.units}
    found = [
        each for each in proposals(desk) if args.all or proposal_state(each) is ProposalState.OPEN
    ]
    rows = [proposal_row(each, units.get(each.unit), today()) for each in found]
    head = ("编号", "状态", "单位", "联络员", "来件", "提出", "有变")
    data = [proposal_data(each, full=False) for each in found]
    return Outcome(lines=tuple(table(head, rows)), data=data)


def unit_accept(args: Namespace) -> Outcome:
    from editorial.desk.proposals import accept_proposal

    day = day_of(args.since, past=True)
    return done(accept_proposal(desk_of(args), args.id, at=now(), day=day, note=args.note))


def unit_refuse(args: Namespace) -> Outcome:
    from editorial.desk.proposals import refuse_proposal

    return done(refuse_proposal(desk_of(args), args.id, at=now(), note=args.note))


WHICH = arg("unit", metavar="单位", help="编号、简称、全称或曾用名")
NUMBER = arg("id", metavar="编号", help="建议的编号，见 unit proposals")
AT = arg("--at", default="", metavar="日期", help="截至哪一天，默认今天")
PERSON = (
    arg("--name", default="", metavar="姓名", help="不写就是现任的联络员，只改所写的几项"),
    arg("--post", default="", metavar="职务"),
    arg("--phone", default="", metavar="电话"),
    arg("--mail", default="", metavar="邮箱"),
    arg("--chat", default="", metavar="微信", help="微信群或微信号"),
    arg(
        "--channel",
        default="",
        metavar="方式",
        help="首选的方式：mail 邮件、paper 纸质、hand 当面、phone 电话、chat 微信群、usb U盘",
    ),
)
SINCE = arg(
    "--from",
    dest="since",
    default="",
    metavar="日期",
    help="从哪一天起，默认今天；3月1日是已过的那天",
)

UNIT = (
    Verb(
        name="list",
        help="单位一览：联络员、回函和供稿的情况",
        run=unit_list,
        arguments=(
            arg("--city", default="", metavar="城市", help="只看一个城市"),
            arg("--kind", default="", metavar="类别", help="只看一类单位"),
            arg("--unconfirmed", action="store_true", help="联络员一年以上没有确认的"),
            arg("--overdue", action="store_true", help="有函件或供稿逾期的"),
            arg("--where", default="", metavar="筛选", help="如 '城市:深圳 待确认'，都要符合"),
            arg("--contacts", action="store_true", help="列出联络员的电话和邮箱"),
            AT,
        ),
        example="editorial unit list --city 深圳 --overdue",
    ),
    Verb(
        name="show",
        help="一个单位的全部情况：名称、联络员、供稿、函件",
        run=unit_show,
        arguments=(WHICH, AT),
    ),
    Verb(
        name="add",
        help="登记新单位",
        run=unit_add,
        arguments=(
            arg("id", metavar="编号", help="城市拼音缩写-单位缩写，如 sz-kcj；定了不要改"),
            arg("name", metavar="全称", help="公函的主送机关照此写"),
            arg("--short", default="", metavar="简称"),
            arg("--city", default="", metavar="城市"),
            arg("--kind", default="", metavar="类别", help="、".join(KINDS) + "等"),
            arg("--honorific", default="", metavar="称呼", help="函里的称呼，默认“贵单位”"),
            arg("--own", action="store_true", help="由编辑部自编，不发函"),
        ),
        example="editorial unit add sz-swj 深圳市水务局（示例） --short 深圳水务局 --city 深圳",
    ),
    IMPORT,
    Verb(
        name="confirm",
        help="对方确认联络员无误，每年一次",
        run=unit_confirm,
        arguments=(
            arg("units", nargs="+", metavar="单位", help="可写多个"),
            arg("--on", default="", metavar="日期", help="确认的日期，默认今天"),
        ),
    ),
    Verb(
        name="contact",
        help="换联络员，或改他的电话、邮箱；旧的留在登记里",
        run=unit_contact,
        arguments=(
            WHICH,
            *PERSON,
            SINCE,
            arg(
                "--to", dest="until", default="", metavar="日期", help="现任到这天离任，没有接任的"
            ),
        ),
        example="editorial unit contact 深圳科创局 --name 示例名 --phone 0755-0000-0009",
    ),
    Verb(
        name="rename",
        help="单位改名；旧名留在登记里，旧函仍用旧名",
        run=unit_rename,
        arguments=(
            WHICH,
            arg("--name", required=True, metavar="全称", help="新的全称"),
            arg("--short", default="", metavar="简称", help="新的简称，不写就不变"),
            arg("--honorific", default="", metavar="称呼", help="有变才写，如 贵局"),
            arg("--from", dest="since", default="", metavar="日期", help="生效之日，默认今天"),
        ),
    ),
    Verb(
        name="pause",
        help="暂停催办",
        run=unit_pause,
        arguments=(
            WHICH,
            arg("--until", required=True, metavar="日期", help="停到哪一天（含）"),
            arg("--reason", required=True, metavar="原因"),
        ),
    ),
    Verb(name="resume", help="恢复催办", run=unit_resume, arguments=(WHICH,)),
    Verb(
        name="propose",
        help="记下来件里说的联络员变更，待编辑采纳",
        run=unit_propose,
        arguments=(
            WHICH,
            *PERSON,
            arg("--from", dest="since", default="", metavar="日期", help="对方说从哪一天起"),
            arg("--return", dest="returned", default="", metavar="来件", help="来件的编号"),
            arg("--note", default="", metavar="说明"),
        ),
    ),
    Verb(
        name="proposals",
        help="待定的联络员变更",
        run=unit_proposals,
        arguments=(arg("--all", action="store_true", help="连同已采纳、未采纳的"),),
    ),
    Verb(
        name="accept",
        help="采纳一项联络员变更",
        run=unit_accept,
        arguments=(
            NUMBER,
            arg(
                "--from", dest="since", default="", metavar="日期", help="默认对方说的那天，或今天"
            ),
            arg("--note", default="", metavar="说明"),
        ),
    ),
    Verb(
        name="refuse",
        help="不采纳一项联络员变更",
        run=unit_refuse,
        arguments=(NUMBER, arg("--note", required=True, metavar="原因")),
    ),
)
