"""A book made up, a list of corrections, and the book as it came back: with truth known.

`spoilt(seed, …)` gives both texts and what is true of every correction; the presses of
`red_press.py` set them. Same seed, same book.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace


def words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PLACES = words("东湖 西江 南岭 北苑 青石 白云 红星 金沙 银河 玉泉 龙门 凤台 鹤岗 松山 梅园 竹溪")
THINGS = words(
    "道路 桥梁 学校 医院 水库 公园 企业 实验室 展馆 码头 灯塔 粮仓 剧院 书店 渔港 果园 林场 "
    "苗圃 泵站 变电站 驿站 航线 班列 社区 村落 基地 平台 中心 园区 仓库"
)
DEEDS = words(
    "建成 扩建 投入使用 通过验收 开工 竣工 挂牌 改造 修缮 命名 公布 启动 完成 推广 举办 承办 "
    "引进 培育 认定 保护 修复 开通 恢复 撤销 合并 迁建"
)
WORDS = words(
    "全年 年内 上半年 下半年 同比 比上年 累计 其中 新增 总量 规模 水平 质量 服务 管理 制度 办法 "
    "条例 规划 方案 标准 资金 人员 居民 农户 游客 学生 教师 技术 设备 产品 市场 收入 支出 面积 "
    "里程 产值 增长 下降 提高 减少 扩大 完善 加强 推进 落实 覆盖 达到 超过 分别 主要 重点 示范 "
    "试点 联合 协调 保障 监测 检查 评价 统计 培训 宣传 交流 合作 创新 绿色 数字 智能 传统 "
    "文化 生态 安全 环境 资源 能源 交通 水利 农业 工业 商贸 旅游 教育 卫生 体育 科技"
)
LATIN = words(
    "OpenHarbour Greenway Innovation Laboratory International Exhibition Corporation "
    "Management Development Wi-Fi 5G PM2.5 GDP Association Technology Riverside Convention"
)
MARKS = "，，，，；、：。"
CHARS = "的了和与在于中大小上下前后东南西北新旧高低多少长短内外年月日区县镇村亿万千百元吨人次项"
NOTE_WORDS = words("见 详见 参阅 据 摘自 引自 另据 数据来源")


@dataclass(frozen=True, kw_only=True)
class Part:
    """`kind`: head, sub, text, cell or note. Cells of one row share `row`; a note hangs on the
    text part `of`, after the character `at` of it."""

    kind: str
    text: str
    table: int = -1
    row: int = -1
    of: int = -1
    at: int = 0


@dataclass(frozen=True, kw_only=True)
class Asked:
    id: str
    part: int
    start: int
    old: str
    new: str
    came: str  # what stands there in the new proof

    @property
    def state(self) -> str:
        return "done" if self.came == self.new else "undone" if self.came == self.old else "wrong"


@dataclass(frozen=True, kw_only=True)
class Case:
    parts: tuple[Part, ...]
    came: tuple[Part, ...]
    asked: tuple[Asked, ...]
    unasked: tuple[Asked, ...] = field(default=())

    def around(self, each: Asked, most: int = 12) -> tuple[str, str]:
        text = self.parts[each.part].text
        stop = each.start + len(each.old)
        return text[max(0, each.start - most) : each.start], text[stop : stop + most]


def sentence(rng: random.Random) -> str:
    words = []
    for _ in range(rng.randint(4, 14)):
        roll = rng.random()
        if roll < 0.12:
            words.append(
                f"{rng.randint(1, 9999)}{rng.choice(['个', '项', '万元', '吨', '人次', '%'])}"
            )
        elif roll < 0.17:
            words.append(f"{rng.uniform(1, 300):.2f}{rng.choice(['亿元', '千米', '公顷', '%'])}")
        elif roll < 0.21:
            words.append(f" {' '.join(rng.sample(LATIN, rng.randint(1, 3)))} ")
        elif roll < 0.31:
            words.append(rng.choice(PLACES) + rng.choice(THINGS))
        elif roll < 0.4:
            words.append(rng.choice(DEEDS))
        else:
            words.append(rng.choice(WORDS))
        if rng.random() < 0.2:
            words.append(rng.choice(MARKS[:6]))
    return "".join(words).replace("  ", " ").strip(" ，；、") + "。"


def book(seed: int, chars: int) -> tuple[Part, ...]:
    rng = random.Random(seed)
    stock = [sentence(rng) for _ in range(max(20, chars // 400))]  # a yearbook repeats itself
    parts: list[Part] = []
    size = tables = 0
    while size < chars:
        roll = rng.random()
        if roll < 0.04 or not parts:
            title = "".join(rng.sample(WORDS, 2)) + "概况" * (rng.random() < 0.4)
            parts.append(Part(kind="head", text=title))
        elif roll < 0.14:
            parts.append(
                Part(kind="sub", text=rng.choice(PLACES) + rng.choice(THINGS) + rng.choice(DEEDS))
            )
        elif roll < 0.17:
            columns = rng.randint(2, 4)
            for row in range(rng.randint(3, 9)):
                for column in range(columns):
                    text = (
                        rng.choice(PLACES) + rng.choice(THINGS)
                        if not column
                        else rng.choice(WORDS) + rng.choice(WORDS)
                        if not row
                        else f"{rng.uniform(1, 9999):.{rng.randint(0, 2)}f}"
                    )
                    parts.append(Part(kind="cell", text=text, table=tables, row=row))
            tables += 1
        else:
            text = "".join(
                rng.choice(stock) if rng.random() < 0.2 else sentence(rng)
                for _ in range(rng.randint(1, 6))
            )
            parts.append(Part(kind="text", text=text))
            if rng.random() < 0.08:
                at = text.index("。") + 1
                words = rng.choice(NOTE_WORDS) + rng.choice(PLACES) + sentence(rng)
                parts.append(Part(kind="note", text=words, of=len(parts) - 1, at=at))
        size += len(parts[-1].text)
    return tuple(parts)


def altered(rng: random.Random, text: str) -> tuple[int, str, str] | None:
    """(start, old, new): one change such as a reader of proofs would mark."""
    if len(text) < 2:
        return None
    at = rng.randrange(len(text))
    roll = rng.random()
    if roll < 0.15:  # a point
        points = [i for i, c in enumerate(text) if c in "，；、。："]
        if not points:
            return None
        at = rng.choice(points)
        return at, text[at], rng.choice([c for c in "，；、。：" if c != text[at]])
    if roll < 0.3:  # a figure
        digits = [i for i, c in enumerate(text) if c.isdigit()]
        if not digits:
            return None
        at = rng.choice(digits)
        return at, text[at], rng.choice([c for c in "0123456789" if c != text[at]])
    if roll < 0.35:  # a letter
        letters = [i for i, c in enumerate(text) if c.isascii() and c.isalpha()]
        if not letters:
            return None
        at = rng.choice(letters)
        return at, text[at], text[at].swapcase()
    length = rng.randint(1, 4) if roll < 0.95 else rng.randint(5, 30)
    if roll < 0.6:
        old = text[at : at + length]
        new = "".join(rng.choice(CHARS) for _ in range(rng.randint(1, 4)))
    elif roll < 0.8:
        old, new = "", "".join(rng.choice(CHARS) for _ in range(length))
        at = rng.randrange(len(text) + 1)
    else:
        old, new = text[at : at + length], ""
    bare = (old + new).strip()
    if old == new or not bare or old != old.strip() or new != new.strip() or len(old) == len(text):
        return None
    if " " in text[max(0, at - 1) : at + len(old) + 1]:
        return None
    return at, old, new


def spoilt(
    seed: int, chars: int, asked: int = 500, undone: int = 40, wrong: int = 20, unasked: int = 30
) -> Case:
    rng = random.Random(seed + 7)
    parts = book(seed, chars)
    order = [i for i, part in enumerate(parts) for _ in range(max(1, len(part.text) // 25))]
    taken: dict[int, list[tuple[int, int]]] = {}
    made: list[Asked] = []
    tries = 0
    while len(made) < asked + unasked:
        tries += 1
        close = made and rng.random() < 0.08 and len(made) < asked
        index = made[-1].part if close else rng.choice(order)
        part = parts[index]
        found = altered(rng, part.text)
        if found is None:
            continue
        at, old, new = found
        apart = 1 if close else 6
        spans = taken.setdefault(index, [])
        if any(at < stop + apart and start < at + len(old) + apart for start, stop in spans):
            continue
        if part.kind == "text" and any(
            p.of == index and at <= p.at <= at + len(old) for p in parts[index + 1 : index + 2]
        ):
            continue
        spans.append((at, at + len(old)))
        made.append(Asked(id="", part=index, start=at, old=old, new=new, came=new))
    listed, others = made[:asked], made[asked:]
    for i in rng.sample(range(asked), undone + wrong):
        each = listed[i]
        undone -= 1
        came = each.old if undone >= 0 else _botched(rng, each)
        listed[i] = replace(each, came=came)
    listed.sort(key=lambda each: (each.part, each.start))
    listed = [replace(each, id=str(n)) for n, each in enumerate(listed, 1)]
    return Case(
        parts=parts,
        came=_applied(parts, [*listed, *others]),
        asked=tuple(listed),
        unasked=tuple(sorted(others, key=lambda each: (each.part, each.start))),
    )


def _botched(rng: random.Random, each: Asked) -> str:
    while True:
        base, roll = each.new or each.old, rng.random()
        if roll < 0.4:
            at = rng.randrange(len(base))
            came = base[:at] + rng.choice(CHARS) + base[at + 1 :]
        elif roll < 0.6:
            came = base[:-1]
        elif roll < 0.8:
            came = base + rng.choice(CHARS)
        else:
            came = base + base[-1]
        if came not in (each.old, each.new):
            return came


def _applied(parts: tuple[Part, ...], edits: list[Asked]) -> tuple[Part, ...]:
    out = list(parts)
    for each in sorted(edits, key=lambda each: (each.part, -each.start, -len(each.old))):
        part = out[each.part]
        text = part.text[: each.start] + each.came + part.text[each.start + len(each.old) :]
        out[each.part] = replace(part, text=text)
        for i in range(each.part + 1, min(each.part + 2, len(out))):
            if out[i].of == each.part and out[i].at > each.start:
                out[i] = replace(out[i], at=out[i].at + len(each.came) - len(each.old))
    return tuple(out)
