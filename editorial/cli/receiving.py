"""The command receive, known without importing what it needs."""

from __future__ import annotations

from argparse import Namespace

from editorial.cli.outcome import Outcome, Verb, arg


def receive(args: Namespace) -> Outcome:
    from editorial.cli.returns import receive as take_in

    return take_in(args)


RECEIVE = Verb(
    name="receive",
    help="收件：文件、邮件（.eml）、压缩包或整个目录",
    run=receive,
    arguments=(
        arg("paths", nargs="+", metavar="文件或目录", help="可写多个；目录里的文件逐个收"),
        arg(
            "--letter",
            default="",
            metavar="函件",
            help="已知是哪一函的回件；看不准是不是答复的，仍要认领",
        ),
        arg(
            "--by",
            "--channel",
            dest="channel",
            default="",
            metavar="方式",
            help="chat 微信群、paper 纸质、hand 当面、usb U盘、mail 邮件；"
            "不写时，.eml 为邮件，其余为 U盘",
        ),
    ),
    example="editorial receive 下载/科创局回函.zip --by chat",
)
