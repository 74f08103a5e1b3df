"""A book brought to the press: everything settled, approved, handed over."""

from __future__ import annotations

from datetime import UTC, date, datetime

from editorial.desk.gates import pass_gate
from editorial.desk.keep import keep
from editorial.desk.move import move
from editorial.desk.office import Desk

AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
BOOK = "volumes/xiao-2019"
TEXT = f"{BOOK}/chapters/01-keji/02-pingtai.md"


def change(desk: Desk, path: str, old: str, new: str) -> None:
    file = desk.root / path
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def made_ready(desk: Desk) -> None:
    """Nothing is left open, and every section is 定稿."""
    record = f"{BOOK}/chapters/01-keji/02-pingtai.yaml"
    last = "  - {at: 2019-10-08T09:00:00+08:00, by: fangmin, to: issued}\nhistory"
    step = "  - {at: 2020-01-08T09:00:00+08:00, by: fangmin, to: accepted}\nhistory"
    done = last.replace("history", step)
    change(desk, record, last, done)
    change(desk, TEXT, "，其中待补。", "。")
    keep(desk, "补齐")
    move(desk, ("01-keji", "02-jichu"), "定稿", at=AT, note="示例", force=True)


def approved(desk: Desk) -> None:
    made_ready(desk)
    pass_gate(desk, "批准", doc_no="示政函〔2020〕3号", day=date(2020, 3, 1), at=AT)
    move(desk, ("xiao-2019",), "批准", at=AT)


def pressed(desk: Desk) -> None:
    approved(desk)
    move(desk, ("xiao-2019",), "发稿", at=AT)
