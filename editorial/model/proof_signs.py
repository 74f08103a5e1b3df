"""校对符号 by name: GB/T 14706-1993, table 1, in its order; how each bears on the words."""

from __future__ import annotations

from enum import StrEnum

from editorial.errors import EditorialError


class Sign(StrEnum):
    """The value is the name as it is written down and printed. 上下移 and 左右移 are those of
    which nobody wrote down the way."""

    CORRECT = "改正"
    DELETE = "删除"
    INSERT = "增补"
    SCRIPT = "改正上下角"
    UPRIGHT = "转正"
    SWAP = "对调"
    RUN_ON = "接排"
    PARAGRAPH = "另起段"
    TRANSFER = "转移"
    VERTICAL = "上下移"
    LATERAL = "左右移"
    UP = "上移"
    DOWN = "下移"
    LEFT = "左移"
    RIGHT = "右移"
    ALIGN = "排齐"
    STAIRS = "排阶梯形"
    PICTURE = "正图"
    WIDEN = "加大空距"
    NARROW = "减小空距"
    SPACE = "空1字距"
    SEPARATE = "分开"
    KEEP = "保留"
    REPLACE = "代替"
    EXPLAIN = "说明"


# These change what is read; the others only where and how it stands.
OF_WORDS = frozenset({Sign.CORRECT, Sign.DELETE, Sign.INSERT, Sign.SCRIPT, Sign.SWAP, Sign.REPLACE})
ALSO = {
    "改": Sign.CORRECT,
    "删": Sign.DELETE,
    "删去": Sign.DELETE,
    "增": Sign.INSERT,
    "补": Sign.INSERT,
    "加": Sign.INSERT,
    "插入": Sign.INSERT,
    "上下角": Sign.SCRIPT,
    "倒": Sign.UPRIGHT,
    "颠倒": Sign.SWAP,
    "互换": Sign.SWAP,
    "接": Sign.RUN_ON,
    "不另起": Sign.RUN_ON,
    "另段": Sign.PARAGRAPH,
    "分段": Sign.PARAGRAPH,
    "另起": Sign.PARAGRAPH,
    "移": Sign.TRANSFER,
    "移动": Sign.TRANSFER,
    "对齐": Sign.ALIGN,
    "阶梯": Sign.STAIRS,
    "加空": Sign.WIDEN,
    "减空": Sign.NARROW,
    "空字距": Sign.SPACE,
    "空一字": Sign.SPACE,
    "空1字": Sign.SPACE,
    "空格": Sign.SPACE,
    "往上移": Sign.UP,
    "往下移": Sign.DOWN,
    "往左移": Sign.LEFT,
    "往右移": Sign.RIGHT,
    "不改": Sign.KEEP,
    "换": Sign.REPLACE,
    "注": Sign.EXPLAIN,
}


def find_sign(name: str) -> Sign | None:
    """By the name of the standard or one in common use; None when it is none."""
    plain = name.strip()
    return Sign(plain) if plain in set(Sign) else ALSO.get(plain)


def sign_named(name: str) -> Sign:
    """The sign, or EditorialError listing those there are."""
    found = find_sign(name)
    if found is None:
        known = "、".join(Sign)
        raise EditorialError(f"没有“{name}”这个校对符号", hint=f"GB/T 14706：{known}")
    return found


def sign_for(old: str, new: str) -> Sign:
    """What a change of words is called: 改正, 删除 or 增补."""
    if old and new:
        return Sign.CORRECT
    return Sign.DELETE if old else Sign.INSERT
