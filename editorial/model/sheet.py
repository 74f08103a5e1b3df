"""A letter composed for print: the slots of GB/T 9704-2012 clause 10.1, filled."""

from __future__ import annotations

from editorial.model.origin import Origin
from editorial.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """附件: a table on its own page(s). Every row has as many cells as `columns`.

    `wide` tables lie on the paper (GB/T 9704-2012, 11); `blank` is the column waiting for the
    unit's answer, none when negative; `note` stands under the table.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: bool = False
    blank: int = -1
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """One of the sentences to choose from: `name` is its `Answer`; `blank` names the gap to be
    filled between `before` and `after`, empty when there is none."""

    name: str
    before: str
    blank: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerForm:
    """回执: to whom, about what, what is ticked, and who fills it in: (name, label) of blanks.

    One that lies `apart` is a paper of its own and bears the letter's number (GB/T 9704-2012,
    7.3.7); it is named under the text all the same.
    """

    title: str
    to: str
    matter: str
    ticks: tuple[Tick, ...]
    blanks: tuple[tuple[str, str], ...]
    note: str = ""
    apart: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`body` pairs a level with its text: 0 正文, 1 一、 (黑体), 2 （一） (楷体).

    `number` is empty before 签发; `date` is written 2020年3月5日. `remark` is the 附注
    (联系人及电话) without its brackets; `marks` are 密级 and 紧急程度, one under the other;
    `partners` the further offices signing a joint letter, whose letterhead is the host's alone.
    `origin` is printed unseen, for the way home.
    """

    letterhead: str
    number: str
    title: str
    addressee: str
    body: tuple[tuple[int, str], ...]
    issuer: str
    date: str
    remark: str = ""
    cc: tuple[str, ...] = ()
    annexes: tuple[Annex | AnswerForm, ...] = ()
    marks: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    origin: Origin | None = None
