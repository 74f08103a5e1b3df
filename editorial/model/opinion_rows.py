"""Rows of an opinion form as people return it: columns renamed, moved or merged, heads repeated,
rows added, emptied or joined, several opinions in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from unicodedata import normalize

from editorial.model.spoken import numbered_points

# What a column may be called, without spaces, brackets and what stands in them.
_CALLED = """
id: 意见编号 编号
number: 序号 号 序 no
page: 页码 页 页数 所在页 页次 起止页
line: 行号 行 行数 所在行
place: 位置 页行 页码行号 页码行数 页行号 页码及行号 出处 所在位置 具体位置 条目 所在条目 条目名称
place: 条目标题 表图号 图表号 章节页码
section: 篇目 分目 类目 章节 所在篇目 所在分目 所在章节 审读篇目 栏目 部分
category: 类别 意见类别 问题类别 类型 问题类型 意见类型 分类
weight: 性质 意见性质 程度 重要程度 轻重
original: 原文 原稿 原文内容 原文表述 原表述 原句 原稿内容 原文摘录 送审稿原文
text: 修改意见 意见 意见内容 修改建议 建议 意见建议 意见和建议 意见与建议 意见或建议 意见及建议
text: 修改意见和建议 修改意见及建议 修改意见建议 具体意见 审读意见 评议意见 审稿意见 反馈意见
text: 存在问题 问题 内容 问题及建议
result: 改后文字 修改后 改为 建议改为 修改为 建议修改为 修改后文字 修改后表述 修改后内容 建议表述
result: 改后 修改后表述或未采纳理由
reason: 理由 修改理由 依据 理由依据 理由和依据 理由及依据 理由或依据 说明 原因
by: 提出人 提出单位 提出者 意见人 审读人 评议人 专家 姓名 提出单位人 来源
disposition: 处理 采纳情况 处理意见 处理结果 处理情况 是否采纳
remark: 备注 附注
"""
_KNOWN = {
    name: line.split(":")[0]
    for line in _CALLED.strip().splitlines()
    for name in line.split(":")[1].split()
}
BODY = frozenset({"text", "result", "original"})
DOWN = frozenset({"page", "line", "place", "section", "original", "by", "category"})
_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]?")
_EMPTY = re.compile(r"[\s　/／\\—–\-无]*")
_DITTO = frozenset({"同上", "〃", "″", "上同"})


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell as it lies: it begins at `column` and is `across` wide; `below` continues the one
    above it. `role` is what the blank itself says it is, whatever column it stands in now."""

    text: str
    column: int
    across: int = 1
    below: bool = False
    role: str = ""


