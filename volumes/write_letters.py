"""Write the letters of the sample volumes, one in every state, through the program itself.

Makes a workspace aside, takes each letter through its life on fixed days, and copies
the records and papers back beside the other samples:

    python volumes/write_letters.py
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

from editorial.desk.drafting import new_letter
from editorial.desk.init import init
from editorial.desk.letters import check_letter, register_reply, void_letter
from editorial.desk.office import Desk, open_desk
from editorial.desk.send_plan import Wish
from editorial.desk.sending import send_letter
from editorial.desk.signing import approve_letter
from editorial.model.labels import LetterKind
from editorial.model.letters import LetterItem

HERE = Path(__file__).parent
BEIJING = timezone(timedelta(hours=8))
REVISE, SUPPLY = LetterKind.REVISE, LetterKind.SUPPLY_MATERIAL
LIFE = ("draft", "checked", "approved", "sent", "replied", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A letter and how far it has come; `until` is one of LIFE, or void."""

    kind: LetterKind = REVISE
    unit: str
    day: date
    until: str
    reason: str
    items: tuple[tuple[str, str, str], ...]


GBA = (
    Plan(
        unit="fs-gxj",
        day=date(2020, 2, 10),
        until="closed",
        reason="内部复审发现部分数据与统计资料不一致",
        items=(("05-xiandai-chanye/02-xianjin-zhizao", "表5-2", "请按年报口径核对佛山市各行数据"),),
    ),
    Plan(
        unit="zs-jtj",
        day=date(2020, 2, 12),
        until="replied",
        reason="内部复审发现个别项目进度前后不一",
        items=(("04-jichu-sheshi/03-gonglu-qiaoliang", "", "请核实项目名称、里程和年末进度"),),
    ),
    Plan(
        unit="sz-kcj",
        day=date(2020, 3, 4),
        until="sent",
        reason="评议中专家提出修改意见",
        items=(
            ("03-keji-chuangxin/02-pingtai", "条目“科研仪器共享”", "请补充费用比较的两个原始数"),
            (
                "03-keji-chuangxin/02-pingtai",
                "条目“重点实验室”",
                "请说明通关时间是约定时限还是实际用时",
            ),
            ("03-keji-chuangxin/07-keji-jinrong", "", "请补充2018年末科技贷款余额及口径"),
        ),
    ),
    Plan(
        kind=SUPPLY,
        unit="zh-hq",
        day=date(2020, 3, 5),
        until="approved",
        reason="评议中专家建议补充资料",
        items=(("09-hezuo-pingtai/04-hengqin", "", "请提供2018年新注册企业分行业情况"),),
    ),
    Plan(
        unit="jm-nyj",
        day=date(2020, 3, 6),
        until="checked",
        reason="评议中专家提出修改意见",
        items=(("05-xiandai-chanye/06-nongye", "", "请核实农产品认证数量及年度"),),
    ),
    Plan(
        unit="hz-slj",
        day=date(2020, 3, 9),
        until="draft",
        reason="书稿尚有待补内容",
        items=(("04-jichu-sheshi/06-nengyuan-shuili", "", "请补充正文待补处的数据并注明来源"),),
    ),
    Plan(
        unit="dg-gxj",
        day=date(2020, 3, 2),
        until="void",
        reason="内部复审发现表述不一",
        items=(("10-chengshi-gailan/06-dongguan", "", "请核实先进制造业增加值占比"),),
    ),
)

BANGFU = (
    Plan(
        unit="fgw",
        day=date(2020, 3, 3),
        until="replied",
        reason="专家对志稿提出审核意见",
        items=(("02-duikou-bangfu/01-chanye-yuanqu", "", "请补充共建园区历年投资额"),),
    ),
    Plan(
        unit="zjj",
        day=date(2020, 3, 3),
        until="sent",
        reason="专家对志稿提出审核意见",
        items=(("03-minsheng/01-zhufang", "", "请核实危房改造户数并补充验收情况"),),
    ),
    Plan(
        unit="nyj",
        day=date(2020, 3, 3),
        until="sent",
        reason="专家对志稿提出审核意见",
        items=(("02-duikou-bangfu/02-nongye-chanye", "", "请补充特色农产品基地名录"),),
    ),
    Plan(
        unit="xzb",
        day=date(2020, 3, 4),
        until="closed",
        reason="专家对志稿提出审核意见",
        items=(
            ("01-zongshu/02-licheng", "", "请核对各阶段起止时间"),
            ("01-zongshu/03-jigou", "", "请补充机构沿革"),
        ),
    ),
    Plan(
        kind=SUPPLY,
        unit="mzj",
        day=date(2020, 3, 5),
        until="sent",
        reason="志稿编纂需要社会救助方面的资料",
        items=(("03-minsheng/01-zhufang", "", "请提供有关年度社会救助人数"),),
    ),
    Plan(
        kind=SUPPLY,
        unit="daj",
        day=date(2020, 3, 5),
        until="approved",
        reason="志稿编纂需要查考有关文件",
        items=(("04-renwu/02-wenxian", "", "请提供有关文件目录及复制件"),),
    ),
)
SAMPLES = {"gba-2019": GBA, "guangzhou-bangfu": BANGFU}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "w"
        init(root, samples=tuple(SAMPLES))
        for volume in SAMPLES:  # all before any is written: numbers run over all books
            shutil.rmtree(root / f"volumes/{volume}/letters", ignore_errors=True)
        for volume, plans in SAMPLES.items():
            letters = f"volumes/{volume}/letters"
            desk = open_desk(root, volume=volume, by="hemingyuan")
            for plan in plans:
                print(volume, live(desk, plan))
            shutil.rmtree(HERE / volume / "letters", ignore_errors=True)
            shutil.copytree(root / letters, HERE / volume / "letters")


def live(desk: Desk, plan: Plan) -> str:
    """Take one letter as far as planned, a step a day or so; returns its number."""
    start = datetime(plan.day.year, plan.day.month, plan.day.day, 9, 30, tzinfo=BEIJING)
    letter, _ = new_letter(
        desk,
        kind=plan.kind,
        unit=plan.unit,
        items=tuple(LetterItem(section=s, place=p, request=r) for s, p, r in plan.items),
        due=plan.day + timedelta(days=14),
        at=start,
        reason=plan.reason,
    )
    chief = replace(desk, by="zhouwen")
    steps = (
        lambda: check_letter(chief, letter.id, at=start + timedelta(hours=2)),
        lambda: approve_letter(chief, letter.id, at=start + timedelta(hours=5)),
        lambda: send(desk, letter.id, start + timedelta(hours=7)),
        lambda: reply(desk, letter.id, start + timedelta(days=8), close=plan.until == "closed"),
    )
    if plan.until == "void":
        void_letter(chief, letter.id, at=start + timedelta(hours=3), note="内容并入另函")
        return letter.id
    for step in steps[: min(LIFE.index(plan.until), len(steps))]:
        step()
    return letter.id


def send(desk: Desk, letter_id: str, at: datetime) -> None:
    """Into the outbox, and from there on its way."""
    send_letter(desk, letter_id, at=at)
    send_letter(desk, letter_id, at=at, wish=Wish(sent=True))


def reply(desk: Desk, letter_id: str, at: datetime, *, close: bool) -> None:
    register_reply(
        desk, letter_id, at=at, on=at.date(), channel="纸件", note="已逐项答复", close=close
    )


if __name__ == "__main__":
    main()
