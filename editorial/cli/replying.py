"""letter reply: an answer that came by phone, on paper or by chat, in one line."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now
from editorial.cli.words import ID, NOTE, day_gone, day_of
from editorial.errors import EditorialError
from editorial.model.labels import Answer, Channel

SHORT = {"微信": Channel.CHAT, "邮箱": Channel.MAIL, "优盘": Channel.USB, "纸件": Channel.PAPER}


def channel_of(name: str) -> Channel:
    """By id, label, or the short word people type."""
    for channel in Channel:
        if name in (channel.value, channel.label):
            return channel
    if name in SHORT:
        return SHORT[name]
    known = "、".join(f"{channel.value}（{channel.label}）" for channel in Channel)
    raise EditorialError(f"没有“{name}”这种方式", hint=f"可用：{known}")


def answer_of(name: str) -> Answer | None:
    if not name:
        return None
    for answer in Answer:
        if name in (answer.value, answer.label):
            return answer
    known = "、".join(answer.label for answer in Answer)
    raise EditorialError(f"没有“{name}”这种答复", hint=f"可用：{known}")


def letter_reply(args: Namespace) -> Outcome:
    from editorial.desk.letters import register_reply

    answer = answer_of(args.answer)
    if args.until and answer is not Answer.EXTENSION:
        raise EditorialError("--until 只用于申请延期", hint="加上 --answer 申请延期")
    act = register_reply(
        desk_of(args),
        args.id,
        at=now(),
        on=day_gone(args.on),
        channel=channel_of(args.channel).label,
        doc_no=args.doc_no,
        note=args.note,
        papers=tuple(Path(path) for path in args.file or ()),
        close=args.close,
        answer=answer,
        until=day_of(args.until),
        pass_to=args.pass_to,
    )
    return done(act)


WAYS = "phone 电话、paper 纸质、chat 微信群、hand 当面、usb U盘、mail 邮件"
TOLD = (
    arg(
        "--answer",
        default="",
        metavar="答复",
        help="按期报送、申请延期、非我单位职责、部分非我单位职责、已答复、部分答复",
    ),
    arg("--until", default="", metavar="日期", help="申请延期到哪天"),
    arg("--pass-to", default="", metavar="单位", help="建议转哪个单位"),
    arg("--on", default="", metavar="日期", help="哪天答复的，默认今天"),
    arg("--doc-no", default="", metavar="文号", help="来文字号"),
    arg("--file", action="append", metavar="文件", help="收到的文件，可写多次"),
    arg("--close", action="store_true", help="同时办结"),
    NOTE,
)
REPLY = Verb(
    name="reply",
    help="记一次答复：电话、纸件、微信、当面；按期报送、申请延期、部分非其职责的，函仍在等",
    run=letter_reply,
    arguments=(
        ID,
        arg("--by", "--channel", dest="channel", required=True, metavar="方式", help=WAYS),
        *TOLD,
    ),
    example="editorial letter reply 3 --by phone --answer 申请延期 --until 3月20日",
)
REGISTER = Verb(
    name="register",
    help="回函登记，同 reply；不写方式为邮件",
    run=letter_reply,
    arguments=(
        ID,
        arg("--by", "--channel", dest="channel", default="邮件", metavar="方式", help=WAYS),
        *TOLD,
    ),
)