GridRow = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One point as it was put on paper; `at` is where on the paper it stands."""

    at: str
    text: str = ""
    original: str = ""
    section: str = ""
    place: str = ""
    page: str = ""
    line: str = ""
    category: str = ""
    weight: str = ""
    result: str = ""
    reason: str = ""
    by: str = ""
    id: str = ""
    disposition: str = ""
    before: str = ""
    after: str = ""
    channel: str = ""


def role_of(title: str) -> str:
    """What a column of this title holds, "" for one unknown."""
    bare = _bare(title)
    if bare in _KNOWN:
        return _KNOWN[bare]
    if len(bare) > 12:
        return ""
    held = [name for name in _KNOWN if len(name) > 1 and name in bare]
    return _KNOWN[max(held, key=len)] if held else ""


def _bare(title: str) -> str:
    plain = re.sub(r"[\s　/、:：*]", "", normalize("NFKC", title))
    return _BRACKETS.sub("", plain).casefold()


def roles_in(row: GridRow) -> dict[int, str]:
    """Column → role as far as the cells name any, each role once."""
    found: dict[int, str] = {}
    for cell in row:
        role = role_of(cell.text)
        if role and not cell.below and role not in found.values():
            found |= dict.fromkeys(range(cell.column, cell.column + cell.across), role)
    return found


def head_of(row: GridRow) -> dict[int, str] | None:
    """Column → role, when the row is the head of a table of opinions."""
    full = [cell.text for cell in row if cell.text.strip()]
    exact = sum(_bare(text) in _KNOWN for text in full)
    if exact < 2 and not (exact and all(map(role_of, full))):
        return None  # words of an opinion may hold the names of columns too
    found = roles_in(row)
    roles = set(found.values())
    plain = all(len(text.strip()) <= 24 for text in full)
    return found if plain and len(roles) > 1 and roles & BODY else None


def said_in(
    rows: Sequence[GridRow], where: str, head: dict[int, str] | None = None
) -> tuple[tuple[Said, ...], dict[int, str] | None]:
    """The points of a table, and its last head: a table cut in two has none on its second part.
    `where` names the table; rows count from 1."""
    found: list[Said] = []
    above: dict[str, str] = {}
    section = ""
    for number, row in enumerate(rows, 1):
        own_head = head_of(row)
        if own_head:
            head, above = own_head, {}
            continue
        if head is None and not any(cell.role for cell in row):
            continue
        banner = _banner(row, head or {})
        if banner:
            section = banner if len(banner) <= 30 else section
            if len(banner) > 30:
                found.append(Said(at=f"{where}第{number}行", text=banner))
            continue
        cells, above = _fields(row, head or {}, above)
        told = _said(cells, f"{where}第{number}行", section)
        found += told
    return tuple(found), head


def _banner(row: GridRow, head: Mapping[int, str]) -> str:
    """The words of a row that is one cell: a heading, or a remark on everything."""
    full = [cell for cell in row if cell.text.strip()]
    wide = len(row) == 1 and row[0].across > 2 and len(head) > 2
    return full[0].text.strip() if wide and len(full) == 1 else ""


def _fields(
    row: GridRow, head: Mapping[int, str], above: Mapping[str, str]
) -> tuple[dict[str, str], dict[str, str]]:
    """Role → words of one row, and what the row below it inherits where cells are joined."""
    cells: dict[str, str] = {}
    held = dict(above)
    for cell in row:
        spanned = {head.get(at, "") for at in range(cell.column, cell.column + cell.across)}
        role = cell.role or _chief(spanned)
        if not role:
            continue
        ditto = cell.below or (role in DOWN and cell.text.strip() in _DITTO)
        words = above.get(role, "") if ditto else cell.text.strip()
        held[role] = words
        if cell.below and role not in DOWN | {"text"}:
            continue
        cells[role] = "\n".join(filter(None, (cells.get(role, ""), words)))
    own = any(cell.text.strip() and not cell.below for cell in row)
    return (cells if own else {}), held


def _chief(roles: set[str]) -> str:
    """What a cell across several columns is: place before page before line, words before all."""
    for role in ("text", "original", "result", "reason", "place", "section"):
        if role in roles:
            return role
    if {"page", "line"} <= roles:
        return "place"
    left = sorted(roles - {"", "number"})
    return left[0] if left else ("number" if "number" in roles else "")


def _said(cells: Mapping[str, str], at: str, section: str) -> Iterator[Said]:
    """The opinion of a row, or each of those numbered within its cell."""
    words = {k: "" if _EMPTY.fullmatch(v) else v.strip() for k, v in cells.items()}
    whole = Said(
        at=at,
        **{k: v for k, v in words.items() if k not in ("number", "remark")},
    )
    whole = replace(whole, section=whole.section or section)
    if words.get("remark"):
        whole = replace(whole, reason="；".join(filter(None, (whole.reason, words["remark"]))))
    if not (whole.text or whole.original or whole.result or whole.reason):
        return
    if not whole.text:
        whole = replace(whole, text=_without_text(whole))
    points = numbered_points(whole.text)
    if len(points) < 2:
        yield replace(whole, text=points[0] if points else whole.text)
        return
    originals, results = numbered_points(whole.original), numbered_points(whole.result)
    for number, point in enumerate(points, 1):
        yield replace(
            whole,
            at=f"{at}之{number}",
            text=point,
            original=originals[number - 1] if len(originals) == len(points) else whole.original,
            result=results[number - 1] if len(results) == len(points) else whole.result,
        )


def _without_text(whole: Said) -> str:
    if whole.result:
        return f"建议改为“{whole.result}”"
    return whole.reason or f"（只抄了原文，没有写意见）{whole.original}"
