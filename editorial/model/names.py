"""Names that can be one step of a path."""

from __future__ import annotations

import re

from editorial.errors import EditorialError

_BAD = re.compile(r'[\\:*?"<>|\x00-\x1f]')


def safe_name(name: str) -> bool:
    """Whether `name` can be one step of a path: no separators, no `..`, not hidden."""
    return bool(name) and name[0] != "." and "/" not in name and not _BAD.search(name)


def check_name(name: str, what: str) -> None:
    if not safe_name(name):
        raise EditorialError(
            f"{what}“{name}”不能用作名称",
            hint="名称里不能有“/”“..”或 \\ : * ? 等符号，也不能以点起头",
        )
