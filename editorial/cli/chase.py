"""Commands of 催报: list | log | checkin | status | close | letter | digest."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, today
from editorial.cli.replying import channel_of
from editorial.cli.table import table
from editorial.cli.words import NOTE, day_of
from editorial.errors import EditorialError
from editorial.model.chasing import Result
from editorial.model.labels import TaskState

if TYPE_CHECKING:
    from editorial.desk.chase import Told

LIST_HEAD = ("单位", "今天", "联络员", "电话", "到期", "上次联系", "联系", "欠什么")


def chase_list(args: Namespace) -> Outcome:
    from editorial.cli.chase_view import chase_data
    from editorial.desk.chase import chase_day
    from editorial.desk.chase_words import chase_lines, list_row
    from editorial.desk.office import people
    from editorial.model.people import find_unit

    desk = desk_of(args)
    found = chase_day(desk, _day(args.day))
    chases, unissued = found.chases, found.unissued
    if args.unit:
        only = find_unit(people(desk)[0], args.unit).id
        unissued = tuple(unit for unit in unissued if unit == only)
        chases = tuple(chase for chase in chases if chase.unit.id == only)
        lines = [line for chase in chases for line in chase_lines(chase)]
    else:
        lines = table(LIST_HEAD, [list_row(chase) for chase in chases]) if chases else []
    empty = [f"{found.day} 没有要联系的单位" + ("（只看所写单位）" if args.unit else "")]
    lines = [*(lines or empty), *_not_given_out(len(unissued))]
    data = {"day": found.day, "units": [chase_data(each) for each in chases]}
    return Outcome(lines=tuple(lines), data=data | {"unissued": len(unissued)})


def _not_given_out(count: int) -> Iterator[str]:
    if count:
        yield (
            f"另有{count}项供稿任务过了期限还没有下达，不在名单里："
            "先用 editorial assign 分目 --unit 单位 --supply 已下达"
        )


def _day(text: str, *, past: bool = False) -> date:
    return day_of(text, past=past) or today()


def chase_log(args: Namespace) -> Outcome:
    from editorial.desk.chase import Call, log_call

    if args.answered and args.no_answer:
        raise EditorialError(
            "--answered 和 --no-answer 只能写一个",
            hint="联系上了写 --answered，没有联系上写 --no-answer",
        )
    day = _day(args.day, past=True)
    call = Call(
        answered=not args.no_answer,
        result=_result(args.result),
        channel=channel_of(args.channel),
        person=args.person,
        leader=args.leader,
        until=_later(args.until, day),
        next_call=_later(args.next, day),
        note=args.note,
    )
    return done(log_call(desk_of(args), args.unit, call, day=day, today=today()))


def _later(text: str, day: date) -> date | None:
    from editorial.model.dates import parse_day

    return parse_day(text, day) if text else None


def _result(name: str) -> Result | None:
    if not name:
        return None
    for result in Result:
        if name in (result.value, result.label):
            return result
    known = "、".join(result.label for result in Result)
    raise EditorialError(f"没有“{name}”这种结果", hint=f"可用：{known}；别的情况写进 --note")


def chase_checkin(args: Namespace) -> Outcome:
    from editorial.desk.chase import check_in

    day = _day(args.day, past=True)
    act = check_in(desk_of(args), args.unit, _told(args, day), day=day, today=today())
    return done(act)


def _told(args: Namespace, day: date) -> Told:
    from editorial.desk.chase import Told

    return Told(
        node=args.node,
        state=_state(args.state),
        expected=_later(args.expected, day),
        channel=channel_of(args.channel),
        note=args.note,
    )


def _state(name: str) -> TaskState:
    for state in TaskState:
        if name in (state.value, state.label):
            return state
    known = "、".join(state.label for state in TaskState)
    raise EditorialError(f"没有“{name}”这种供稿状态", hint=f"可用：{known}")


def chase_status(args: Namespace) -> Outcome:
    from editorial.cli.chase_view import status_data, status_lines
    from editorial.desk.chase import day_of as asked
    from editorial.desk.chase import ground_of
    from editorial.model.contradictions import mismatches

    ground = ground_of(desk_of(args))
    day = _day(args.day)
    found = asked(ground, day)
    odd = mismatches(ground.volume, ground.letters, ground.logs, day)
    names = {unit.id: unit.short or unit.name for unit in ground.volume.units}
    return Outcome(
        lines=tuple(status_lines(found, odd, names)),
        data=status_data(found, odd),
        code=1 if found.holes and found.log.closed is None else 0,
    )


def chase_close(args: Namespace) -> Outcome:
    from editorial.desk.chase import close_day

    act = close_day(desk_of(args), _day(args.day, past=True), at=now())
    return done(act)


def chase_extend(args: Namespace) -> Outcome:
    from editorial.desk.extensions import extend

    until = _later(args.until, today())
    assert until is not None
    act = extend(
        desk_of(args), args.unit, until, today=today(), only=tuple(args.matters), note=args.note
    )
    return done(act)


def chase_letter(args: Namespace) -> Outcome:
    from editorial.desk.chase_letters import draft_chasers

    drafted, act = draft_chasers(
        desk_of(args),
        _day(args.day),
        at=now(),
        unit=args.unit,
        to=args.to,
        due=day_of(args.due),
    )
    data = [
        {
            "id": letter.id,
            "kind": letter.kind.value,
            "unit": letter.unit,
            "follows": letter.follows,
            "due": letter.due,
            "batch": letter.batch,
        }
        for letter in drafted
    ]
    return done(act, letters=data)


def chase_digest(args: Namespace) -> Outcome:
    from editorial.cli.chase_view import digest_data
    from editorial.desk.digest import make_digest

    made = make_digest(
        desk_of(args),
        _day(args.day, past=True),
        today=today(),
        formats=tuple(args.format.split(",")),
        out=Path(args.out).resolve() if args.out else None,
    )
    return Outcome(
        lines=(f"{made.page.title}　{made.page.issue}　{made.page.date}", *map(str, made.files)),
        data=digest_data(made),
        remarks=made.remarks,
    )


DAY = arg("--day", default="", metavar="日期", help="哪一天，默认今天")
UNIT = arg("unit", metavar="单位", help="units.yaml 里的编号、简称或全称")
ONE = arg("--unit", default="", metavar="单位", help="只看这个单位")
CHANNEL = arg(
    "--by",
    "--channel",
    dest="channel",
    default="电话",
    metavar="方式",
    help="电话（默认）、微信、邮件、当面",
)
RESULTS = "、".join(result.label for result in Result)

CHASE = (
    Verb(
        name="list",
        help="当天名单：该联系谁、电话多少、欠什么、催到哪一步；写单位看细目",
        run=chase_list,
        arguments=(DAY, ONE),
    ),
    Verb(
        name="log",
        help="登记一次联系（电话回访、微信或邮件提醒）",
        run=chase_log,
        arguments=(
            UNIT,
            arg("--answered", action="store_true", help="联系上了（默认）"),
            arg("--no-answer", action="store_true", help="没有联系上"),
            arg("--result", default="", metavar="结果", help=f"{RESULTS}；默认按当天的步骤"),
            arg("--next", default="", metavar="日期", help="约定哪天再联系，如 +2、下周一"),
            arg("--until", default="", metavar="日期", help="对方申请延到哪天（批准另办）"),
            arg("--person", default="", metavar="姓名", help="同谁讲的，默认当天有效的联络员"),
            arg("--leader", action="store_true", help="由领导出面联系的"),
            CHANNEL,
            DAY,
            NOTE,
        ),
        example="editorial chase log 深圳科创局 --result 约定再联系 --next +2",
    ),
    Verb(
        name="checkin",
        help="填报：单位自己说某项任务到了什么状态（不改登记，有出入的列入待核对）",
        run=chase_checkin,
        arguments=(
            UNIT,
            arg("node", metavar="分目", help="篇目编号/分目编号"),
            arg("--state", required=True, metavar="状态", help="撰写中、已报送等"),
            arg("--expected", default="", metavar="日期", help="预计哪天报送"),
            CHANNEL,
            DAY,
            NOTE,
        ),
        example="editorial chase checkin sz-kcj 03-keji-chuangxin/02-pingtai "
        "--state 撰写中 --expected +3",
    ),
    Verb(
        name="status",
        help="当天联系了多少、还有谁没有联系、哪里对不上",
        run=chase_status,
        arguments=(DAY,),
    ),
    Verb(
        name="close",
        help="日结：全部联系到了才能结，取期号",
        run=chase_close,
        arguments=(DAY,),
    ),
    Verb(
        name="extend",
        help="批准延期：函件或供稿任务改到哪天，以后的步骤随着顺延",
        run=chase_extend,
        arguments=(
            UNIT,
            arg("matters", nargs="*", metavar="事项", help="函件编号或分目编号，不写是全部未了的"),
            arg("--until", required=True, metavar="日期", help="延到哪天，如 +5、3月25日"),
            NOTE,
        ),
        example="editorial chase extend 深圳科创局 0003 --until +5",
    ),
    Verb(
        name="letter",
        help="为催到发函一步的单位拟催办函",
        run=chase_letter,
        arguments=(
            DAY,
            ONE,
            arg("--due", default="", metavar="日期", help="请对方何时答复，默认按催报规则"),
            arg("--to", default="", metavar="单位", help="最后一步的函改致这个单位（如主管部门）"),
        ),
    ),
    Verb(
        name="digest",
        help="出《每日供稿进度情况》，一页，不含电话和邮箱",
        run=chase_digest,
        arguments=(
            DAY,
            arg("--format", default="pdf,docx", metavar="格式", help="pdf、docx，默认都出"),
            arg("--out", default="", metavar="目录", help="放在哪里，默认 out/"),
        ),
    ),
)
