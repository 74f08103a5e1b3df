"""The small good book: two chapters, contents, notes, a table that goes on overleaf."""

from __future__ import annotations

from dataclasses import replace

from tests.render.proof.reading import Box
from tests.render.proof.sheet import LEFT, RIGHT, Jump, Sheet, Small, Words, paragraph

FOREWORD = (
    (
        "本书记述示例市二〇一八年的情况，所记",
        "人物和数字都是虚构的，不得引用。本书按",
        "篇目排列，每篇设分目若干。",
    ),
    (
        "书中数字以统计部门公布的为准，其他",
        "部门的数字只作为参考，具体口径、时点见",
        "各篇说明。",
    ),
)
SCIENCE = (
    (
        "【示例概况】　二〇一八年全市共有学校",
        "12所，比上年增加3所。有“先进集体”称",
        "号，《条例》（示例）印发。全市推进科技",
        "创新工作。",
    ),
    (
        "全年完成投资12.5亿元，比上年增长",
        "8.3%；示例园区、示例港口相继投入运",
        "行①，建成区面积扩大——由此带动就业",
        "人数增加……居民收入也有提高。",
    ),
)
WORKS = (
    (
        "“科技强市”工程稳步实施，新建平台",
        "15个，引进人才300人，其中GDP贡献",
        "率提高，示例公司参与建设的项目获得",
        "表彰。",
    ),
    (
        "年末，示例港开通航线21条，全年货",
        "物吞吐量达到1200万吨，比上年增长显",
        "著①。示例局（某处）负责日常管理工作。",
    ),
)
HEAD = ("城市", "2017年", "2018年")
Row = tuple[str, str, str]


def table(*rows: Row, top: float) -> tuple[tuple[Words, ...], tuple[Box, ...]]:
    """Rows 16 points high between rules, with upright strokes."""
    xs = (LEFT, LEFT + 70, LEFT + 140, RIGHT)
    words = tuple(
        Words(text=text, x=x + 8, y=top - 16 * at - 11, size=8)
        for at, row in enumerate(rows)
        for x, text in zip(xs, row, strict=False)
    )
    lower = top - 16 * len(rows)
    level = ((LEFT, top - 16 * at, RIGHT, top - 16 * at) for at in range(len(rows) + 1))
    return words, (*level, *((x, lower, x, top) for x in xs))


def folio(number: int) -> Words:
    return Words(text=f"第{number}页", x=LEFT, y=20, size=8)


def listed(title: str, page: str, y: float) -> tuple[Words, Words]:
    number = Words(text=page, x=RIGHT - 5, size=9, y=y)
    return Words(text=title, x=LEFT, size=9, y=y), number


def page(
    number: int,
    title: Words,
    texts: tuple[tuple[str, ...], ...],
    caption: Words,
    rows: tuple[Row, ...],
) -> Sheet:
    """A title with two paragraphs under it, a table under its caption, and a note at the foot."""
    body = [
        line for at, text in enumerate(texts) for line in paragraph(*text, y=title.y - 40 - 64 * at)
    ]
    marked = [replace(w, raised=(w.text.index("①"),)) if "①" in w.text else w for w in body]
    cells, strokes = table(*rows, top=caption.y - 6)
    note = Words(text=f"①　第{'一二三'[number - 1]}篇的注文。", x=LEFT + 16, y=50, size=8)
    words = (title, *marked, caption, *cells, note, folio(number))
    return Sheet(words=words, strokes=(*strokes, (LEFT, 62, LEFT + 50, 62)))


GOOD = Small(
    sheets=(
        Sheet(
            words=(
                *paragraph(*FOREWORD[0], y=380),
                *paragraph(*FOREWORD[1], y=320),
                *listed("科技创新", "2", 230),
                *listed("基础设施", "3", 212),
                folio(1),
            ),
            jumps=(
                Jump(box=(LEFT, 226, RIGHT, 242), page=2, y=395),
                Jump(box=(LEFT, 208, RIGHT, 224), page=3, y=305),
            ),
        ),
        page(
            2,
            Words(text="科技创新", x=145, y=380, size=15),
            SCIENCE,
            Words(text="表1-1　平台", x=130, y=171, size=9),
            (HEAD, ("甲市", "10", "12"), ("乙市", "20", "24")),
        ),
        page(
            3,
            Words(text="基础设施", x=145, y=290, size=15),
            WORKS,
            Words(text="续表1-1", x=130, y=376, size=9),
            (HEAD, ("丙市", "30", "36")),
        ),
    ),
    outline=(("科技创新", 2, 395), ("基础设施", 3, 305)),
)
