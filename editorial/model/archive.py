"""归档: what goes to the archive — things by their titles, and every file with its hash."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from editorial.errors import EditorialError
from editorial.model.register import Column, RegisterTable, tabled
from editorial.values import dataclass

# Folder of a volume → what its files are called in the list; the order is that of the boxes.
KINDS = {
    "gates": "批文",
    "chapters": "正文",
    "drafts": "稿样",
    "out": "稿样",
    "rounds": "评议",
    "letters": "函件",
    "returns": "来件",
    "proofs": "校样",
    "chase": "催报",
    "proposals": "联络员变更",
}
REST = "设置"
_LINE = re.compile(r"([0-9a-f]{64})  (.+)")
HEAD = "# 归档目录"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveFile:
    """One file: `path` from the folder of its volume, `size` in bytes."""

    path: str
    sha256: str
    size: int

    @property
    def kind(self) -> str:
        return kind_of(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveThing:
    """件: what belongs together, under the name people know; `folder` holds its files, `papers`
    are those that lie elsewhere."""

    kind: str
    id: str
    title: str
    folder: str
    by: str = ""
    day: date | None = None
    remark: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveList:
    """归档目录 of a book as it stood at `commit`. `absent` are papers registered and not here."""

    title: str
    office: str
    commit: str
    day: date
    things: tuple[ArchiveThing, ...]
    files: tuple[ArchiveFile, ...]
    absent: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        return sum(each.size for each in self.files)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveCheck:
    """What a list and a folder do not agree on."""

    count: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def sound(self) -> bool:
        return not (self.changed or self.missing or self.extra)


def kind_of(path: str) -> str:
    return KINDS.get(path.split("/")[0], REST) if "/" in path else REST


def in_order(files: Iterable[ArchiveFile]) -> tuple[ArchiveFile, ...]:
    order = {kind: place for place, kind in enumerate(dict.fromkeys((*KINDS.values(), REST)))}
    return tuple(sorted(files, key=lambda each: (order[each.kind], each.path)))


def list_text(found: ArchiveList) -> str:
    """One file a line, to be read by people, by `parse_list` and by sha256sum -c."""
    head = (
        f"{HEAD}　{found.title}",
        f"# {found.office}　{found.day.isoformat()}　提交 {found.commit}",
        f"# 文件{len(found.files)}个，共{found.size}字节。sha256sum -c 也核得了",
        *(f"# 缺：{each}" for each in found.absent),
    )
    lines = (f"{each.sha256}  {each.path}" for each in found.files)
    return "\n".join((*head, *lines)) + "\n"


def parse_list(text: str, name: str) -> dict[str, str]:
    """Path → SHA-256 of a list. EditorialError, with the line, for what is none."""
    if not text.startswith(HEAD):
        hint = "请给 editorial archive list 写出的 .txt"
        raise EditorialError("这不是归档目录", where=name, hint=hint)
    found: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("#") or not line.strip():
            continue
        match = _LINE.fullmatch(line)
        steps = match[2].split("/") if match else ()
        if match is None or ".." in steps or "" in steps or match[2] in found:
            raise EditorialError(
                f"归档目录第{number}行不对，目录可能被改过",
                where=f"{name}:{number}",
                hint="请用归档时的那一份",
            )
        found[match[2]] = match[1]
    return found


def checked(listed: Mapping[str, str], present: Sequence[ArchiveFile]) -> ArchiveCheck:
    here = {each.path: each.sha256 for each in present}
    return ArchiveCheck(
        count=len(listed),
        changed=tuple(p for p, sha256 in listed.items() if here.get(p, sha256) != sha256),
        missing=tuple(path for path in listed if path not in here),
        extra=tuple(sorted(here.keys() - listed.keys())),
    )


def thing_table(found: ArchiveList) -> RegisterTable:
    """卷内目录."""
    counts = {thing: _inside(found, thing) for thing in found.things}
    columns: tuple[Column[ArchiveThing], ...] = (
        Column(title="类别", width=5, read=lambda each: each.kind),
        Column(title="编号", width=16, read=lambda each: each.id),
        Column(title="题名", width=40, read=lambda each: each.title),
        Column(title="责任者", width=10, read=lambda each: each.by or None),
        Column(title="日期", width=10, read=lambda each: each.day),
        Column(title="文件数", width=4, read=lambda each: counts[each][0]),
        Column(title="字节", width=7, read=lambda each: counts[each][1]),
        Column(title="备注", width=24, read=lambda each: each.remark or None),
    )
    told = f"文本版本 {found.commit[:10]}。"
    absent = f"登记过而不在的{len(found.absent)}件，见文本目录。" if found.absent else ""
    return tabled(
        columns,
        found.things,
        name="卷内目录",
        title=f"{found.title}卷内目录",
        office=found.office,
        note=told + absent,
        held=3,
    )


def _inside(found: ArchiveList, thing: ArchiveThing) -> tuple[int, int]:
    own, inside = frozenset(thing.papers), f"{thing.folder}/"
    files = [each for each in found.files if each.path in own or each.path.startswith(inside)]
    return len(files), sum(each.size for each in files)


def file_table(found: ArchiveList) -> RegisterTable:
    """文件清单: every file with its hash."""
    columns: tuple[Column[ArchiveFile], ...] = (
        Column(title="类别", width=5, read=lambda each: each.kind),
        Column(title="文件", width=36, read=lambda each: each.path),
        Column(title="字节", width=7, read=lambda each: each.size),
        Column(title="SHA-256", width=72, read=lambda each: each.sha256),
    )
    return tabled(
        columns,
        found.files,
        name="文件清单",
        title=f"{found.title}归档文件清单",
        office=found.office,
        note=f"文件{len(found.files)}个，共{found.size:,}字节。",
        held=2,
    )
