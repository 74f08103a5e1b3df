"""摘录: a unit, a city, a round or a filter gets its own draft, questions and last year beside."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import docx
import pytest

from editorial.desk.draft import DraftMade, make_draft
from editorial.desk.drafting import new_letter
from editorial.desk.keep import keep
from editorial.desk.office import Desk
from editorial.desk.opinion_typed import sent_lines
from editorial.desk.opinions import add_opinion
from editorial.desk.rounds import open_round
from editorial.desk.signing import approve_letter
from editorial.errors import EditorialError
from editorial.model.labels import LetterKind
from editorial.model.letters import LetterItem
from editorial.model.selection import Selection
from editorial.model.typed_over import WordLine
from editorial.read.docx_marks import read_marks
from editorial.store.registers import load_drafts

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
BASE = "volumes/xiao-2019"
PINGTAI = "01-keji/02-pingtai"
JOINT = """\
【重点实验室】　2018年，新增重点实验室15个，其中【待补】。

%% 问：是否含企业实验室？

（深圳科创局　陈甲）

【孵化器】　2018年，孵化器8家，【存疑：数字】见表。

:::table{#biao-1-1 title="孵化器情况表（示例）" unit="家"}
| 类别 | 2018年 |
---
| 国家级 | 8 |
:::

（广州科技局　李乙）
"""


def make(desk: Desk, *nodes: str, at: datetime = AT, **wish: Any) -> DraftMade:
    return make_draft(desk, nodes, at=at, formats=("docx",), selection=Selection(**wish))


def printed(made: DraftMade) -> list[str]:
    return [p.text for p in docx.Document(io.BytesIO(made.files[0].read_bytes())).paragraphs]


def comments(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/comments.xml").decode()
    return [re.sub("<[^>]*>", "", each) for each in re.findall("<w:comment .*?</w:comment>", xml)]


def asked(desk: Desk, **wish: Any) -> list[str]:
    return comments(make(desk, questions=True, **wish).files[0].read_bytes())


@pytest.fixture
def joint(desk: Desk) -> Desk:
    """A desk whose section of two units is signed entry by entry."""
    (desk.root / BASE / f"chapters/{PINGTAI}.md").write_text(JOINT, encoding="utf-8")
    keep(desk, "两家来稿")
    return desk


# Choosing


@pytest.mark.parametrize(
    ("wish", "nodes"),
    [
        ({"units": ("深圳科创局",)}, ("01-keji/01-gaikuang", PINGTAI)),
        ({"units": ("gz-kjj", "省发改")}, (PINGTAI, "02-jichu/01-gaikuang", "02-jichu/02-jichang")),
        ({"cities": ("广州市",)}, (PINGTAI,)),
        ({"where": "状态:初审"}, ("02-jichu/01-gaikuang",)),
        ({"where": "逾期 单位:深圳"}, ("01-keji/01-gaikuang", PINGTAI)),
        ({"cities": ("深圳",), "where": "-名称:概况"}, (PINGTAI,)),
    ],
)
def test_a_selection_chooses_sections(
    joint: Desk, wish: dict[str, Any], nodes: tuple[str, ...]
) -> None:
    assert make(joint, **wish).draft.nodes == nodes


def test_a_selection_stays_inside_the_nodes_named(joint: Desk) -> None:
    assert make(joint, "01-keji", units=("sz-kcj", "sheng-fgw")).draft.nodes == (
        "01-keji/01-gaikuang",
        PINGTAI,
    )


def test_a_round_chooses_its_sections(joint: Desk) -> None:
    open_round(joint, "评议会", at=AT, nodes=("02-jichu",))
    made = make(joint, round="评议会")
    assert made.draft.nodes == ("02-jichu/01-gaikuang", "02-jichu/02-jichang")
    assert made.draft.selection.round == "01"


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        ({"units": ("没有",)}, "没有单位“没有”"),
        ({"cities": ("北京",)}, "没有单位在“北京”"),
        ({"round": "九"}, "没有评议轮次“九”"),
        ({"where": "状况:初审"}, "没有“状况”这一项"),
        ({"where": "状态:终审"}, "没有分目合于“状态终审”"),
        ({"beside": True}, "没有写明上年是哪一卷"),
    ],
)
def test_what_cannot_be_chosen_writes_nothing(
    joint: Desk, git: Git, wish: dict[str, Any], words: str
) -> None:
    with pytest.raises(EditorialError, match=words):
        make(joint, **wish)
    assert load_drafts(joint.workspace.files, "xiao-2019") == ()
    assert git("status", "--porcelain") == ""


# One unit's entries


def test_a_unit_gets_its_own_entries_only(joint: Desk) -> None:
    made = make(joint, PINGTAI, units=("广州科技局",))
    text = "\n".join(printed(made))
    assert "孵化器8家" in text
    assert "重点实验室" not in text
    assert [f.code for f in made.findings if f.where == PINGTAI] == ["L20"]


def test_tables_keep_the_numbers_of_the_whole_book(desk: Desk) -> None:
    table = ':::table{title="前表"}\n| 甲 |\n---\n| 1 |\n:::\n'
    text = table + "（深圳科创局　陈甲）\n\n" + JOINT
    (desk.root / BASE / f"chapters/{PINGTAI}.md").write_text(text, encoding="utf-8")
    assert "表1-2　孵化器情况表（示例）" in printed(make(desk, PINGTAI, units=("gz-kjj",)))


def test_the_cover_names_only_what_is_inside(desk: Desk) -> None:
    assert "深圳科创局　概况" in printed(make(desk, units=("sz-kcj",)))


def test_what_a_unit_writes_into_its_extract_is_tracked(joint: Desk) -> None:
    settings = [
        zipfile.ZipFile(made.files[0]).read("word/settings.xml").count(b"<w:trackRevisions/>")
        for made in (make(joint, units=("sz-kcj",)), make(joint))
    ]
    assert settings == [1, 0]


def test_a_section_nobody_signed_goes_to_no_one_of_several_units(desk: Desk) -> None:
    with pytest.raises(EditorialError, match="没有该单位署名的条目"):
        make(desk, PINGTAI, units=("gz-kjj",))


# Registration


def test_an_extract_is_registered_with_its_selection(joint: Desk) -> None:
    made = make(joint, units=("sz-kcj",), where="名称:平台")
    (draft,) = load_drafts(joint.workspace.files, "xiao-2019")
    assert (draft.selection, draft.nodes) == (made.draft.selection, (PINGTAI,))
    assert made.files[0].name == "小年鉴2019评议稿第1稿（深圳科创局、名称平台）.docx"


def test_the_same_selection_gives_the_same_bytes_another_day(joint: Desk) -> None:
    first = make(joint, units=("sz-kcj",), questions=True)
    before = first.files[0].read_bytes()
    again = make(joint, units=("sz-kcj",), questions=True, at=datetime(2020, 4, 1, tzinfo=UTC))
    assert (again.act, again.files[0].read_bytes()) == (None, before)


def test_extracts_of_one_selection_count_their_editions_together(joint: Desk) -> None:
    editions = [
        make(joint, *nodes, units=("sz-kcj",)).draft.edition for nodes in ((), ("01-keji/01",))
    ]
    assert [*editions, make(joint).draft.edition] == [1, 2, 1]


def test_questions_and_last_year_come_in_word_alone(joint: Desk) -> None:
    with pytest.raises(EditorialError, match="只印在 DOCX 里"):
        make_draft(joint, at=AT, formats=("pdf",), selection=Selection(questions=True))
    made = make_draft(joint, (PINGTAI,), at=AT, selection=Selection(questions=True))
    assert [path.suffix for path in made.files] == [".docx"]


def test_a_draft_says_where_it_comes_from(joint: Desk, git: Git) -> None:
    made = make(joint, units=("sz-kcj",))
    origin = read_marks(made.files[0].read_bytes()).origin
    assert origin is not None
    assert (origin.workspace, origin.volume) == (
        git("rev-list", "--max-parents=0", "HEAD"),
        "xiao-2019",
    )
    assert (origin.draft, origin.edition, origin.commit) == ("01", "1", made.draft.commit)


def test_nothing_personal_is_in_the_package(joint: Desk) -> None:
    with zipfile.ZipFile(make(joint, questions=True).files[0]) as archive:
        data = b"".join(map(archive.read, archive.namelist())).decode("utf-8", "replace")
    person = ("林清", "周文", "example.org", "example.invalid", "020-0000", "0755-0000", "测试")
    assert [each for each in person if each in data] == []


# Questions


def test_open_points_and_the_editors_questions_are_numbered_in_reading_order(joint: Desk) -> None:
    assert asked(joint) == [
        "1．〔待补〕请补充。",
        "2．〔编辑问〕是否含企业实验室？",
        "3．〔存疑〕数字，请核实。",
    ]


def test_a_unit_is_asked_about_its_own_entries_only(joint: Desk) -> None:
    assert asked(joint, units=("gz-kjj",)) == ["1．〔存疑〕数字，请核实。"]


def test_undecided_opinions_are_asked_without_their_readers(joint: Desk) -> None:
    round_, _ = open_round(joint, "评议会", at=AT)
    add_opinion(joint, round_.id, PINGTAI, "与年报不一致", by="读者某", original="孵化器8家", at=AT)
    data = make(joint, units=("gz-kjj",), questions=True).files[0].read_bytes()
    assert comments(data) == [
        "1．〔评议意见〕与年报不一致（评议会，第001条）",
        "2．〔存疑〕数字，请核实。",
    ]
    assert "读者某".encode() not in data
    assert len(asked(joint, units=("sz-kcj",))) == 2


def test_a_finding_is_asked_where_it_is(joint: Desk) -> None:
    path = joint.root / BASE / "chapters/02-jichu/02-jichang.md"
    path.write_text("【机场】　旅客[^9]1200万人次。\n", encoding="utf-8")
    (question,) = asked(joint, where="名称:机场")
    assert question.startswith("1．〔检查〕")


# Letters


def signed_letter(desk: Desk, unit: str) -> Path:
    items = (
        LetterItem(section=PINGTAI, place="条目“孵化器”", request="请补充从业人数"),
        LetterItem(section=PINGTAI, original="孵化器8家", request="请核实家数", basis="年报"),
    )
    new_letter(desk, kind=LetterKind.REVISE, unit=unit, items=items, due=date(2020, 3, 20), at=AT)
    approve_letter(desk, "1", at=AT)
    return desk.root / BASE / "letters/0001/稿件摘录.docx"


def test_a_letters_extract_asks_its_items_under_their_numbers(joint: Desk) -> None:
    data = signed_letter(joint, "gz-kjj").read_bytes()
    assert comments(data) == [
        "1．〔公函〕请补充从业人数（示志函〔2020〕1号，第1项）",
        "2．〔公函〕请核实家数（依据：年报）（示志函〔2020〕1号，第2项）",
    ]
    origin = read_marks(data).origin
    assert origin is not None
    assert (origin.letter, origin.draft) == ("0001", "")


def test_a_unit_with_no_signed_entry_gets_the_letter_alone(desk: Desk) -> None:
    assert not signed_letter(desk, "gz-kjj").exists()


def test_letters_out_are_asked_in_an_extract_of_their_unit(joint: Desk) -> None:
    signed_letter(joint, "gz-kjj")
    assert sum("〔公函〕" in each for each in asked(joint, units=("gz-kjj",))) == 2
    assert not any("〔公函〕" in each for each in asked(joint, units=("sz-kcj",)))


def again(desk: Desk, made: DraftMade) -> tuple[WordLine, ...]:
    """Its words when its file is lost and it is set again."""
    made.files[0].unlink()
    return sent_lines(desk, made.draft)


def test_an_extract_set_again_is_the_extract(joint: Desk) -> None:
    made = make(joint, units=("gz-kjj",))
    sent = sent_lines(joint, made.draft)
    assert not any("重点实验室" in line.text for line in sent)
    assert again(joint, made) == sent


# Last year


@pytest.fixture
def series(joint: Desk) -> Desk:
    """A desk with last year's volume, where one section had another id."""
    old = joint.root / "volumes/xiao-2018"
    shutil.copytree(joint.root / BASE, old)
    volume = old / "volume.yaml"
    volume.write_text(volume.read_text("utf-8").replace('"2019"', '"2018"'), encoding="utf-8")
    text = old / "chapters/02-jichu/02-jichang.md"
    text.write_text("【机场】　2017年，旅客1100万人次。\n", encoding="utf-8")
    for suffix in (".md", ".yaml"):
        text.with_suffix(suffix).rename(text.with_name(f"09-jichang{suffix}"))
    chapter = old / "chapters/02-jichu/chapter.yaml"
    chapter.write_text(chapter.read_text("utf-8").replace("02-jichang", "09-jichang"), "utf-8")
    info = joint.root / BASE / "volume.yaml"
    info.write_text(info.read_text("utf-8") + "previous: xiao-2018\n", encoding="utf-8")
    return joint


def test_last_years_text_stands_at_the_left(series: Desk) -> None:
    made = make(series, "02-jichu/02", beside=True)
    (table,) = docx.Document(io.BytesIO(made.files[0].read_bytes())).tables[:1]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["上年：小年鉴2018", "本年：小年鉴2019"],
        ["【机场】　2017年，旅客1100万人次。", "【机场】　2018年，示例机场旅客吞吐量1200万人次。"],
    ]


def test_set_again_it_still_has_last_years_text(series: Desk, git: Git) -> None:
    git("add", "-A")
    git("commit", "-qm", "上年的一卷")
    made = make(series, "02-jichu/02", beside=True)
    sent = sent_lines(series, made.draft)
    assert again(series, made) == sent


@pytest.mark.parametrize("name", ["xiao-2017", "xiao-2019"])
def test_last_years_volume_must_be_here(series: Desk, name: str) -> None:
    info = series.root / BASE / "volume.yaml"
    info.write_text(info.read_text("utf-8").replace("xiao-2018", name), encoding="utf-8")
    with pytest.raises(EditorialError, match=f"没有上年的“{name}”"):
        make(series, beside=True)
