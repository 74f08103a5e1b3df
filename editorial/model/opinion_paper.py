"""意见原件: whose opinions a paper has, and what they say of themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from editorial.errors import EditorialError
from editorial.model.labels import SourceKind, Weight
from editorial.model.people import Editor, Unit
from editorial.model.reviews import Opinion, plain_name

MARKED = "批注稿"
CHANNELS = ("书面", MARKED, "会议", "邮件", "电话", "微信", "当面")
WEIGHTS = {
    Weight.MUST: ("必须", "一定", "务必", "硬伤", "must"),
    Weight.CONSIDER: ("参考", "酌", "商榷", "consider"),
}
_SHOULD = frozenset({"", "建议", "应改", "一般", "重要", "普通"})
_TITLE = (
    "(?:副|总)?(?:教授|研究员|研究馆员|编审|主任|主编|处长|局长|科长|院长|馆长|老师|专家|先生|女士)"
    "|同志|意见|审稿|审读|评议"
)
_HIGHER = re.compile(r"省|国家|上级|中央|指导小组")
_PERSON = re.compile(r"专家|教授|研究员|研究馆员|编审|顾问|学者")
_UNIT = re.compile(
    r"(?:局|厅|委|办|处|署|院|馆|所|中心|公司|集团|机构|大学|学会|协会|政府)(?:[（(]|$)"
)


def same_reader(name: str, readers: Sequence[str]) -> str:
    """The reader meant by a name written otherwise: 甲专家 is nobody, 专家甲 is 专家甲（示例）."""
    plain = _bare(name)
    exact = [each for each in readers if plain_name(each) == plain_name(name)]
    near = [each for each in readers if plain and _bare(each) == plain]
    inside = [each for each in readers if _named_in(_bare(each), plain)]
    found = exact or near or inside
    return found[0] if len(found) == 1 else ""


def _named_in(reader: str, words: str) -> bool:
    """示例大学王明教授 has 王明 in it, 王明华 has not."""
    titled = rf"{re.escape(reader)}(?:{_TITLE}|[^\w]|的|$)"
    return len(reader) > 1 and re.search(titled, words) is not None


@lru_cache(maxsize=4096)
def _bare(name: str) -> str:
    return re.sub(r"（[^）]*）|[\s　]|先生|女士|同志|老师$", "", plain_name(name))


def source_kind(name: str, units: Sequence[Unit], staff: Sequence[Editor]) -> SourceKind | None:
    """提出人身份 as far as the name tells it."""
    plain = _bare(name)
    if any(plain == _bare(each.name) for each in staff):
        return SourceKind.EDITOR
    if any(plain in (_bare(each.name), _bare(each.short)) for each in units):
        return SourceKind.UNIT
    if _PERSON.search(plain):
        return SourceKind.EXPERT
    if _UNIT.search(plain):
        return SourceKind.HIGHER if _HIGHER.search(plain) else SourceKind.UNIT
    return None


def is_weight(words: str) -> bool:
    """Whether words under 性质 say only how much weight the opinion has."""
    plain = words.strip()
    names = {name for weight in Weight for name in (weight.label, weight.value)}
    return plain in names or weight_of(plain) is not Weight.SHOULD or plain in _SHOULD


def weight_named(words: str) -> Weight:
    """性质 as an editor types it; EditorialError for words that are none."""
    if not is_weight(words):
        known = "、".join(weight.label for weight in Weight)
        raise EditorialError(f"没有“{words}”这种性质", hint=f"可用：{known}")
    return weight_of(words)


def known_channel(words: str) -> None:
    """EditorialError for a way in which no opinion comes."""
    if words not in CHANNELS:
        raise EditorialError(f"没有“{words}”这种提出方式", hint=f"可用：{'、'.join(CHANNELS)}")


def weight_of(words: str) -> Weight:
    """性质 as it was put in words; 建议改 when it says nothing."""
    plain = words.strip()
    for weight, said in WEIGHTS.items():
        if plain in (weight.label, weight.value) or any(each in plain for each in said):
            return weight
    return Weight.SHOULD


def said_before(opinion: Opinion) -> tuple[str, str, str]:
    """What makes two records the same point of one reader, whichever paper they came on. Where
    it stands belongs to it: 错字 may be said of many places; on a marked copy the words alone
    (20 → 23) do not tell places apart, what stands round them does."""
    place = [opinion.place, opinion.original]
    if opinion.channel == MARKED and opinion.anchor:
        place += [opinion.section, opinion.anchor.before, opinion.anchor.after]
    return plain_name(opinion.by), "|".join(map(_tight, place)), _tight(opinion.text)


def _tight(text: str) -> str:
    return "".join(text.split())
