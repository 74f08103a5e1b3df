"""volume.yaml, units.yaml, staff.yaml, terms.yaml and progress.yaml of the made-up yearbook."""

from __future__ import annotations

from random import Random

from editorial.desk.specimen.words import BODIES, DISTRICTS, GIVEN, SURNAMES
from editorial.values import dataclass

CITY = "示例市"
LABEL = 2025
KINDS = (
    ("zfb", "人民政府办公室", "府办", "贵办"),
    ("jyj", "教育局", "教育局", "贵局"),
    ("nyj", "农业农村局", "农业农村局", "贵局"),
    ("wgj", "文化广电旅游体育局", "文广旅体局", "贵局"),
    ("tjj", "统计局", "统计局", "贵局"),
    ("zjj", "住房和城乡建设局", "住建局", "贵局"),
    ("wjj", "卫生健康局", "卫健局", "贵局"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A contributing unit, as much of it as the other records must know."""

    id: str
    name: str
    short: str
    honorific: str
    city: str
    contact: str


STAFF: tuple[tuple[str, str, str], ...] = (
    ("zhubian", "顾行之", "chief_editor"),
    ("fuzhubian1", "沈知远", "deputy_editor"),
    ("fuzhubian2", "陆景明", "deputy_editor"),
    ("zongzuan", "严若谷", "compiler"),
    ("jiaodui1", "白采薇", "proofreader"),
    ("jiaodui2", "温时雨", "proofreader"),
    ("bianwu", "方晚晴", "clerk"),
)


def bodies(count: int, seed: int) -> tuple[Body, ...]:
    """City departments first, then those of the districts; beyond that, streets."""
    chance = Random(f"{seed}:bodies")
    found = [
        _body(chance, f"s-{id_}", CITY, f"{CITY}{name}", f"市{short}", honorific)
        for id_, name, short, honorific in BODIES
    ]
    for k, (id_, name, short, honorific) in enumerate(KINDS):
        for i, district in enumerate(DISTRICTS, 1):
            full = f"{CITY}{district}{name}"
            found.append(
                _body(chance, f"q{i:02d}-{id_}", district, full, f"{district}{short}", honorific)
            )
        if len(found) >= count and k:
            break
    return tuple(found[:count])


def _body(chance: Random, id_: str, city: str, name: str, short: str, honorific: str) -> Body:
    who = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2))))
    return Body(
        id=id_, name=f"{name}（示例）", short=short, honorific=honorific, city=city, contact=who
    )


def editors(count: int) -> tuple[str, ...]:
    """Ids of the section editors, one a chapter."""
    return tuple(f"zebian{i:02d}" for i in range(1, count + 1))


def volume_yaml(seed: int, chars: int) -> str:
    cities = ", ".join((CITY, *DISTRICTS))
    return f"""\
# 生成的示例卷：{chars}字，种子{seed}。单位、人员、文字和数字全部虚构
schema: 1
title: 示例市年鉴
label: "{LABEL}"
kind: comprehensive_yearbook
sample: true
workflow: yearbook
coverage:
  from: {LABEL - 1}-01-01
  to: {LABEL - 1}-12-31
levels: [类目, 分目, 条目]
city_order: [{cities}]
office:
  name: 示例市人民政府地方志办公室
  letterhead: 示例市人民政府地方志办公室
  code: 示志函
  address: 示例市示例路1号
  phone: 020-0000-0001
  mail: nianjian@example.org
  signatory: {STAFF[0][1]}
gates:
- id: approval
  label: 批准
  body: 示例市人民政府
- id: filing
  label: 备案
  body: 省地方志工作机构（示例）
grid: [2, 22, 46]
draft_style: review
editorial_notes:
- 《示例市年鉴》是示例市人民政府主办的地方综合年鉴，逐年编纂。
- 本卷记述{LABEL - 1}年1月1日至12月31日的情况，部分内容为说明来龙去脉略作上溯。
- 全书设类目、分目、条目三个层次，条目标题用【】标出。
- 数据以统计部门公布的为准；统计部门没有的，采用主管部门的数据。
- 本卷由程序生成，所载内容全部虚构，用于试用和测量。
"""


def units_yaml(units: tuple[Body, ...]) -> str:
    return "# 供稿单位和联络员（示例，全部虚构）\nunits:\n" + "".join(
        _unit_yaml(i, unit) for i, unit in enumerate(units)
    )


def _unit_yaml(index: int, unit: Body) -> str:
    honorific = f"  honorific: {unit.honorific}\n" if unit.honorific else ""
    contacts = _contact_yaml(index, unit.contact, unit.id)
    if index % 9 == 4:
        old = _contact_yaml(index, unit.contact[0] + "某", f"{unit.id}-1", "2025-02-28")
        contacts = old + _contact_yaml(index, unit.contact, unit.id, since="2025-03-01")
    return (
        f"- id: {unit.id}\n  name: {unit.name}\n  short: {unit.short}\n  city: {unit.city}\n"
        f"{honorific}  contacts:\n{contacts}"
    )


def _contact_yaml(
    index: int, name: str, mail: str, until: str = "", since: str = "2025-01-01"
) -> str:
    end = f"    to: {until}\n" if until else ""
    return (
        f"  - name: {name}\n    post: 办公室科员\n    phone: 020-0000-{1000 + index}\n"
        f"    mail: {mail}@example.invalid\n    from: {since}\n{end}"
    )


def staff_yaml(count: int, seed: int) -> str:
    chance = Random(f"{seed}:staff")
    lines = ["# 编辑部人员（示例，全部虚构）", "staff:"]
    named = [
        (id_, chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2)), "section_editor")
        for id_ in editors(count)
    ]
    for i, (id_, name, role) in enumerate((*STAFF, *named)):
        lines += [
            f"- id: {id_}",
            f"  name: {name}",
            f"  roles: [{role}]",
            f"  mail: {id_}@example.org",
            f"  phone: 020-0000-{100 + i:04d}",
        ]
    return "\n".join(lines) + "\n"


TERMS_YAML = """\
names:
  示例市人民政府: 市政府
  示例市发展和改革委员会: 市发展改革委
  示例市人力资源和社会保障局: 市人社局
exempt: []
"""
PROGRESS_YAML = """\
history:
- {at: 2024-12-02T09:00:00+08:00, by: zhubian, to: framework}
- {at: 2025-01-02T09:00:00+08:00, by: zhubian, to: commission}
"""
