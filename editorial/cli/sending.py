"""发出: the command that sends letters, one or many."""

from __future__ import annotations

import sys
from argparse import Namespace
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now
from editorial.cli.table import table
from editorial.cli.words import day_of
from editorial.errors import EditorialError
from editorial.model.labels import Channel

if TYPE_CHECKING:
    from editorial.desk.send_plan import Wish
    from editorial.desk.send_results import Result
    from editorial.desk.sending import Sent

HEAD = ("编号", "单位", "方式", "收件人", "结果", "说明")


def letter_send(args: Namespace) -> Outcome:
    from editorial.desk.sending import send_letter, send_letters

    wish = _wish(args)
    several = bool(args.all or args.batch)
    if several == bool(args.ids):
        hint = "写编号，或 --batch 批次，或 --all（全部已签发的），三者取一"
        raise EditorialError("没有说清发哪几封", hint=hint)
    if len(args.ids) == 1 and not args.dry_run:
        return done(send_letter(desk_of(args), args.ids[0], at=now(), wish=wish))
    sent = send_letters(
        desk_of(args),
        tuple(args.ids),
        at=now(),
        wish=wish,
        everything=args.all,
        batch=args.batch,
        dry=args.dry_run,
        progress=_say,
    )
    return _told(sent, dry=args.dry_run)


def _say(text: str) -> None:
    with suppress(OSError):  # nobody listening any more is no reason to stop
        print(text, file=sys.stderr, flush=True)


def _wish(args: Namespace) -> Wish:
    from editorial.desk.send_plan import Wish

    if args.resend and args.sent:
        raise EditorialError(
            "--resend 和 --sent 只能写一个", hint="收到了写 --sent，没收到写 --resend"
        )
    return Wish(
        channel=_channel(args.channel),
        to=args.to,
        on=day_of(args.on, past=True),
        resend=args.resend,
        sent=args.sent,
    )


def _channel(name: str) -> Channel | None:
    from editorial.desk.send_plan import WAYS

    if not name:
        return None
    for channel in WAYS:
        if name in (channel.value, channel.label):
            return channel
    known = "、".join(f"{way.value}（{way.label}）" for way in WAYS)
    raise EditorialError(f"没有“{name}”这种发法", hint=f"可用：{known}")


def _told(sent: Sent, *, dry: bool) -> Outcome:
    from editorial.desk.send_results import summed

    if not sent.results:
        return Outcome(
            lines=("没有待发的函",), data={"message": "没有待发的函", "letters": [], "commit": ""}
        )
    lines = table(HEAD, [_row(each) for each in sent.results])
    remain = sum(each.remains for each in sent.results)
    lines.append(summed(sent.results, dry=dry))
    if sent.commit:
        lines.append(f"提交 {sent.commit[:10]}")
    hints = dict.fromkeys(each.hint for each in sent.results if each.hint)
    trouble = (
        (f"错误：{sent.trouble.message}", f"办法：{sent.trouble.hint}") if sent.trouble else ()
    )
    remarks = (*sent.remarks, *trouble, *(f"办法：{hint}" for hint in hints if not trouble))
    data = {
        "message": summed(sent.results, dry=dry),
        "letters": [_data(each) for each in sent.results],
        "commit": sent.commit,
        "remarks": [*sent.remarks, *trouble],
    }
    return Outcome(lines=tuple(lines), data=data, code=1 if remain else 0, remarks=remarks)


def _row(result: Result) -> tuple[str, ...]:
    return (
        result.letter.id,
        result.unit,
        result.channel.label if result.channel else "-",
        result.to or "-",
        result.state,
        result.words or "-",
    )


def _data(result: Result) -> dict[str, Any]:
    return {
        "id": result.letter.id,
        "number": result.letter.number,
        "unit": result.letter.unit,
        "channel": result.channel.value if result.channel else "",
        "to": result.to,
        "state": result.state,
        "words": result.words,
        "hint": result.hint,
        "remains": result.remains,
    }


SEND = Verb(
    name="send",
    help="发出：邮件、纸质、当面、U盘、微信，各按单位首选的方式",
    run=letter_send,
    arguments=(
        arg("ids", nargs="*", metavar="编号", help="函件的编号，可写多个"),
        arg("--all", action="store_true", help="全部已签发的；同 --sent，全部待寄出的"),
        arg("--batch", default="", metavar="批次", help="这一批的"),
        arg(
            "--by",
            dest="channel",
            default="",
            metavar="方式",
            help="mail 邮件、paper 纸质、hand 当面、usb U盘、chat 微信；默认按单位首选",
        ),
        arg("--to", default="", metavar="姓名", help="交给谁，默认当天有效的联络员"),
        arg("--on", default="", metavar="日期", help="哪天交的，默认今天"),
        arg("--dry-run", action="store_true", help="只看怎样发，不发"),
        arg("--resend", action="store_true", help="没有收到的，同一封再发一次"),
        arg("--sent", action="store_true", help="发件箱里的已寄出，或下落不明的核实已收到"),
    ),
    example="editorial letter send --all --dry-run",
)
