"""新建: a workspace of its own, from a sample or generated to size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from editorial.errors import EditorialError
from editorial.model.names import check_name
from editorial.store.begin import begin, ground
from editorial.store.files import STRAY, disk_refusal

SAMPLES = ("gba-2019", "guangzhou-bangfu")


def init(
    folder: Path,
    *,
    samples: tuple[str, ...] = ("gba-2019",),
    chars: int | None = None,
    seed: int = 1,
) -> tuple[Path, str]:
    """Make `folder` a workspace; returns it with the first commit.

    `chars` generates a volume of that size instead of copying samples.
    Raises EditorialError when the folder is not empty.
    """
    root = folder.resolve()
    check_name(root.name, "目录")
    try:
        _refuse_taken(root)
    except OSError as error:
        raise disk_refusal(error, root) from error
    for sample in samples:
        if sample not in SAMPLES:
            raise EditorialError(f"没有样例“{sample}”", hint=f"可用：{'、'.join(SAMPLES)}")
    if chars is not None and not 1000 <= chars <= 20_000_000:
        raise EditorialError(f"--chars {chars} 超出范围", hint="请写 1000 至 20000000 之间的字数")
    subject = "新建工作区：" + (f"生成{chars}字（种子{seed}）" if chars else "、".join(samples))
    return root, begin(root, _files(samples, chars, seed), subject)


def _refuse_taken(root: Path) -> None:
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise EditorialError(f"{root} 已存在且不是空目录", hint="请换一个目录名，或先清空它")


def _files(samples: tuple[str, ...], chars: int | None, seed: int) -> Iterator[tuple[str, bytes]]:
    yield from ground("styles")
    yield ".gitignore", "\n".join(("/volumes/*/out/", "*.tmp", *STRAY, "")).encode()
    yield ".gitattributes", b"* -text\n"
    if chars:
        from editorial.desk.generate import generate

        yield from generate(chars, seed)
    else:
        for sample in samples:
            yield from ground(f"volumes/{sample}")
