"""Rows of a table of units and their contacts, as offices keep it: columns in any order, under
whatever usual name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from unicodedata import normalize

from editorial.errors import EditorialError
from editorial.values import dataclass

# What a column may be called, without blanks, brackets and what stands in them.
_CALLED = """
id: 编号 单位编号 单位代码 代码
unit: 单位 单位名称 单位全称 全称 名称 供稿单位 供稿单位名称 供稿单位全称 承编单位 部门 部门名称
short: 简称 单位简称
city: 城市 地市 所在城市 所在地 地区
kind: 类别 单位类别 类型 单位类型
honorific: 称呼
name: 联络员 联系人 姓名 联络员姓名 联系人姓名 通讯员 撰稿人
post: 职务 职称 职务职称 联络员职务 联系人职务 科室职务
office: 科室 处室
phone: 电话 联系电话 办公电话 手机 手机号 手机号码 电话号码 固定电话 座机 联系方式 联络员电话
mail: 邮箱 电子邮箱 电子邮件 邮件 邮箱地址 e-mail email 联络员邮箱
chat: 微信 微信号 微信群
channel: 首选方式 首选 首选渠道 送达方式 发函方式 方式
number: 序号 序 号 no
"""
_KNOWN = {
    name: line.split(":")[0]
    for line in _CALLED.strip().splitlines()
    for name in line.split(":")[1].split()
}
_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]?")
_EMPTY = re.compile(r"[-—－/／\\、]*|无")
_ASIDE = re.compile(r"(?:注|备注|说明|填表|附注|合计|共计)\s*[:：]?")
_TOTAL = re.compile(
    r"(?:本页|以上)?(?:[合共总小]\s*计|总数)\s*(?:[（(:：\d].*)?|共\s*[\d一二三四五六七八九十百]+\s*[家个].*"
)
_SEVERAL = ("phone", "post")  # of which a person has more than one
TWICE = "“{}”几栏写的不同（{}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRow:
    """One row: its number in the table from 1, role of the column → words, none of them empty;
    `twice` tells of columns of one role that say different things."""

    line: int
    told: Mapping[str, str]
    twice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRows:
    """`unknown` are the titles of columns nothing is taken from, `aside` the rows that are no
    unit."""

    rows: tuple[UnitRow, ...]
    unknown: tuple[str, ...] = ()
    aside: tuple[str, ...] = ()


def unit_rows(rows: Sequence[Sequence[str]], name: str) -> UnitRows:
    """The units of the table called `name`. EditorialError when none of its rows is a head."""
    at = next((i for i, row in enumerate(rows) if _is_head(row)), None)
    if at is None:
        hint = "表头要有“单位”，和“简称”“联络员”“电话”“邮箱”“首选方式”等中的至少一栏"
        raise EditorialError(f"{name}里没有找到表头", hint=hint)
    roles = {column: _role(title) for column, title in enumerate(rows[at])}
    found: list[UnitRow] = []
    aside: list[str] = []
    for line, row in enumerate(rows[at + 1 :], at + 2):
        said = _said(row, roles)
        full = [cell.strip() for cell in row if cell.strip()]
        if _is_aside(full):
            aside.append(f"第{line}行：{' '.join(full)}")
        elif said and not _is_head(row):  # the head stands on every page
            twice = "；".join(_twice(said, rows[at]))
            found.append(UnitRow(line=line, told=_told(said), twice=twice))
    unknown = (title.strip() for title in rows[at] if title.strip() and not _role(title))
    return UnitRows(rows=tuple(found), unknown=tuple(unknown), aside=tuple(aside))


def _is_head(row: Sequence[str]) -> bool:
    roles = {_role(cell) for cell in row} - {""}
    return "unit" in roles and len(roles) > 1


def _role(title: str) -> str:
    plain = _BRACKETS.sub("", normalize("NFKC", title))
    return _KNOWN.get(re.sub(r"[\s、:：*/]", "", plain).casefold(), "")


def _is_aside(full: Sequence[str]) -> bool:
    first = next((cell for cell in full if not cell.isdigit()), "")
    return bool(_TOTAL.fullmatch(first) or (len(full) == 1 and _ASIDE.match(first)))


def _said(row: Sequence[str], roles: Mapping[int, str]) -> dict[str, list[str]]:
    """Role → the different words of its columns."""
    said: dict[str, list[str]] = {}
    for column, cell in enumerate(row):
        words, role = " ".join(cell.split()), roles.get(column, "")
        known = said.get(role, [])
        if role not in ("", "number") and words not in known and not _EMPTY.fullmatch(words):
            said[role] = [*known, words]
    return said


def _told(said: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Role → words; a post with the 科室 before it."""
    told = {
        role: "、".join(words) if role in _SEVERAL else words[0] for role, words in said.items()
    }
    office, post = told.pop("office", ""), told.get("post", "")
    return told | {"post": f"{office}{post.removeprefix(office)}"} if office else told


def _twice(said: Mapping[str, Sequence[str]], head: Sequence[str]) -> Iterator[str]:
    for role, words in said.items():
        if len(words) > 1 and role not in _SEVERAL:
            titles = (" ".join(title.split()) for title in head if _role(title) == role)
            yield TWICE.format("”“".join(titles), "、".join(words))
