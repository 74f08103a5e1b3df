"""A letter composed for print: the slots of GB/T 9704-2012 clause 10.1, filled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Annex:
    """附件: a table on its own page(s). Every row has as many cells as `columns`."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """`body` pairs a level with its text: 0 正文, 1 一、 (黑体), 2 （一） (楷体).

    `number` is empty before 签发; `date` is written 2020年3月5日. `remark` is the 附注
    (联系人及电话) without its brackets. `sample` stamps 示例 on screen copies of samples.
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
    annexes: tuple[Annex, ...] = ()
    keywords: tuple[str, ...] = ()
