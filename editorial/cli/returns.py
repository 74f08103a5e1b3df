"""Commands on what comes in: receive, mail fetch, returns list | show | claim | aside."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now
from editorial.cli.replying import channel_of
from editorial.cli.table import cut, table
from editorial.cli.words import ID, NOTE
from editorial.errors import EditorialError
from editorial.model.returns import Return, ReturnState, return_state

if TYPE_CHECKING:
    from editorial.desk.receive import Taken

LONGEST = 72  # columns of a subject on the screen; returns show has all of it
HEAD = ("编号", "状态", "类别", "收到", "方式", "函件", "凭据", "来自", "主题")


def receive(args: Namespace) -> Outcome:
    from editorial.desk.returns import receive_paths

    paths = tuple(Path(path) for path in args.paths)
    channel = channel_of(args.channel) if args.channel else None
    return _haul(receive_paths(desk_of(args), paths, at=now(), channel=channel, letter=args.letter))


def mail_fetch(args: Namespace) -> Outcome:
    from editorial.desk.returns import fetch_mail

    return _haul(fetch_mail(desk_of(args), at=now()))


def _haul(things: Iterable[Taken]) -> Outcome:
    """What was kept is told even when something later stops the rest."""
    taken: list[Taken] = []
    stopped: EditorialError | None = None
    try:
        for each in things:
            taken.append(each)
    except EditorialError as error:
        if not taken:
            raise
        stopped = error
    lines = [line for each in taken for line in _lines(each)]
    fresh = [each for each in taken if each.act]
    rows = [_taken(each) for each in taken]
    lines += [_summary(taken, len(fresh))]
    if stopped is not None:
        lines += [f"没有收完：{stopped.message}", f"办法：{stopped.hint}"]
    data = {"received": rows, "stopped": stopped.message if stopped else ""}
    return Outcome(lines=tuple(lines), data=data, code=2 if stopped else 0)


def _summary(taken: list[Taken], fresh: int) -> str:
    waiting = sum(
        1
        for each in taken
        if each.act and each.paper and return_state(each.paper) is ReturnState.UNMATCHED
    )
    again = len(taken) - fresh
    told = f"收下{fresh}件" if fresh else "没有新的来件"
    told += f"，其中待认领{waiting}件（editorial returns list --unmatched）" if waiting else ""
    return told + (f"；{again}件以前收过或是本部发出的" if again else "")


def _lines(taken: Taken) -> list[str]:
    paper = taken.paper
    if paper is None or taken.act is None:
        where = f"（来件{paper.id}）" if paper else ""
        return [f"{cut(taken.name, LONGEST)}　{taken.outcome.label}{where}"]
    state = return_state(paper)
    letter = f"　函件{paper.letter}（{paper.matched_by}）" if paper.letter else ""
    maybe = f"　可能是 {'、'.join(paper.candidates)}" if paper.candidates else ""
    reason = f"　{paper.reason}" if paper.reason else ""
    name = cut(taken.name, LONGEST)
    head = f"来件{paper.id}　{state.label}{letter}{maybe}{reason}　{name}"
    return [head, *(f"  {each}" for each in (*_answer(paper), *paper.told))]


def _answer(paper: Return) -> list[str]:
    if paper.answer is None:
        return []
    until = f"至{paper.until}" if paper.until else ""
    other = f"，建议转{paper.pass_to}" if paper.pass_to else ""
    return [f"答复：{paper.answer.label}{until}{other}"]


def _taken(taken: Taken) -> dict[str, Any]:
    paper = _data(taken.paper) if taken.paper else {}
    commit = taken.act.commit if taken.act else ""
    return {
        "outcome": taken.outcome.value,
        "name": taken.name,
        "volume": taken.volume,
        "commit": commit,
        **paper,
    }


def _data(paper: Return) -> dict[str, Any]:
    return {
        "id": paper.id,
        "state": return_state(paper).value,
        "label": return_state(paper).label,
        "kind": paper.kind.value,
        "at": paper.at,
        "channel": paper.channel.value,
        "sender": paper.sender,
        "subject": paper.subject,
        "message_id": paper.message_id,
        "letter": paper.letter,
        "matched_by": paper.matched_by,
        "candidates": list(paper.candidates),
        "of": paper.of,
        "reason": paper.reason,
        "told": list(paper.told),
        "written": paper.written,
        "answer": paper.answer.value if paper.answer else "",
        "until": paper.until,
        "pass_to": paper.pass_to,
        "items": [{"number": each.number, "text": each.text} for each in paper.items],
        "papers": [{"name": p.name, "sha256": p.sha256, "size": p.size} for p in paper.papers],
    }


def returns_list(args: Namespace) -> Outcome:
    from editorial.desk.returns import returns

    found = returns(desk_of(args))
    if args.unmatched:
        found = tuple(each for each in found if return_state(each) is ReturnState.UNMATCHED)
    lines = table(HEAD, [_row(each) for each in found]) if found else ["没有来件"]
    return Outcome(lines=tuple(lines), data=[_data(each) for each in found])


def _row(paper: Return) -> tuple[str, ...]:
    subject = paper.subject or (paper.papers[0].name if paper.papers else "")
    return (
        paper.id,
        return_state(paper).label,
        paper.kind.label,
        f"{paper.at:%Y-%m-%d %H:%M}",
        paper.channel.label,
        paper.letter or "、".join(f"{each}？" for each in paper.candidates) or "-",
        paper.matched_by or "-",
        paper.sender or "-",
        cut(subject, LONGEST),
    )


def returns_show(args: Namespace) -> Outcome:
    from editorial.cli.words import people_names
    from editorial.desk.returns import find_return, folder_of

    desk = desk_of(args)
    paper, names = find_return(desk, args.id), people_names(desk)
    state = return_state(paper)
    lines = [
        f"{paper.id}　{paper.kind.label}　{state.label}　{paper.channel.label}",
        f"主题：{paper.subject}" if paper.subject else "",
        f"来自：{paper.sender}" if paper.sender else "",
        f"收到：{paper.at:%Y-%m-%d %H:%M}",
        f"函件：{paper.letter}（{paper.matched_by}）" if paper.letter else "",
        f"可能是：{'、'.join(paper.candidates)}" if paper.candidates else "",
        f"搁置原因：{paper.reason}" if paper.reason else "",
        f"参见来件：{paper.of}" if paper.of else "",
        *_answer(paper),
        *(f"第{each.number}项：{each.text}" for each in paper.items),
        *(f"注意：{each}" for each in paper.told),
        *(f"附：{each.name}（{each.size:,} 字节）" for each in paper.papers),
        f"文件在：{folder_of(desk, paper)}",
        *(
            f"{step.at:%Y-%m-%d %H:%M}　{names.get(step.by, step.by)}　"
            f"{ReturnState(step.to).label}　{step.note}".rstrip()
            for step in paper.history
        ),
    ]
    return Outcome(lines=tuple(line for line in lines if line), data=_data(paper))


def returns_claim(args: Namespace) -> Outcome:
    from editorial.desk.returns import claim

    return done(claim(desk_of(args), args.id, args.letter, at=now(), note=args.note))


def returns_aside(args: Namespace) -> Outcome:
    from editorial.desk.returns import set_aside

    return done(set_aside(desk_of(args), args.id, at=now(), note=args.note))


MAIL = (Verb(name="fetch", help="从信箱和收件夹收新来件，信箱里的邮件不动", run=mail_fetch),)
RETURNS = (
    Verb(
        name="list",
        help="来件一览",
        run=returns_list,
        arguments=(arg("--unmatched", action="store_true", help="只看待认领的"),),
    ),
    Verb(name="show", help="一件的全部情况", run=returns_show, arguments=(ID,)),
    Verb(
        name="claim",
        help="认领：这一件是哪一函的回件，同时登记回函",
        run=returns_claim,
        arguments=(ID, arg("--letter", required=True, metavar="函件", help="编号或发文字号"), NOTE),
    ),
    Verb(
        name="aside",
        help="搁置：不是回件，写明原因，仍然保存",
        run=returns_aside,
        arguments=(ID, arg("--note", required=True, metavar="原因")),
    ),
)
