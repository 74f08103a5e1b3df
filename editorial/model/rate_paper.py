"""差错率统计表: as a paper, the same in PDF, Word and on a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import field

from editorial.model.error_rate import ClassSum, ErrorRate, shown, shown_rate
from editorial.model.error_scheme import CERTAINTIES, ErrorClass, ErrorScheme
from editorial.model.layout_count import PartCount
from editorial.model.office_paper import Block, Column, Grid, Line, OfficePaper, Words
from editorial.values import dataclass

ROWS = (
    Column(title="项目", share=26),
    Column(title="版面字数", share=12, side="center"),
    Column(title="差错处数", share=9, side="center"),
    Column(title="计错", share=9, side="center"),
    Column(title="差错率", share=14, side="center"),
    Column(title="允许计错", share=11, side="center"),
    Column(title="判定", share=19),
)
CLASSES = (
    Column(title="差错类别", share=30),
    Column(title="每处计", share=10, side="center"),
    Column(title="重复怎样计", share=25),
    Column(title="处数", share=8, side="center"),
    Column(title="计入", share=8, side="center"),
    Column(title="计错", share=9, side="center"),
    Column(title="依据", share=10, side="center"),
)
PARTS = (
    Column(title="部分", share=40),
    Column(title="页数", share=15, side="center"),
    Column(title="版面字数", share=20, side="center"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RateRow:
    """One section, pass or person. Of a person `rate` is what they found, and is not judged."""

    label: str
    rate: ErrorRate
    judged: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RateReport:
    """`guessed` errors were classed by their words; `loose` corrections could not be. The proofs
    `left_out` are not in it, for nobody knows how many characters they have."""

    scheme: ErrorScheme
    by: str
    rows: tuple[RateRow, ...]
    total: RateRow
    scope: str
    guessed: int = 0
    loose: int = 0
    left_out: str = ""
    parts: tuple[PartCount, ...] = field(default=())


def verdict(row: RateRow) -> str:
    if not row.judged or (not row.rate.chars and not row.rate.blocked):
        return "-"
    if row.rate.blocked:
        labels = "、".join(each.label for each in row.rate.blocked)
        return f"有{labels}，不得付印"
    match row.rate.band:
        case "pass":
            return "合格"
        case "reprint":
            return f"超过{shown_rate(row.rate.passing)}"
        case "recall":
            return f"超过{shown_rate(row.rate.recalling)}"
        case _:
            return "-"


def rate_cells(row: RateRow) -> tuple[str, ...]:
    rate = row.rate
    return (
        row.label,
        str(rate.chars or "-"),
        str(rate.found),
        shown(rate.points),
        shown_rate(rate.rate),
        shown(rate.budget) if rate.chars and row.judged else "-",
        verdict(row),
    )


def rule_words(each: ErrorClass) -> str:
    """How repeats of a class are counted."""
    told = []
    if each.once:
        told.append("同一差错每面计一次" if each.once == "same" else "每面计一次")
    whom = {"same": "同一差错", "class": "这一类"}
    if each.many:
        points = shown(each.many.points)
        told.append(f"{whom[each.many.of]}全书超过{each.many.over}处，共计{points}")
    if each.most:
        told.append(f"{whom[each.most.of]}全书最多计{shown(each.most.points)}")
    return "；".join(told)


def weight_words(each: ErrorClass) -> str:
    if not each.lengths:
        return shown(each.weight)
    steps = [
        f"{s.to}字内{shown(s.weight)}" if s.to else f"多于{shown(s.weight)}" for s in each.lengths
    ]
    last = each.lengths[-1]
    before = each.lengths[-2].to if len(each.lengths) > 1 else 0
    return "，".join((*steps[:-1], f"{before}字以上{shown(last.weight)}"))


def rate_paper(report: RateReport, title: str, office: str, day: str, mark: str) -> OfficePaper:
    """`title` of the book, `day` in words."""
    scheme = report.scheme
    return OfficePaper(
        title="差错率统计表",
        under=(f"《{title}》　{report.scope}", day),
        blocks=(
            Words(text=head_words(report), look="count"),
            Grid(
                columns=ROWS,
                lines=tuple(Line(cells=rate_cells(row)) for row in (*report.rows, report.total)),
                name=f"按{report.by}",
            ),
            *_classes(report.total.rate.sums),
            *_parts(report.parts),
            *(Words(text=f"注：{each}", look="note") for each in notes(report)),
        ),
        mark=mark,
        foot=f"{office}　差错率统计表（{scheme.id}）",
        wide=True,
    )


def head_words(report: RateReport) -> str:
    rate = report.total.rate
    words = f"共{rate.found}处，计错{shown(rate.points)}"
    if not rate.chars:
        return f"{words}；版面字数不详，算不出差错率"
    return (
        f"{words}，版面字数{rate.chars}，差错率{shown_rate(rate.rate)}"
        f"（允许{shown_rate(rate.passing)}，即{shown(rate.budget)}）"
    )


def notes(report: RateReport) -> Iterator[str]:
    """All that a reader of the paper should know."""
    yield f"差错计算办法：{report.scheme.title}，{report.scheme.basis}"
    scheme = report.scheme
    yield (
        f"成书差错率超过{shown_rate(scheme.passing)}的不合格，须在30日内收回、改正或重印后再发行；"
        f"超过{shown_rate(scheme.recalling)}的，须在30日内全部收回"
    )
    yield from scheme.notes
    if report.by != "校次":
        yield f"按{report.by}分开计算时，“全书最多计”等限制各自计，分项之和可能大于合计"
    yield from warnings(report)


def warnings(report: RateReport) -> Iterator[str]:
    """What makes the rate less than sure."""
    scheme = report.scheme
    if not scheme.verified:
        yield f"{scheme.id}没有与标准原文核对，结果只供参考"
    if not report.total.rate.chars:
        yield "版面字数不详：在 volume.yaml 写 grid 再出样，或写 layout.yaml"
    if report.left_out:
        yield f"{report.left_out}版面字数不详，差错没有算进来"
    if report.guessed:
        yield f"{report.guessed}处没有写差错类别，按改动的文字推定，请核对"
    if report.loose:
        yield f"{report.loose}处是改动或说明，不是差错，没有计"


def _classes(sums: Sequence[ClassSum]) -> tuple[Block, ...]:
    if not sums:
        return ()
    lines = tuple(
        Line(
            cells=(
                each.kind.label,
                weight_words(each.kind),
                rule_words(each.kind),
                str(each.found),
                str(each.counted),
                shown(each.points),
                CERTAINTIES[each.kind.certainty],
            )
        )
        for each in sums
    )
    return (
        Words(text="按差错类别", look="lead"),
        Grid(columns=CLASSES, lines=lines, name="差错类别"),
    )


def _parts(parts: Sequence[PartCount]) -> tuple[Block, ...]:
    if not parts:
        return ()
    lines = tuple(Line(cells=(each.label, str(each.pages), f"{each.chars:.0f}")) for each in parts)
    return (Words(text="版面字数", look="lead"), Grid(columns=PARTS, lines=lines, name="版面字数"))
