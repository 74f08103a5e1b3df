"""主题索引: titles in pinyin order, each telling, each with its places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from editorial.model.book import Book, Imprint, Part, numbered
from editorial.model.document import (
    Block,
    Entry,
    Figure,
    Heading,
    Paragraph,
    Run,
    Table,
)
from editorial.model.terms import misread
from editorial.render.listings import Listed, listed_figures, listed_tables
from editorial.render.pinyin import TABLES
from editorial.render.subject_index import IndexEntry, IndexGroup, subject_index

IMPRINT = Imprint(
    title="示例年鉴", label="评议稿", edition=1, date=date(2020, 3, 5), office="示例", commit=""
)


def book(*parts: Part) -> Book:
    return Book(imprint=IMPRINT, parts=parts, numbers=numbered(parts))


def part(id: str, level: int, title: str, *blocks: Block) -> Part:
    return Part(id=id, level=level, title=title, blocks=blocks)


def entries(*titles: str) -> tuple[Entry, ...]:
    return tuple(Entry(title=title) for title in titles)


def heading(title: str, level: int = 1) -> Heading:
    return Heading(level=level, runs=(Run(text=title),))


def order(
    titles: tuple[str, ...], readings: Mapping[str, str] | None = None, chapter: str = "啊"
) -> tuple[str, ...]:
    """The titles as the index of a book sorts them, its own chapter left out."""
    groups = subject_index(book(part("z", 1, chapter, *entries(*titles))), readings or {})
    return tuple(e.title for group in groups for e in group.entries if e.kind == "entry")


def titles(groups: tuple[IndexGroup, ...]) -> tuple[str, ...]:
    return tuple(entry.title for group in groups for entry in group.entries)


def letters(*wanted: str) -> dict[str, str]:
    """Title → letter of the group it stands in."""
    groups = subject_index(book(part("z", 1, "啊", *entries(*wanted))), {})
    return {e.title: group.letter for group in groups for e in group.entries if e.title in wanted}


@pytest.mark.parametrize(
    "sorted_titles",
    [
        ("安全", "八一", "长沙", "重庆", "大埔", "东莞", "番禺", "厦门", "银行"),
        ("妈祖", "麻涌", "马鞍岛", "骂名"),  # the four tones
        ("一", "衣", "医", "依"),  # one tone: by strokes
        ("三水", "三亚", "散文", "森林"),  # character after character, not letter after letter
        ("陆路", "绿道", "乱石"),  # ü just after u
        ("中国", "中国馆", "中华"),
        ("举行长跑", "巨轮"),  # 行长 lies across two words
        ("广州", "“广州”号", "广州市", "广州塔"),
    ],
)
def test_titles_sort_by_pinyin_tone_and_strokes(sorted_titles: tuple[str, ...]) -> None:
    assert order(tuple(reversed(sorted_titles))) == sorted_titles


@pytest.mark.parametrize(
    ("title", "letter"),
    [
        ("银行业", "Y"),
        ("行长联席会议", "H"),
        ("调研", "D"),
        ("调解", "T"),
        ("重点工程", "Z"),
        ("重建家园", "C"),
        ("长三角合作", "C"),
        ("长者饭堂", "Z"),
        ("会计改革", "K"),
        ("乐昌", "L"),
        ("乐团", "Y"),
        ("涌口整治", "C"),
        ("涌现典型", "Y"),
        ("藏族", "Z"),
        ("藏书", "C"),
        ("都市圈", "D"),
        ("给排水", "J"),
        ("《规划纲要》", "G"),
        ("单位名录", "D"),
        ("解放思想", "J"),
        ("还款", "H"),
        ("5G基站", "数字、字母"),
        ("2018年论坛", "数字、字母"),
        ("APEC会议", "数字、字母"),
        ("——", "其他"),
    ],
)
def test_a_title_stands_under_the_letter_it_is_read_with(title: str, letter: str) -> None:
    assert letters(title) == {title: letter}


def test_figures_sort_by_value_before_letters_and_letters_before_characters() -> None:
    wanted = ("5G", "5号", "12号", "112号", "APEC会议", "app应用", "Ａ股", "阿里")
    assert order(wanted[::-1]) == (
        "5G",
        "5号",
        "12号",
        "112号",
        "Ａ股",
        "APEC会议",
        "app应用",
        "阿里",
    )


def test_groups_come_in_the_order_of_the_alphabet_between_figures_and_the_unread() -> None:
    wanted = entries("银行", "澳门", "\U00030000", "5G", "北江")
    groups = subject_index(book(part("z", 1, "总述", *wanted)), {})
    assert [group.letter for group in groups] == ["数字、字母", "A", "B", "Y", "Z", "其他"]


def test_the_office_has_the_last_word_on_a_reading() -> None:
    own = {"单示例": "shan shi li", "行头": "háng tou2"}
    wanted = ("单示例到访", "长沙", "行头村", "单位")
    assert order(wanted, own) == ("长沙", "单位", "行头村", "单示例到访")


def test_the_longest_of_the_words_of_the_office_is_read() -> None:
    own = {"示": "a1", "示例": "ba li", "示例村": "ca li cun"}
    assert order(("示例村", "示例", "示"), own) == ("示", "示例", "示例村")


def test_a_tone_left_out_is_that_of_the_character() -> None:
    own = {"单示": "shan shi"}
    assert order(("善示", "单示", "闪示", "山示"), own) == ("山示", "闪示", "单示", "善示")


@pytest.mark.parametrize(
    ("chapter", "sorted_titles"),
    [
        ("人物", ("任示", "单某某", "盛某")),
        ("经济", ("单某某", "任示", "盛某")),
    ],
)
def test_a_surname_is_read_as_one_only_among_people(
    chapter: str, sorted_titles: tuple[str, ...]
) -> None:
    assert order(("盛某", "任示", "单某某"), chapter=chapter) == sorted_titles


def test_a_bare_title_is_led_by_its_heading() -> None:
    made = subject_index(
        book(
            part("01", 1, "科技"),
            part(
                "01/1", 2, "创新平台", *entries("概况", "综合"), heading("园区"), *entries("概况")
            ),
            part("02", 1, "概况"),
        ),
        {},
    )
    assert titles(made) == (
        "创新平台",
        "创新平台概况",
        "创新平台·综合",
        "概况",
        "科技",
        "园区",
        "园区概况",
    )


def test_a_heading_that_is_bare_itself_is_led_too() -> None:
    made = subject_index(
        book(
            part("01", 1, "生态建设"),
            part("01/1", 2, "概况", *entries("概况", "生态建设概况")),
            part("01/2", 2, "综合", *entries("简介")),
        ),
        {},
    )
    assert {e.title: e.anchors for group in made for e in group.entries} == {
        "生态建设": (("01", -1),),
        "生态建设概况": (("01/1", -1), ("01/1", 0), ("01/1", 1)),
        "生态建设·综合": (("01/2", -1),),
        "生态建设·综合简介": (("01/2", 0),),
    }


def test_what_is_led_by_a_bare_heading_is_joined_as_that_heading_is() -> None:
    made = subject_index(
        book(
            part("01", 1, "综合·生态文明"),
            part("01/1", 2, "综合情况", *entries("概况"), heading("机构"), *entries("说明")),
        ),
        {},
    )
    assert titles(made) == (
        "综合·生态文明",
        "综合·生态文明·综合情况",
        "综合·生态文明·综合情况概况",
        "综合·生态文明·综合情况·机构",
        "综合·生态文明·综合情况·机构·说明",
    )


def test_surveys_of_sections_of_one_name_are_told_apart_by_the_chapter() -> None:
    made = subject_index(
        book(
            *(part("01", 1, "甲市"), part("01/1", 2, "教育", *entries("概况"))),
            *(part("02", 1, "乙市"), part("02/1", 2, "教育", *entries("概况"))),
        ),
        {},
    )
    assert titles(made) == ("甲市", "甲市教育概况", "教育", "乙市", "乙市教育概况")


def test_equal_titles_are_one_entry_with_places_in_reading_order() -> None:
    made = subject_index(
        book(
            part("01", 1, "篇", *entries("绿道建设")),
            part("02", 1, "编", heading("绿道建设"), *entries("绿道建设")),
        ),
        {},
    )
    assert made[1] == IndexGroup(
        letter="L",
        entries=(
            IndexEntry(title="绿道建设", kind="heading", anchors=(("01", 0), ("02", 0), ("02", 1))),
        ),
    )


def test_ordinals_and_months_are_no_subjects() -> None:
    made = subject_index(
        book(
            part("01", 1, "第一篇　自然", heading("一、气候"), heading("（二）水文", 2)),
            part("02", 1, "大事记", heading("1月"), heading("十二月"), heading("三季度")),
            part("02/01", 2, "二季度"),
            part("03", 1, "第五代移动通信"),
        ),
        {},
    )
    assert titles(made) == ("大事记", "第五代移动通信", "气候", "水文", "自然")


@pytest.mark.parametrize("title", ["\u200b", "\ufeff", "\xad", "\u2060", "\u200e", "\u3000\u200b"])
def test_a_title_of_invisible_signs_is_no_subject(title: str) -> None:
    made = subject_index(book(part("01", 1, "自然", heading(title), *entries(title))), {})
    assert titles(made) == ("自然",)


def test_tables_and_charts_are_told_by_what_they_are_of() -> None:
    made = subject_index(
        book(
            part(
                "01",
                1,
                "统计",
                Table(title="2018年末人口情况表（示例）"),
                Table(title="港口吞吐量"),
                Table(),
                Figure(title="2014—2018年机场旅客"),
                Figure(title="2018年10月，东莞，示例外景"),
                Paragraph(runs=(Run(text="文"),)),
            )
        ),
        {},
    )
    assert titles(made) == (
        "港口吞吐量（表）",
        "机场旅客（2014—2018年，图）",
        "人口情况表（示例）（2018年末）",
        "统计",
    )


@pytest.mark.parametrize(
    "date_",
    [
        *("1月", "12月份", "十二月", "1—3月", "1月3日", "1日", "3—5日", "3 日", "十一日", "正月"),
        *("上旬", "中旬", "下旬", "1月上旬", "1月下旬至2月", "月底", "3月底"),
        *("2023年", "２０２３年", "二〇二三年", "2018—2019年", "2018年度", "2018年1月", "2018年末"),
        *("年初", "年中", "年底", "年末", "是年", "是月", "是日", "同年", "同日", "全年", "当年"),
        *("春", "冬季", "2018年秋", "是年冬", "一季度", "第四季度", "上半年", "2018年下半年"),
        *("民国元年", "清光绪十九年（1893年）", "翌年", "农历正月初五", "5日晚"),
        *("20世纪90年代", "是年底", "同年同月", "春节期间", "国庆节假期前夕"),
    ],
)
def test_a_date_is_no_subject_wherever_it_stands(date_: str) -> None:
    made = book(
        part("01", 1, "大事记", heading(date_), *entries(date_)),
        *(part("02", 1, date_), part("02/1", 2, date_)),
    )
    assert titles(subject_index(made, {})) == ("大事记",)


@pytest.mark.parametrize(
    "title",
    [
        *("1日游", "三月三歌会", "2023年鉴", "2018年论坛", "5号线", "年底慰问", "全年用电", "春运"),
        *("秋季广交会", "第四季", "上半年经济形势", "下旬刊", "同年级联考", "月亮湾", "八一"),
        *("日报社", "年货市场", "十二月党人", "3日通关", "冬修水利", "九十年代诗", "全日制教育"),
        *("春节", "国庆节假日旅游"),
    ],
)
def test_a_title_that_begins_with_a_date_is_a_subject(title: str) -> None:
    assert order((title,)) == (title,)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("2016年和2019年示例情况表", "示例情况表（2016年和2019年）"),
        ("2016、2017、2018年示例情况表", "示例情况表（2016、2017、2018年）"),
        ("2010年至2018年，示例情况表", "示例情况表（2010年至2018年）"),
        ("2017年和2018年上半年示例情况表", "示例情况表（2017年和2018年上半年）"),
        ("2018年1—6月示例情况表", "示例情况表（2018年1—6月）"),
        ("2018年1月1日至6月30日示例情况表", "示例情况表（2018年1月1日至6月30日）"),
        ("2018年第四季度示例情况表", "示例情况表（2018年第四季度）"),
        ("2018年1～2月份情况表", "情况表（2018年1～2月份）"),
        ("2018年10月1—7日客流", "客流（2018年10月1—7日，表）"),
        ("2018年初等教育情况表", "初等教育情况表（2018年）"),
        ("2018年底层住宅情况表", "底层住宅情况表（2018年）"),
        ("2018年12月", "2018年12月（表）"),
        ("2018年一至三季度末示例情况表", "示例情况表（2018年一至三季度末）"),
        ("2010年以来示例情况表", "示例情况表（2010年以来）"),
        ("2018年度示例名单", "示例名单（2018年度，表）"),
        ("2018年3县示例情况表", "3县示例情况表（2018年）"),
        ("2018年第一批示例情况表", "第一批示例情况表（2018年）"),
        ("2018年和平县情况表", "和平县情况表（2018年）"),
        ("2018年初中情况表", "初中情况表（2018年）"),
        ("2018年度假区情况表", "度假区情况表（2018年）"),
        ("2018年及上年示例情况表", "2018年及上年示例情况表"),
        ("2018年和“示例”时期情况表", "2018年和“示例”时期情况表"),
        ("1950年代示例码头表", "1950年代示例码头表"),
        ("2018年代表建议办理情况表", "代表建议办理情况表（2018年）"),
        ("1978—2018年间示例人口表", "1978—2018年间示例人口表"),
        ("2018年间接融资情况表", "间接融资情况表（2018年）"),
        ("1990年版示例图表", "1990年版示例图表"),
    ],
)
def test_the_date_of_a_table_goes_behind_it_whole_or_not_at_all(title: str, wanted: str) -> None:
    made = subject_index(book(part("01", 1, "统计", Table(title=title))), {})
    assert set(titles(made)) == {wanted, "统计"}


@pytest.mark.parametrize("name", ["words.txt", "words_read.txt", "surnames.txt"])
def test_the_tables_have_a_syllable_for_each_character(name: str) -> None:
    lines = (TABLES / name).read_text("utf-8").splitlines()
    pairs = [line.split(" ", 1) for line in lines if line and line[0] != "#"]
    assert [*misread({word: read.replace("5", "") for word, read in pairs})] == []


def test_a_long_title_stays_whole() -> None:
    title = "示例" * 60
    assert order((title,)) == (title,)


def test_the_index_does_not_hang_on_the_order_of_the_book() -> None:
    wanted = ("绿道", "“绿道”", "《绿道》", "碧道", "碧 道")
    assert order(wanted) == order(wanted[::-1])


def test_tables_and_figures_are_listed_with_their_numbers() -> None:
    made = book(
        part("01", 1, "一", Table(title="甲"), Figure(title="乙"), Table()),
        part("02", 1, "二", Figure(title="丙"), Table(title="丁")),
    )
    assert (listed_tables(made), listed_figures(made)) == (
        (
            Listed(number="表1-1", title="甲", anchor=("01", 0)),
            Listed(number="表2-1", title="丁", anchor=("02", 1)),
        ),
        (
            Listed(number="图1-1", title="乙", anchor=("01", 1)),
            Listed(number="图2-1", title="丙", anchor=("02", 0)),
        ),
    )


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("2018年末示例市人口", "人口（2018年末，表）"),
        ("示例市教育统计表", "教育统计表"),
        ("示例市直机关名录表", "示例市直机关名录表"),
        ("示例市场价格表", "示例市场价格表"),
        ("示例市", "示例市（表）"),
    ],
)
def test_the_place_a_book_is_of_does_not_begin_a_title(title: str, shown: str) -> None:
    whole = book(part("z", 1, "啊", Table(title=title)))
    whole = replace(whole, imprint=replace(IMPRINT, title="示例市年鉴2026"))
    assert shown in titles(subject_index(whole, {}))
    named = replace(whole, imprint=replace(IMPRINT, title="示例群年鉴"))
    assert any("示例市" in each for each in titles(subject_index(named, {})))


def test_titles_every_book_has_are_no_subjects() -> None:
    parts = (
        part("z", 1, "啊", heading("第一章　总　则"), heading("目　录"), heading("CONTENTS")),
        part("z/1", 2, "附则", *entries("链接：专精特新", "链接")),
    )
    assert titles(subject_index(book(*parts), {})) == ("啊", "链接", "专精特新")
