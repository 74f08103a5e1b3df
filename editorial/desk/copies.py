"""编号本: a copy of the draft for every reader, all from one layout."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path, PurePath

from editorial.model.book import CopyMark, Printed
from editorial.model.drafts import Copy, Reader, copy_number
from editorial.model.names import fit_both, fit_name
from editorial.store.outputs import Put


def marks_of(numbered: tuple[tuple[int, Reader], ...]) -> tuple[CopyMark, ...]:
    return tuple(
        CopyMark(number=copy_number(number), reader=reader.name, unit=reader.unit)
        for number, reader in numbered
    )


def write_copies(
    folder: Path,
    stem: str,
    edition: int,
    printed: Mapping[str, Printed],
    numbered: tuple[tuple[int, Reader], ...],
    put: Put,
    say: Callable[[str], None],
) -> tuple[tuple[Copy, Path], ...]:
    """A file of every format a reader, beside the draft called `stem`; only one is ever held
    in memory."""
    written = []
    for index, (number, reader) in enumerate(numbered):
        say(f"正在写出{copy_number(number)}号，第{index + 1}份，共{len(numbered)}份")
        name = copy_name(stem, edition, number, reader.name)
        for kind, main in printed.items():
            assert main.copies is not None
            data = main.copies(index)
            path = folder / f"{name}.{kind}"
            put(path, data)
            written.append((_copy(number, reader, path.name, data), path))
    return tuple(written)


def copy_name(stem: str, edition: int, number: int, reader: str) -> str:
    """年鉴评议稿第1稿〔01号　林清〕; of a long title the end is given up, never edition and number,
    lest the copy of another edition be overwritten."""
    tail = f"〔{copy_number(number)}号　{reader}〕"
    name = fit_both(stem, tail)
    return name if name.startswith(fit_name(stem)) else fit_both(stem, f"第{edition}稿{tail}")


def _copy(number: int, reader: Reader, file: str, data: bytes) -> Copy:
    return Copy(
        number=number,
        reader=reader.name,
        unit=reader.unit,
        file=file,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
    )


def merged(old: tuple[Copy, ...], new: tuple[Copy, ...]) -> tuple[Copy, ...]:
    """The copies of an edition by number and format; one made again with other faces comes
    after the one that was handed out."""
    return tuple(sorted(dict.fromkeys((*old, *new)), key=_rank))


def _rank(copy: Copy) -> tuple[int, bool, str]:
    """By number, the PDF first."""
    kind = PurePath(copy.file).suffix
    return copy.number, kind != ".pdf", kind
