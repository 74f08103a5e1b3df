"""发稿单 and 付印单, DOMAIN 7.4: what goes to the press with the manuscript, and with the 清样."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from editorial.model.dates import chinese_day
from editorial.model.handover import Lack
from editorial.model.labels import RedState
from editorial.model.letters import Paper
from editorial.model.nodes import all_nodes
from editorial.model.office_paper import (
    Block,
    Column,
    Form,
    FormRow,
    Grid,
    Line,
    OfficePaper,
    Words,
    labelled,
)
from editorial.model.proofs import Correction, ProofJob, described, page_called, proof_state
from editorial.model.review_papers import signed_row
from editorial.model.style import A4, DraftStyle
from editorial.model.volume import Volume, book_title
from editorial.values import dataclass

SIZES = ((22, "二号"), (18, "小二号"), (16, "三号"), (15, "小三号"), (14, "四号"), (12, "小四号"))
SMALL = ((10.5, "五号"), (9, "小五号"), (7.5, "六号"))
FORMATS = {(210, 285): "大16开", A4: "A4", (185, 260): "16开", (140, 203): "32开"}
PARTS = (
    Column(title="序号", share=10, side="center"),
    Column(title="篇　目", share=46),
    Column(title="分目数", share=16, side="center"),
    Column(title="字　数", share=20, side="center"),
    Column(title="图", share=10, side="center"),
    Column(title="表", share=10, side="center"),
    Column(title="责任编辑", share=40),
)
FILES = (
    Column(title="序号", share=9, side="center"),
    Column(title="文　件", share=66),
    Column(title="字节", share=18, side="center"),
    Column(title="SHA-256", share=73),
)
LACKS = (
    Column(title="序号", share=10, side="center"),
    Column(title="项", share=10, side="center"),
    Column(title="位置", share=44),
    Column(title="缺件和未尽事项", share=96),
)
LEFT = (
    Column(title="序号", share=10, side="center"),
    Column(title="校样", share=20, side="center"),
    Column(title="页行", share=24, side="center"),
    Column(title="改动", share=76),
    Column(title="核红", share=16, side="center"),
    Column(title="说明", share=30),
)
MOST_LACKS = 60
KINDS = {"letter": "函", "proof": "校样"}


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCount:
    """What one 篇目 holds: 分目, 字数, figures, tables, and who edits it."""

    title: str
    sections: int
    characters: int
    figures: int
    tables: int
    editors: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Manuscript:
    """What is handed over; `characters` are those of the hand-over check."""

    parts: tuple[PartCount, ...]
    files: tuple[Paper, ...]
    lacks: tuple[Lack, ...]
    characters: int
    commit: str


def press_sheet(
    volume: Volume, style: DraftStyle, given: Manuscript, *, day: date, asked: str, mark: str
) -> OfficePaper:
    """发稿单; `asked` are 版式要求 beside what the style says."""
    title = book_title(volume)
    return OfficePaper(
        title="发稿单",
        blocks=(
            _book(volume, style, given, day, asked),
            Words(text="", look="gap"),
            Form(rows=(signed_row("责任编辑", "主编签字"), signed_row("接稿单位", "接稿日期"))),
            Words(text="一、篇目清单", look="lead"),
            _parts(given.parts),
            Words(text=f"二、缺件说明（{_lack_words(given.lacks)}）", look="lead"),
            *_lacks(volume, given.lacks),
            Words(text=f"三、交稿文件清单（{len(given.files)}个文件）", look="lead"),
            _files(given.files),
        ),
        mark=mark,
        foot=f"《{title}》发稿单",
    )


def _book(volume: Volume, style: DraftStyle, given: Manuscript, day: date, asked: str) -> Form:
    figures, tables = (sum(getattr(p, each) for p in given.parts) for each in ("figures", "tables"))
    body = style.roles["body"]
    size = f"{face_size(body.size)}　行距{body.leading:g}磅"
    counts = (
        ("字　数", f"{given.characters}字"),
        ("图　数", f"{figures}幅"),
        ("表　数", f"{tables}张"),
    )
    return Form(
        rows=(
            labelled(("书　名", f"《{book_title(volume)}》"), ("编　者", volume.info.office.name)),
            labelled(("开　本", book_size(style)), ("栏　数", f"{style.columns}栏")),
            labelled(("正文字号", size), ("版式要求", asked or f"照稿样“{style.title}”")),
            labelled(*counts),
            labelled(("责任编辑", _joined(given.parts)), ("发稿日期", chinese_day(day))),
            labelled(("文本版本", given.commit[:12])),
        )
    )


def _joined(parts: Sequence[PartCount]) -> str:
    return "、".join(dict.fromkeys(name for part in parts for name in part.editors))


def book_size(style: DraftStyle) -> str:
    width, height = style.paper
    name = FORMATS.get((round(width), round(height)), "")
    return f"{name}（{width:g}×{height:g}毫米）" if name else f"{width:g}×{height:g}毫米"


def face_size(points: float) -> str:
    """五号 for 10.5 points; points where no size of that name is near."""
    found = next((name for size, name in (*SIZES, *SMALL) if abs(size - points) < 0.2), "")
    return f"{found}（{points:g}磅）" if found else f"{points:g}磅"


def _parts(parts: Sequence[PartCount]) -> Grid:
    lines = [
        Line(
            cells=(
                str(number),
                part.title,
                str(part.sections),
                str(part.characters),
                str(part.figures),
                str(part.tables),
                "、".join(part.editors),
            )
        )
        for number, part in enumerate(parts, 1)
    ]
    sums = [
        str(sum(getattr(part, each) for part in parts))
        for each in ("sections", "characters", "figures", "tables")
    ]
    lines.append(Line(cells=("", "合　计", *sums, "")))
    return Grid(columns=PARTS, lines=tuple(lines), name="篇目清单")


def _lack_words(lacks: Sequence[Lack]) -> str:
    counts = Counter(lack.virtue.label for lack in lacks)
    return "、".join(f"{name}{count}处" for name, count in counts.items()) or "无"


def _lacks(volume: Volume, lacks: Sequence[Lack]) -> tuple[Block, ...]:
    if not lacks:
        return (Words(text="齐、清、定检查没有发现缺件。", look="note"),)
    titles = {node.id: node.title for node in all_nodes(volume)}
    lines = (
        Line(cells=(str(number), lack.virtue.label, _place(lack, titles), lack.message))
        for number, lack in enumerate(lacks[:MOST_LACKS], 1)
    )
    grid = Grid(columns=LACKS, lines=tuple(lines), name="缺件说明")
    left = len(lacks) - MOST_LACKS
    more = (Words(text=f"另有{left}处，见齐清定检查。", look="note"),) if left > 0 else ()
    return (grid, *more)


def _place(lack: Lack, titles: Mapping[str, str]) -> str:
    """篇目 and 分目 by their titles; 函 and 校样 by their numbers."""
    chapter, _, section = lack.node.partition("/")
    titled = [titles.get(chapter, ""), titles.get(lack.node, "") if section else ""]
    kind, _, number = lack.node.partition(" ")
    words = " · ".join(filter(None, titled)) or f"{KINDS.get(kind, kind)}{number}"
    return f"{words}　第{lack.line}行" if lack.line else words


def _files(files: Sequence[Paper]) -> Grid:
    lines = (
        Line(cells=(str(number), paper.name, str(paper.size), paper.sha256))
        for number, paper in enumerate(files, 1)
    )
    return Grid(columns=FILES, lines=tuple(lines), name="交稿文件清单")


# 付印单


def left_over(jobs: Sequence[ProofJob]) -> tuple[tuple[ProofJob, Correction], ...]:
    """Red marks not seen carried out, of every proof."""
    return tuple(
        (job, each)
        for job in jobs
        for each in job.corrections
        if each.state in (RedState.UNDONE, RedState.WRONG) or not (each.state or each.done)
    )


def imprint_sheet(
    volume: Volume,
    style: DraftStyle,
    jobs: Sequence[ProofJob],
    *,
    day: date,
    copies: int,
    gates: Sequence[tuple[str, str]],
    mark: str,
) -> OfficePaper:
    """付印单 from the proofs on record; the last is the 清样. `copies` 0 leaves 印数 to a hand;
    `gates` name the approvals with their numbers."""
    title, marks = book_title(volume), left_over(jobs)
    return OfficePaper(
        title="付印单",
        under=(volume.info.office.name, chinese_day(day)),
        blocks=(
            Form(rows=tuple(_proofs(title, style, jobs, copies, gates, len(marks)))),
            Words(text="", look="gap"),
            Form(rows=(signed_row("责任编辑", "责任校对"), signed_row("主　编", "签字日期"))),
            *_left(marks),
        ),
        mark=mark,
        foot=f"《{title}》付印单",
    )


def _proofs(
    title: str,
    style: DraftStyle,
    jobs: Sequence[ProofJob],
    copies: int,
    gates: Sequence[tuple[str, str]],
    left: int,
) -> Iterator[FormRow]:
    last = jobs[-1]
    name = f"{last.label}（校样{last.id}，{proof_state(last).label}）"
    pages = f"{last.pages}页" if last.pages else ""
    yield labelled(("书　名", f"《{title}》"), ("开　本", book_size(style)))
    yield labelled(("清　样", name), ("清样页数", pages))
    yield labelled(("排版单位", last.typesetter), ("印　数", f"{copies}册" if copies else ""))
    yield labelled(("清样文件", last.sha256))
    for label, words in gates:
        yield labelled((label, words))
    yield labelled(("核红结果", red_words(jobs)), height=12)
    yield labelled(("遗留问题", f"{left}处，见附表" if left else "无"))
    yield labelled(("付印意见", "□ 付印　　　□ 改后付印　　　□ 暂不付印"), height=12)


def red_words(jobs: Sequence[ProofJob]) -> str:
    """Of every proof: how many marks, how many done, not done, done wrongly, not yet looked at."""
    return "；".join(
        f"{job.label}（{job.id}）改动{len(job.corrections)}处"
        + (f"，{_states(job)}" if job.corrections else "")
        for job in jobs
    )


def _states(job: ProofJob) -> str:
    counts = Counter(_state(each) for each in job.corrections)
    return "，".join(f"{name}{counts[name]}处" for name in counts)


def _state(each: Correction) -> str:
    if each.state is not None:
        return each.state.label
    return RedState.DONE.label if each.done else "未核"


def _left(marks: Sequence[tuple[ProofJob, Correction]]) -> tuple[Block, ...]:
    if not marks:
        return ()
    lines = (
        Line(
            cells=(
                str(number),
                f"{job.label}（{job.id}）",
                page_called(each.page, job.offset) + (f"第{each.line}行" if each.line else ""),
                described(each),
                _state(each),
                each.found,
            )
        )
        for number, (job, each) in enumerate(marks, 1)
    )
    title = Words(text="附：遗留问题", look="lead")
    return (title, Grid(columns=LEFT, lines=tuple(lines), name="遗留问题"))
