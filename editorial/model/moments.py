"""Times as a 大事记, a 落款 and an inscription tell them: 5日, 1月上旬, 民国十五年八月, 岁次癸未
孟冬穀旦. The names of reigns are those of 中国历史纪年表 from Song on."""

from __future__ import annotations

import re
from functools import cache

from editorial.model.marks import INDENT

_REIGNS = (
    "顺治康熙雍正乾隆嘉庆道光咸丰同治光绪宣统順治嘉慶咸豐光緒宣統"
    "洪武建文永乐洪熙宣德正统景泰天顺成化弘治正德嘉靖隆庆万历泰昌天启崇祯弘光隆武永历永樂萬曆崇禎"
    "中统至元元贞大德至大皇庆延祐至治泰定致和天历至顺元统至正建隆乾德开宝雍熙端拱淳化至道咸平景德天禧乾兴"
    "天圣明道景祐宝元康定庆历皇祐至和嘉祐治平熙宁元丰元祐绍圣元符崇宁大观政和重和宣和靖康建炎绍兴隆兴"
    "乾道淳熙绍熙庆元嘉泰开禧嘉定宝庆绍定端平嘉熙淳祐宝祐开庆景定咸淳德祐景炎祥兴"
)
_REIGN = "|".join(_REIGNS[at : at + 2] for at in range(0, len(_REIGNS), 2))
_ERA_YEAR = (
    f"(?:(?:[大有皇]?[宋元明清])?(?:{_REIGN}|太平兴国|大中祥符|建中靖国)|(?:中华)?民国|(?:中華)?民國)"
    r"(?:\d{1,3}|[元一二三四五六七八九十百廿卅]{1,4})年"
)

# What the heads of a 大事记 are made of: 2018年, 3—5日, 是月, 年末, 上旬, 春, 第一季度, 民国元年.
TO = "(?:[—–-]{1,2}|[～~和及与至到、])"
_COUNT = r"(?:\d{1,4}|[〇零一二三四五六七八九十]{1,4})"
_HOURS = "(?:[早晚夜]|凌晨|清晨|[上中下]午|傍晚|晚上|夜间)?"
_POINT = "(?:初[一二三四五六七八九十]日?|[初中底末])?"
_TIME = "|".join(
    (
        f"{_COUNT}(?:{TO}{_COUNT})*(?:世纪|年代|年度?|月份?|日{_HOURS}){_POINT}",
        f"(?:[是同当本全次翌]|[上下]半)(?:日{_HOURS}|[年月]){_POINT}|[当是同][晚夜]",
        f"[年月][初中底末内]|[正冬腊]月{_POINT}|[上中下]旬|[春夏秋冬]季?",
        f"第?[一二三四1-4](?:{TO}[一二三四1-4])*季度",
        "(?:元旦|春节|元宵|清明|五一|端午|中秋|国庆|除夕|[寒暑]假)节?(?:假期)?(?:期间|前[后夕])",
        rf"{_ERA_YEAR}(?:（\d{{3,4}}年?）)?|公元前?(?={_COUNT})|[农夏]历(?=[^　])|闰(?=.{{1,2}}月)",
    )
)
TIME = f"(?:(?:{_TIME}){TO}?)+(?<![—–～~和及与至到、-])"
# Heads alone: within a title 元旦, 下午 and 8时 are words like others.
_FEAST = "(?:元旦|春节|元宵|清明|五一|端午|中秋|重阳|国庆|除夕)节?"
_CLOCK = r"\d{1,2}时(?:\d{1,2}分)?"
_HEADS = "|".join(
    (
        f"(?:上世纪)?{TIME}(?:{_CLOCK})?|{_CLOCK}|{_FEAST}|当天|[上中下]午",
        f"(?:[宋元明清]?(?:{_REIGN})|民国)年?间",
        "[农夏]历闰?[正一二三四五六七八九十冬腊]{1,2}月[初十廿][一二三四五六七八九十]?",
    )
)
_YEAR = "(?:[0-9]{4}|[一二三四五六七八九〇零○]{4}) ?年"
_CYCLE = "(?:[岁歲][次在])?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年?"
_MODERN_DAY = "(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_MONTH = "(?:[农夏]历)?闰?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3}|[正冬腊])月"
_DAY = (
    "(?: ?(?:[0-9]{1,2}|[一二三四五六七八九十廿卅]{1,3})日|初[一二三四五六七八九十]日?|[　 ]*日"
    "|既?望日?|朔日?|[上中下][旬浣澣])"
)
_WHEN = f"(?:{_MONTH}{_DAY}?|[孟仲季暮]?[春夏秋冬]月?)"
_SET_UP = "(?:[　 ]*[公同敬谨重]?[立泐勒刊刻撰书识志题记]石?)"
_ENDED = f"(?:[　 ]*(?:[穀谷榖吉良]旦|之?吉日?))?(?:{_SET_UP}|[　 ]*[示谕给])?"
_LONGEST = 30  # characters of a time


@cache
def _head() -> re.Pattern[str]:
    """春　游 is a word, and 夏　示　赵示例（女，苗族） a list of names; △ stands for 同日."""
    return re.compile(f"(?![春夏秋冬]　(?:[^，。；（]|（[^）]*）)*$)(?:{_HEADS})(?=　)|△(?=[　 ])")


@cache
def _dated() -> re.Pattern[str]:
    """A year alone tells no day, nor does 癸未 without 岁次, a month or a season."""
    return re.compile(
        f" ?(?:公元)? ?{_YEAR} ?(?:{_MODERN_DAY} ?月(?: ?{_MODERN_DAY} ?日)?|[春夏秋冬]){_SET_UP}?"
        f"|{_ERA_YEAR}[　 ]*(?!$)(?:{_CYCLE}[　 ]*)?{_WHEN}?{_ENDED}"
        f"|(?:(?:公元)?{_YEAR}[　 ]*)?(?:{_CYCLE}[　 ]*{_WHEN}|(?=[岁歲]){_CYCLE}){_ENDED}"
    )


def time_head(text: str) -> str:
    """The time that a paragraph of a 大事记 begins with, before a wide blank: 5日, 是月, 民国元年,
    or △ in its place; empty where it begins otherwise."""
    found = _head().match(text) if text[:1] == "△" or INDENT in text[1:_LONGEST] else None
    return found[0] if found and not tells_day(text) else ""


def tells_day(text: str) -> bool:
    """Whether a line is a date that closes a text: 2025年6月18日, 光绪十九年四月　日示."""
    return 0 < len(text) <= _LONGEST and text[-1] not in "。；：" and bool(_dated().fullmatch(text))
