"""出样: the typesetter's PDF is looked over and kept; its pages find their sections."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from editorial.desk.office import Desk
from editorial.desk.proof_intake import read_bytes
from editorial.desk.proof_page import lined, offset_of, page_texts
from editorial.desk.toc_apart import body_size, set_apart
from editorial.desk.toc_folios import printed_numbers
from editorial.desk.toc_heads import read_heads
from editorial.desk.toc_match import Ground, ground_of
from editorial.desk.toc_pages import key_of, read_contents
from editorial.desk.toc_volume import Title, titles_of
from editorial.errors import EditorialError
from editorial.model.names import fit_file
from editorial.model.proof_page import TypedPage
from editorial.model.proofs import ProofJob, Spread
from editorial.model.volume import Volume
from editorial.read.proof_marks import count_sheets
from editorial.read.proof_type import read_type
from editorial.values import dataclass

LARGEST = 20 << 20  # bytes: git keeps every version of what it is given for good
LISTED = 12  # sections named in a remark


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFile:
    """What is known of a proof by its file. `spreads` are of the sections found by their titles,
    `lost` titles of those that were not."""

    name: str
    data: bytes
    sha256: str
    pages: int
    offset: int = 0
    scanned: bool = False
    spreads: tuple[Spread, ...] = ()
    lost: tuple[str, ...] = ()

    @property
    def stored(self) -> bool:
        return len(self.data) <= LARGEST


def look_over(path: Path, volume: Volume, nodes: tuple[str, ...]) -> ProofFile:
    """EditorialError for a file that is missing, no PDF, damaged, locked or without pages."""
    sheets = count_sheets(path)
    data = read_bytes(path)
    typed = _typed(path)
    found = ProofFile(
        name=fit_file(path.name),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        pages=sheets,
        scanned=typed is None,
    )
    if typed is None:
        return found
    offset = offset_of(page_texts(typed))
    spreads, lost = spreads_of(typed, titles_of(volume, nodes), offset)
    return replace(found, offset=offset, spreads=spreads, lost=lost)


def _typed(path: Path) -> tuple[TypedPage, ...] | None:
    """None when a PDF that opens has no text."""
    try:
        return read_type(path).pages
    except EditorialError:
        return None


def spreads_of(
    typed: tuple[TypedPage, ...], titles: Sequence[Title], offset: int
) -> tuple[tuple[Spread, ...], tuple[str, ...]]:
    """The pages of each section from its heading to the next one's, in the order of the book."""
    starts = _starts(_ground(typed), titles)
    ends = [*(sheet for _, sheet in starts), len(typed)][1:]
    spreads = tuple(
        Spread(section=title.node, first=sheet + offset, last=max(sheet, end) + offset)
        for (title, sheet), end in zip(starts, ends, strict=True)
        if title.level == 2
    )
    found = {spread.section for spread in spreads}
    lost = tuple(t.text for t in titles if t.level == 2 and t.node not in found)
    return spreads, lost


def _ground(typed: tuple[TypedPage, ...]) -> Ground:
    pages, running = set_apart(lined(typed))
    numbers = printed_numbers(running)
    taken = frozenset(s for each in read_contents(pages, numbers) for s in each.sheets)
    size = body_size(page for page in pages if page.sheet not in taken)
    return ground_of(pages, numbers, read_heads(pages, size), taken, size)


def _starts(ground: Ground, titles: Sequence[Title]) -> list[tuple[Title, int]]:
    """The most titles that stand in the book's order, each at one heading, and of several the
    last that will do: a leaf before the chapter may list them all."""
    pairs = list(_pairs(ground, titles))
    tops: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for index, (_, place, _) in enumerate(pairs):
        at = bisect_left(tops, -place)
        back.append(ends[at - 1] if at else -1)
        tops[at : at + 1] = [-place]
        ends[at : at + 1] = [index]
    found: list[tuple[Title, int]] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        title, _, sheet = pairs[index]
        found.append((title, sheet))
        index = back[index]
    return found


def _pairs(ground: Ground, titles: Sequence[Title]) -> Iterator[tuple[Title, int, int]]:
    """From the end of the book each title with its headings, the first of them first, so that
    one is taken of each: the place of the heading among all, and its sheet."""
    by_key: dict[str, list[tuple[int, int]]] = {}
    for key, spots in ground.by_key.items():
        heads = [spot.parts[0][1] for spot in spots if spot.parts[0][0] == "head"]
        by_key[key] = [(number, ground.heads[number].sheet) for number in heads]
    for title in reversed(titles):
        for place, sheet in sorted(by_key.get(key_of(title.text), ())):
            yield title, place, sheet


def file_remarks(found: ProofFile, grid: tuple[int, ...]) -> tuple[str, ...]:
    """What the one who issues the proof should know."""
    told: list[str] = []
    if found.scanned:
        kind = "这份 PDF 没有文字（扫描件，或文字已转成曲线）"
        told.append(f"{kind}：改动只能手录，不能核对原文，也不能机器核红")
    elif found.lost:
        more = "等" if len(found.lost) > LISTED else ""
        named = "、".join(found.lost[:LISTED])
        told.append(f"校样上没有找到{len(found.lost)}个分目的标题：{named}{more}")
    if not found.stored:
        size = len(found.data) >> 20
        told.append(f"文件有{size}MB，不入版本库，存在 out 文件夹；换电脑时请一并带上")
    if len(grid) != 3:
        told.append("volume.yaml 没有写 grid（栏数、每行字数、每页行数），版面字数没有算")
    return tuple(told)


def layout_chars(grid: tuple[int, ...], pages: int) -> int:
    """版面字数: every page counts whole, blanks and all (DOMAIN 5; 图书质量管理规定)."""
    columns, chars, lines = grid if len(grid) == 3 else (0, 0, 0)
    return columns * chars * lines * pages


def folder_of(desk: Desk, proof_id: str) -> str:
    return f"volumes/{desk.volume_id}/proofs/{proof_id}"


def outside_path(desk: Desk, job: ProofJob) -> Path:
    """Where a file too large for git lies, which every machine has to be given."""
    return desk.root / "volumes" / desk.volume_id / "out" / "proofs" / job.id / job.file


def kept_path(desk: Desk, job: ProofJob) -> Path:
    """Where the file of a job lies. EditorialError when there is none, or it is not there, or
    is not the one that was issued."""
    if not job.file:
        hint = "出样时写 --file 校样.pdf"
        raise EditorialError(f"{job.label}样{job.id}没有存 PDF", hint=hint)
    inside = desk.root / folder_of(desk, job.id) / job.file
    path = inside if job.stored else outside_path(desk, job)
    if not path.exists():
        hint = f"请把出样时的文件放到 {path}"
        raise EditorialError(f"{job.label}样{job.id}的 PDF 不在", where=job.file, hint=hint)
    if hashlib.sha256(path.read_bytes()).hexdigest() != job.sha256:
        hint = "请放回出样时的文件；新样请另出一次样"
        raise EditorialError("这份 PDF 不是出样时的那一份", where=str(path), hint=hint)
    return path
