"""Commands on what comes in: receive, mail fetch, returns list | show | claim | aside."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now
from editorial.cli.replying import channel_of
from editorial.cli.table import cut, table
from editorial.cli.words import ID, NOTE
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

    things = fetch_mail(desk_of(args), at=now())
    return _haul(things, _say) if args.json else _haul(things)  # who reads JSON waits for it


def _say(words: str) -> None:
    with suppress(OSError):  # nobody listening any more is no reason to stop
        print(words, file=sys.stderr, flush=True)


def _haul(things: Iterable[Taken], say: Callable[[str], None] = lambda _: None) -> Outcome:
    from editorial.desk.return_words import haul, summed, taken_lines

    found = haul(things, say)
    lines = [line for each in found.taken for line in taken_lines(each, cut(each.name, LONGEST))]
    lines += [summed(found, "（editorial returns list --unmatched）")]
    stop = found.stopped
    if stop is not None:
        lines += [f"没有收完：{stop.message}", f"办法：{stop.hint}"]
    data = {
        "message": summed(found) + (f"；没有收完：{stop.message}" if stop else ""),
        "received": [_taken(each) for each in found.taken],
        "stopped": stop.message if stop else "",
    }
    return Outcome(lines=tuple(lines), data=data, code=2 if stop else 0)


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
    from editorial.desk.correspondence import returns
    from editorial.model.return_selection import RETURNS
    from editorial.model.selection import holds, parse_terms

    terms = parse_terms(args.where, RETURNS)
    found = tuple(x for x in returns(desk_of(args)) if holds(terms, x, None, RETURNS))
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
    from editorial.desk.correspondence import find_return
    from editorial.desk.return_words import return_lines
    from editorial.desk.returns import folder_of, words_in

    desk = desk_of(args)
    paper = find_return(desk, args.id)
    words = words_in(desk, paper)
    lines = return_lines(paper, people_names(desk), folder_of(desk, paper), words)
    return Outcome(lines=lines, data=_data(paper))


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
        arguments=(
            arg("--unmatched", action="store_true", help="只看待认领的"),
            arg("--where", default="", metavar="筛选", help="如 '来自:深圳 类别:回函'，都要符合"),
        ),
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
