"""Rows of an opinion form as people return it: columns renamed, moved or merged, heads repeated,
rows added, emptied or joined, several opinions in one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from unicodedata import normalize

from editorial.model.spoken import numbered_points
from editorial.values import dataclass

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
PLACE = frozenset({"page", "line", "place", "section"})
SAYING = BODY | {"reason", "remark", "more"}
DOWN = frozenset({"page", "line", "place", "section", "original", "by", "category"})
_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]?")
_EMPTY = re.compile(r"[\s　/／\\—–\-无]*")
_DITTO = frozenset({"同上", "〃", "″", "上同"})
_NUMBER = re.compile(r"[第（(]?[\d一二三四五六七八九十〇零①-⑳]{0,5}[）)、.．号]?")
_ASKING = re.compile(r"[。；！？!?;]|应|宜|请|须|需|建议|删|补|核|改|统一|不[够足妥当准]|有误|错")
HEADING = 30  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class GridCell:
    """A cell as it lies: it begins at `column` and is `across` wide; `below` continues the one
    above it. `role` is what the blank itself says it is, whatever column it stands in now;
    `parts` are the words of each blank, where cells filled in were joined downward."""

    text: str
    column: int
    across: int = 1
    below: bool = False
    role: str = ""
    parts: tuple[str, ...] = ()


GridRow = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Column → what it holds, and → how it is called."""

    roles: Mapping[int, str]
    titles: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One point as it was put on paper; `at` is where on the paper it stands, `more` what was
    written beside it in columns of the writer's own, `node` the section where the paper itself
    leaves no doubt of it."""

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
    more: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidRows:
    """The points of a table, its last head (a table cut in two has none on its second part), and
    the words in it that are no opinion."""

    said: tuple[Said, ...]
    head: Head | None
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fields:
    """Role → words of a row: its own, and those of the cells joined with the row above."""

    own: Mapping[str, str]
    joined: Mapping[str, str]


NOTHING = _Fields(own={}, joined={})


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


def said_in(rows: Sequence[GridRow], where: str, head: Head | None = None) -> SaidRows:
    """The points of a table. `where` names the table; rows count from 1."""
    found: list[Said] = []
    left: list[str] = []
    above = NOTHING
    section = unused = ""
    for number, row in enumerate(_dealt(rows), 1):
        own_head = head_of(row)
        if own_head:
            head, above = Head(roles=own_head, titles=_titles(row)), NOTHING
        elif head and above == NOTHING and _names_only(row):
            head = _refined(head, row)
        elif head is None and not any(cell.role for cell in row):
            left += [cell.text.strip() for cell in row if cell.text.strip()]
        elif (banner := _banner(row, head)) and _is_heading(banner):
            left += [unused] if unused else []
            section = unused = banner
        elif banner:
            found.append(Said(at=f"{where}第{number}行", text=banner, section=section))
        elif row:
            above = _fields(row, head, {**above.joined, **above.own})
            unused = "" if _take(above, f"{where}第{number}行", section, found, left) else unused
    return SaidRows(said=tuple(found), head=head, left=(*left, *([unused] if unused else [])))


def _take(row: _Fields, at: str, section: str, found: list[Said], left: list[str]) -> bool:
    """A row as a new opinion, as words beside the one above, or as none; whether it was one."""
    said = row.own.keys() & (BODY | PLACE | {"by"}) or not row.joined.get("text")
    if not row.own:
        return False
    if not {**row.own, **row.joined}.keys() & SAYING:
        left.append(f"{at}：{'　'.join(row.own.values())}")
    elif said:
        found += _said({**row.joined, **row.own}, at, section)
        return True
    else:
        found[-1] = _beside(found[-1], row.own)
    return False


def _dealt(rows: Sequence[GridRow]) -> list[GridRow]:
    """Rows with the words of a cell joined downward dealt out to the rows it covers, where it
    holds one part for each: filled in before the cells were joined, or numbered."""
    found = [list(row) for row in rows]
    for at, row in enumerate(rows):
        for place, cell in enumerate(row):
            covered = [(at, place)]
            while not cell.below and (under := _under(rows, covered[-1][0] + 1, cell.column)):
                covered.append(under)
            parts = cell.parts if len(cell.parts) > 1 else numbered_points(cell.text)
            if len(covered) == len(parts) > 1:
                for (y, x), words in zip(covered, parts, strict=True):
                    found[y][x] = replace(rows[y][x], text=words, below=False)
    return [tuple(row) for row in found]


def _under(rows: Sequence[GridRow], at: int, column: int) -> tuple[int, int] | None:
    """The empty cell in that column that goes on with the one above."""
    for place, cell in enumerate(rows[at] if at < len(rows) else ()):
        if cell.column == column and cell.below and not cell.text.strip():
            return at, place
    return None


def _titles(row: GridRow) -> dict[int, str]:
    return {cell.column: "".join(cell.text.split()) for cell in row if cell.text.strip()}


def _names_only(row: GridRow) -> bool:
    """The second row of a head: 位置 above, 页 and 行 under it."""
    full = [cell.text for cell in row if cell.text.strip() and not cell.below]
    return bool(full) and all(_bare(text) in _KNOWN for text in full)


def _refined(head: Head, row: GridRow) -> Head:
    lower = tuple(cell for cell in row if not cell.below)
    return Head(roles={**head.roles, **roles_in(lower)}, titles={**head.titles, **_titles(lower)})


def _banner(row: GridRow, head: Head | None) -> str:
    """The words of a row that is one cell: a heading, or a remark on everything."""
    wide = len(row) == 1 and row[0].across > 2 and head is not None and len(head.roles) > 2
    words = row[0].text.strip() if wide else ""
    return "" if _NUMBER.fullmatch(words) else words


def _is_heading(words: str) -> bool:
    """A part of the book is named; what asks for something, or is long, is an opinion."""
    return len(words) <= HEADING and not _ASKING.search(words)


def _fields(row: GridRow, head: Head | None, above: Mapping[str, str]) -> _Fields:
    own: dict[str, str] = {}
    joined: dict[str, str] = {}
    for cell in row:
        words = "" if _EMPTY.fullmatch(cell.text) else cell.text.strip()
        role = _role(cell, head, row)
        if cell.below and not words:
            joined |= {role: above[role]} if above.get(role) and role != "id" else {}
            continue
        if role in DOWN and words in _DITTO:
            words = above.get(role, "")
        title = head.titles.get(cell.column, "") if head else ""
        if _NUMBER.fullmatch(words) and (role == "number" or (not role and not title)):
            continue
        if role in ("", "number", "disposition") and words:
            words, role = f"{title}：{words}" if title and role != "number" else words, "more"
        if words:
            sign = "；" if role == "more" else "\n"
            own[role] = sign.join(filter(None, (own.get(role, ""), words)))
    return _Fields(own=own, joined=joined)


def _role(cell: GridCell, head: Head | None, row: GridRow) -> str:
    """By its own blank, else by its columns. One joined across several holds the opinion, when no
    other blank of the row does."""
    columns = range(cell.column, cell.column + cell.across)
    spanned = {head.roles.get(at, "") for at in columns} - {""} if head else set()
    if "number" in spanned and _NUMBER.fullmatch(cell.text.strip()):
        return "number"
    if cell.role and (len(spanned) < 2 or any(each.role == "text" for each in row)):
        return cell.role
    return _chief(spanned | {cell.role})


def _chief(roles: set[str]) -> str:
    """What a cell across several columns is: place before page before line, words before all."""
    for role in ("text", "original", "result", "reason", "place", "section"):
        if role in roles:
            return role
    if {"page", "line"} <= roles:
        return "place"
    left = sorted(roles - {"", "number"})
    return left[0] if left else ("number" if "number" in roles else "")


def _said(words: Mapping[str, str], at: str, section: str) -> Iterator[Said]:
    """The opinion of a row, or each of those numbered within its cell."""
    whole = Said(at=at, **{k: v for k, v in words.items() if k != "remark"})
    whole = replace(whole, section=whole.section or section)
    if words.get("remark"):
        whole = replace(whole, reason=_listed(whole.reason, words["remark"]))
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


def _beside(last: Said, own: Mapping[str, str]) -> Said:
    """An opinion joined over several rows, with what the lower ones say besides."""
    reasons = [words for role, words in own.items() if role in ("reason", "remark")]
    more = [
        words
        for role, words in own.items()
        if role not in ("reason", "remark") and words != getattr(last, role)
    ]
    return replace(last, reason=_listed(last.reason, *reasons), more=_listed(last.more, *more))


def _listed(*words: str) -> str:
    return "；".join(filter(None, words))


def _without_text(whole: Said) -> str:
    if whole.result:
        return f"建议改为“{whole.result}”"
    return whole.reason or whole.more or f"（只抄了原文，没有写意见）{whole.original}"
