"""Commands on the meeting of a round: its record, the vote, the scores, the minutes."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, today, whole
from editorial.cli.paper import OUT, format_of, kinds, papers_out
from editorial.cli.words import ID, day_of, parted
from editorial.errors import EditorialError

if TYPE_CHECKING:
    from editorial.model.meeting import Expert, FollowUp, Statement


def meeting_set(args: Namespace) -> Outcome:
    from editorial.desk.meetings import find_conclusion, moment, set_meeting
    from editorial.model.meeting import Meeting

    day = day_of(args.on, past=True)
    if args.time and day is None:
        raise EditorialError("只写了钟点，没有写日期", hint="加上 --on 日期")
    told = Meeting(
        title=args.title,
        draft=args.draft,
        at=moment(day, args.time) if day else None,
        place=args.place,
        chair=args.chair,
        experts=tuple(_experts(args)),
        attendants=tuple(args.attendant or ()),
        statements=tuple(_statements(args.said or ())),
        evaluation=args.evaluation,
        conclusion=find_conclusion(args.conclusion),
        drop_extremes={"": None, "yes": True, "no": False}[args.drop_extremes],
        summary=args.summary,
        follow_ups=tuple(_duties(args.follow_up or ())),
        number=args.number,
    )
    return done(set_meeting(desk_of(args), args.id, told))


def _experts(args: Namespace) -> Iterator[Expert]:
    from editorial.model.meeting import Expert

    written = dict(_parted(each, "书面意见") for each in args.written or ())
    absent = frozenset((*(args.absent or ()), *written))
    for text in args.expert or ():
        name, unit, title, *_ = (*(part.strip() for part in text.split("/", 2)), "", "")
        yield Expert(
            name=name,
            unit=unit,
            title=title,
            present=name not in absent,
            lead=name == args.lead,
            written=written.get(name, ""),
        )
    named = {text.split("/")[0].strip() for text in args.expert or ()}
    unknown = sorted((absent | ({args.lead} if args.lead else set())) - named)
    if unknown:
        hint = "同时写上 --expert 姓名/单位/职务"
        raise EditorialError(f"没有列为专家：{'、'.join(unknown)}", hint=hint)


def _statements(texts: Iterable[str]) -> Iterator[Statement]:
    from editorial.model.meeting import Statement

    for text in texts:
        name, words = _parted(text, "发言要点")
        yield Statement(by=name, points=(words,))


def _parted(text: str, what: str) -> tuple[str, str]:
    name, words = parted(text)
    if not (name and words):
        raise EditorialError(f"“{text}”里看不出是谁的{what}", hint="写作 姓名=文字")
    return name, words


def _duties(texts: Iterable[str]) -> Iterator[FollowUp]:
    from editorial.model.meeting import FollowUp

    for text in texts:
        task, by, due, *_ = (*(part.strip() for part in text.split("/", 2)), "", "")
        yield FollowUp(task=task, by=by, due=day_of(due))


def meeting_vote(args: Namespace) -> Outcome:
    from editorial.desk.meetings import take_vote

    given = (args.yes, args.no, args.abstain)
    numbers = None if given == (None, None, None) else tuple(each or 0 for each in given)
    named = tuple(_parted(each, "票") for each in args.named or ())
    act = take_vote(
        desk_of(args),
        args.id,
        numbers=(numbers[0], numbers[1], numbers[2]) if numbers else None,
        named=named,
        conclusion=args.conclusion,
    )
    return done(act)


def meeting_score(args: Namespace) -> Outcome:
    from editorial.desk.meetings import make_score_form, take_scores
    from editorial.model.minutes import number, score_words

    if args.file is None:
        return papers_out(make_score_form(desk_of(args), args.id, today=today(), out=args.out))
    try:
        data = args.file.read_bytes()
    except OSError as error:
        raise EditorialError(f"读不了 {args.file}", hint="请核对路径") from error
    result, act = take_scores(desk_of(args), args.id, data, args.file.name)
    outcome = done(act, average=number(result.average), kept=list(result.kept))
    lines = (f"{score_words(result)}", *outcome.lines)
    return Outcome(lines=lines, data=outcome.data, remarks=outcome.remarks)


def meeting_minutes(args: Namespace) -> Outcome:
    from editorial.desk.meetings import make_minutes

    made = make_minutes(
        desk_of(args), args.id, today=today(), formats=kinds(args.format), out=args.out
    )
    return papers_out(made)


CONCLUSION = arg(
    "--conclusion", default="", metavar="结论", help="通过、原则通过、修改后重新评议、不通过"
)
MEETING = Verb(
    name="meeting",
    help="评议会：登记、表决、评分、纪要",
    verbs=(
        Verb(
            name="set",
            help="登记评议会，或补充、改正已登记的",
            run=meeting_set,
            arguments=(
                ID,
                arg("--title", default="", metavar="名称", help="会议名称，默认轮次的名称"),
                arg("--draft", default="", metavar="稿名", help="稿名与稿次，默认取自轮次"),
                arg("--on", default="", metavar="日期", help="开会日期"),
                arg("--time", default="", metavar="钟点", help="如 9:00"),
                arg("--place", default="", metavar="地点"),
                arg("--chair", default="", metavar="主持人"),
                arg("--expert", action="append", metavar="专家", help="姓名/单位/职务，可写多次"),
                arg("--lead", default="", metavar="姓名", help="主审人"),
                arg("--absent", action="append", metavar="姓名", help="没有到会的专家"),
                arg("--written", action="append", metavar="意见", help="姓名=书面意见（没有到会）"),
                arg("--attendant", action="append", metavar="列席", help="可写多次"),
                arg("--said", action="append", metavar="发言", help="姓名=发言要点，可写多次"),
                arg("--evaluation", default="", metavar="评价", help="评价意见"),
                CONCLUSION,
                arg(
                    "--drop-extremes",
                    choices=("yes", "no"),
                    default="",
                    help="评分去不去掉最高分、最低分，不写照 scores.yaml",
                ),
                arg("--summary", default="", metavar="小结", help="主持人小结"),
                arg("--follow-up", action="append", metavar="要求", help="要求/承办人/期限"),
                arg("--number", default="", metavar="文号", help="纪要文号"),
            ),
        ),
        Verb(
            name="vote",
            help="登记表决：票数（无记名）或各人的票（记名）",
            run=meeting_vote,
            arguments=(
                ID,
                arg("--yes", type=whole, default=None, metavar="票"),
                arg("--no", type=whole, default=None, metavar="票"),
                arg("--abstain", type=whole, default=None, metavar="票"),
                arg("--named", action="append", metavar="姓名=票", help="同意、不同意、弃权"),
                CONCLUSION,
            ),
        ),
        Verb(
            name="score",
            help="读入评分表（xlsx、csv）；不写文件则出空白评分表",
            run=meeting_score,
            arguments=(ID, arg("file", nargs="?", type=Path, default=None, metavar="文件"), OUT),
        ),
        Verb(
            name="minutes",
            help="评议会纪要，附专家名单、表决表、评分表",
            run=meeting_minutes,
            arguments=(ID, format_of("pdf,docx"), OUT),
        ),
    ),
)
