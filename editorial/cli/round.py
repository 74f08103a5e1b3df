"""Commands on review rounds."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.cli.meeting import MEETING
from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, today
from editorial.cli.round_papers import ROUND_PAPERS
from editorial.cli.table import table
from editorial.cli.words import DUE, ID, NOTE, SOME, day_gone, day_of
from editorial.errors import EditorialError
from editorial.model.labels import ReviewKind
from editorial.model.reviews import disposition, round_state, untyped

if TYPE_CHECKING:
    from editorial.desk.rounds import Wish
    from editorial.model.reviews import Round
    from editorial.model.round_standing import ReaderStanding, RoundStanding


def round_open(args: Namespace) -> Outcome:
    from editorial.desk.rounds import open_round

    round_, act = open_round(
        desk_of(args),
        args.title,
        at=now(),
        kind=_kind(args.kind),
        nodes=tuple(args.nodes),
        readers=tuple(args.reader or ()),
        due=day_of(args.due),
        purpose=args.purpose,
        wish=_wish(args) if args.draft or args.copies_to else None,
    )
    data = {"id": round_.id, "text_commit": round_.commit, "tag": round_.tag}
    return done(act, **data, draft=round_.draft, edition=round_.edition)


def _kind(name: str) -> ReviewKind:
    for kind in ReviewKind:
        if name in (kind.value, kind.label):
            return kind
    hint = f"可用：{'、'.join(kind.label for kind in ReviewKind)}"
    raise EditorialError(f"没有“{name}”这种审级", hint=hint)


def _wish(args: Namespace) -> Wish:
    from editorial.desk.rounds import Wish

    return Wish(
        style=args.style,
        formats=tuple(args.format.split(",")) if args.format else None,
        copies_to=args.copies_to,
        out=Path(args.out).absolute() if args.out else None,
        progress=_say,
    )


def _say(words: str) -> None:
    with suppress(BrokenPipeError):
        print(words, file=sys.stderr, flush=True)


def round_draft(args: Namespace) -> Outcome:
    from editorial.desk.round_draft import draft_round

    round_, act = draft_round(desk_of(args), args.id, _wish(args), at=now())
    return done(act, id=round_.id, draft=round_.draft, edition=round_.edition)


def round_list(args: Namespace) -> Outcome:
    from editorial.desk.round_list import rounds
    from editorial.model.round_standing import days_words, standing_of

    found = [standing_of(each, today()) for each in rounds(desk_of(args))]
    rows = [
        (
            each.round.id,
            each.round.kind.label,
            round_state(each.round).label,
            f"{each.disposed}/{each.total}" + (f"（豁免{each.exempted}）" if each.exempted else ""),
            f"{each.heard}/{len(each.round.readers)}",
            f"{each.round.due or '-'}" + (f" {words}" if (words := days_words(each)) else ""),
            f"第{each.round.edition}稿" if each.round.edition else "-",
            each.round.commit[:8],
            each.round.title,
        )
        for each in found
    ]
    head = ("轮次", "审级", "状态", "已处理", "回音", "期限", "稿次", "文本", "名称")
    return Outcome(lines=tuple(table(head, rows)), data=[_data(each) for each in found])


def _data(each: RoundStanding) -> dict[str, Any]:
    round_ = each.round
    return {
        "id": round_.id,
        "title": round_.title,
        "kind": round_.kind.value,
        "state": round_state(round_).value,
        "due": round_.due,
        "days": each.days,
        "overdue": each.overdue,
        "commit": round_.commit,
        "tag": round_.tag,
        "draft": round_.draft,
        "edition": round_.edition,
        "opinions": each.total,
        "disposed": each.disposed,
        "exempted": each.exempted,
        "waiting": each.waiting,
        "readers": len(round_.readers),
        "heard": each.heard,
    }


def round_show(args: Namespace) -> Outcome:
    from editorial.desk.round_list import find_round
    from editorial.desk.round_remind import readers_of
    from editorial.model.round_standing import days_words, standing_of

    desk = desk_of(args)
    round_ = find_round(desk, args.id)
    standing, readers = standing_of(round_, today()), readers_of(desk, round_)
    state = "，".join(filter(None, (round_state(round_).label, days_words(standing))))
    lines = [
        f"{round_.id}　{round_.kind.label}：{round_.title}（{state}）",
        *([f"目的：{round_.purpose}"] if round_.purpose else []),
        f"范围：{f'{len(round_.sections)}个分目' if round_.sections else '全书'}",
        f"文本：{round_.commit[:10]}" + (f"，标签 {round_.tag}" if round_.tag else ""),
        *([f"稿次：第{round_.edition}稿（稿样{round_.draft}）"] if round_.draft else []),
        *([f"期限：{round_.due}"] if round_.due else []),
        f"意见：{standing.total}条，有结论{standing.disposed}条，待处理{standing.waiting}条"
        + (f"，豁免{standing.exempted}条" if standing.exempted else ""),
        *(f"豁免：{each.opinion}　{each.reason}" for each in round_.exempted),
        *(f"待录入的原件：{each.id}　{each.name}　{each.reader}" for each in untyped(round_)),
        "",
        *table(("编号本", "意见", "回复", "审读人"), [_reader(each) for each in readers]),
        "",
        *(
            f"{s.at:%Y-%m-%d %H:%M}　{s.by}　{_step(s.to)}　{s.note}".rstrip()
            for s in round_.history
        ),
    ]
    return Outcome(lines=tuple(lines), data={**_data(standing), **_more(round_, readers)})


def _more(round_: Round, readers: tuple[ReaderStanding, ...]) -> dict[str, Any]:
    """What one round is shown with that the list of all leaves out."""
    return {
        "purpose": round_.purpose,
        "sections": list(round_.sections),
        "exemptions": [{"opinion": e.opinion, "reason": e.reason} for e in round_.exempted],
        "people": [
            {"name": e.name, "copy": e.copy, "opinions": e.opinions, "answer": e.answer}
            for e in readers
        ],
        "untyped": [each.id for each in untyped(round_)],
        "undecided": [o.id for o in round_.opinions if disposition(o).value == "pending"],
    }


def _reader(each: ReaderStanding) -> tuple[str, ...]:
    answer = each.answer or ("有意见" if each.opinions else "没有回音")
    copy = f"{each.copy:02}号" if each.copy else "-"
    return copy, str(each.opinions), answer, each.name


def _step(to: str) -> str:
    from editorial.model.labels import RoundState

    return {RoundState.OPEN: "开始", RoundState.CLOSED: "结束"}[RoundState(to)]


def round_remind(args: Namespace) -> Outcome:
    from editorial.desk.round_remind import letters_to_silent, reminders

    desk = desk_of(args)
    round_, found = reminders(desk, args.id, today())
    data: dict[str, Any] = {
        "id": round_.id,
        "silent": [
            {"reader": e.reader, "copy": e.copy, "days": e.days, "unit": e.unit, "text": e.text}
            for e in found
        ],
    }
    if not found:
        return Outcome(lines=(f"“{round_.title}”的审读人都有了回音",), data=data)
    if args.letters:
        drafted, act = letters_to_silent(desk, args.id, at=now(), due=day_of(args.due))
        return done(act, **data, letters=[letter.id for letter in drafted])
    rows = [
        (f"{e.copy:02}号" if e.copy else "-", _days(e.days), e.unit or "-", e.reader) for e in found
    ]
    lines = [*table(("编号本", "期限", "单位", "没有回音的审读人"), rows)]
    if args.text:
        lines += [line for each in found for line in ("", each.text)]
    return Outcome(lines=tuple(lines), data=data, code=1)


def _days(days: int | None) -> str:
    if days is None:
        return "-"
    return f"逾期{-days}天" if days < 0 else f"还有{days}天" if days else "今天到期"


def round_answered(args: Namespace) -> Outcome:
    from editorial.desk.rounds import answer_round

    desk, day = desk_of(args), day_gone(args.on)
    return done(answer_round(desk, args.id, args.reader, at=now(), note=args.note, day=day))


def round_close(args: Namespace) -> Outcome:
    from editorial.desk.rounds import close_round

    exempt = tuple(args.exempt or ())
    return done(close_round(desk_of(args), args.id, at=now(), note=args.note, exempt=exempt))


def round_reopen(args: Namespace) -> Outcome:
    from editorial.desk.rounds import reopen_round

    return done(reopen_round(desk_of(args), args.id, at=now(), note=args.note))


_PRINT = (
    arg("--style", default="", metavar="样式", help="稿样的样式，默认是本书的 draft_style"),
    arg("--format", default="", metavar="格式", help="pdf、docx，默认都出"),
    arg("--copies-to", default="", metavar="名单", help="编号本的读者名单（readers.yaml）"),
    arg("--out", default="", metavar="目录", help="放在哪里，默认 out/"),
)

ROUND = (
    Verb(
        name="open",
        help="开始一轮评议，文字就此定住",
        run=round_open,
        arguments=(
            arg("title", metavar="名称", help="如 评议会"),
            SOME,
            arg("--kind", default="评议", metavar="审级", help="初审、复审、终审、评议……"),
            arg("--reader", action="append", metavar="审读人", help="可写多次"),
            DUE,
            arg("--purpose", default="", metavar="目的"),
            arg("--draft", action="store_true", help="同时出评议稿，印明这一轮的名称和稿次"),
            *_PRINT,
        ),
        example="editorial round open 评议会 --reader 专家甲 --due +14 --copies-to readers.yaml",
    ),
    Verb(name="list", help="各轮评议：审级、状态、期限、回音", run=round_list),
    Verb(name="show", help="一轮评议：审读人、意见、经过", run=round_show, arguments=(ID,)),
    Verb(
        name="draft",
        help="给已开始的一轮出评议稿，或补出编号本",
        run=round_draft,
        arguments=(ID, *_PRINT),
    ),
    Verb(
        name="remind",
        help="还没有回音的审读人和催请的话",
        run=round_remind,
        arguments=(
            ID,
            arg("--text", action="store_true", help="连同给每位的话一起印出"),
            arg("--letters", action="store_true", help="其中登记过的单位，各拟一封征求意见函"),
            DUE,
        ),
    ),
    Verb(
        name="answered",
        help="记下一位审读人没有意见",
        run=round_answered,
        arguments=(
            ID,
            arg("reader", metavar="审读人"),
            arg("--note", default="无意见", metavar="说明", help="怎样说的，默认 无意见"),
            arg("--on", default="", metavar="日期", help="哪天答复的，默认今天"),
        ),
    ),
    Verb(
        name="close",
        help="结束一轮（意见须都有结论）",
        run=round_close,
        arguments=(
            ID,
            arg("--exempt", action="append", metavar="意见", help="不处理的意见，须写 --note 理由"),
            NOTE,
        ),
        example="editorial round close 02 --exempt 02/003 --note 重复的来函",
    ),
    Verb(
        name="reopen",
        help="重开已结束的一轮，须写理由",
        run=round_reopen,
        arguments=(ID, NOTE),
    ),
    *ROUND_PAPERS,
    MEETING,
)
