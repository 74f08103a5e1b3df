"""Forms every yearbook has are told from the words, and nothing that only looks like them."""

from __future__ import annotations

import pytest

from editorial.model.document import Break, Document, Paragraph, plain, printed_text
from editorial.model.quote_search import Folded, passages
from editorial.read.markup import read_markup
from editorial.render.markup import render_markup

TEXT = "本市完成示例工作。"


def read(text: str) -> Document:
    return read_markup(text)[0]


def forms(text: str) -> list[str]:
    return [b.form for b in read(text).blocks if isinstance(b, Paragraph)]


@pytest.mark.parametrize(
    "day",
    [
        *("中华民国十五年八月二十日", "民国27年8月20日", "民国元年春", "公元一九二六年八月"),
        *("光绪十九年四月二十日", "光绪十九年四月　日示", "清光绪十九年癸巳四月初五日"),
        *("岁次癸未孟冬穀旦　立石", "大清乾隆二十年岁次乙亥仲冬谷旦", "光绪十九年吉日　立"),
        *("宣统三年　立石", "康熙三十年冬月穀旦重立", "甲子春", "1988年5月　立"),
    ],
)
def test_old_documents_are_dated_by_reigns_and_by_the_cycle(day: str) -> None:
    assert forms(f"{TEXT}\n示例县正堂\n{day}\n# 次题") == ["", "signed", "dated"]
    assert forms(f"{TEXT}\n示例县正堂\n{day}\n{TEXT}") == [""] * 4


@pytest.mark.parametrize(
    "line", ["光绪十九年", "民国十五年", "2025年", "甲子", "开业十年春", "四月　日", "立石", "吉旦"]
)
def test_a_year_alone_is_no_date(line: str) -> None:
    assert forms(f"{TEXT}\n示例局\n{line}") == ["", "", ""]


@pytest.mark.parametrize(
    "day", ["2025年6月18日", "2026年10月", "二〇二五年八月", "二○二五年八月十日", "2025年春"]
)
@pytest.mark.parametrize("after", ["", "# 次题", "【条目】　文", "---", "（示例局　许示例）"])
def test_a_name_and_a_date_close_a_text(day: str, after: str) -> None:
    found = forms(f"{TEXT}\n示例市人民政府\n{day}\n{after}")
    assert found == ["", "signed", "dated"]


@pytest.mark.parametrize("behind", ["（此件公开发布）", "附件1", "附件"])
def test_what_goes_with_a_letter_comes_after_its_date(behind: str) -> None:
    found = forms(f"{TEXT}\n示例局\n2025年6月18日\n{behind}\n{TEXT}")
    assert found == ["", "signed", "dated", "", ""]


def test_who_signs_may_take_several_lines_or_none() -> None:
    assert forms(f"{TEXT}\n甲局\n乙局\n2025年6月") == ["", "signed", "signed", "dated"]
    assert forms(f"【序】　{TEXT}\n2025年6月") == ["dated"]
    assert forms(f"{TEXT}\n---\n甲局\n2025年6月") == ["", "signed", "dated"]
    listed = "\n".join(["甲局", "乙局", "丙局", "丁局", "戊局"])
    assert forms(f"{TEXT}\n{listed}\n2025年6月") == [*[""] * 5, "signed", "dated"]


@pytest.mark.parametrize(
    "text",
    [
        f"{TEXT}\n2025年6月18日\n{TEXT}",
        f"{TEXT}\n2025年6月18日开工。",
        "# 序\n示例局\n2025年6月18日",
        "2025年6月18日",
        f"{TEXT}\n6月18日",
    ],
)
def test_other_dates_close_nothing(text: str) -> None:
    assert not any(forms(text))


@pytest.mark.parametrize(
    "line", [TEXT, "特此公告", "附件：示例表", "2．示例表", "名单如下：", "一二三四" * 7]
)
def test_what_stands_over_the_date_may_be_text(line: str) -> None:
    assert forms(f"{TEXT}\n{line}\n2025年6月") == ["", "", "dated"]


def leads(text: str) -> list[str]:
    blocks = (b for b in read(text).blocks if isinstance(b, Paragraph))
    return [b.runs[0].text if b.runs[0].kind == "emphasis" else "" for b in blocks]


@pytest.mark.parametrize(
    ("lead", "rest"),
    [
        ("第一条", "　为了示例，制定本条例。"),
        ("第十二条之一", " 本法。"),
        ("第3条", "　示例。"),
        ("5日", "　示例。"),
        ("3月5日", "　示例。"),
        ("3～5日", "　示例。"),
        ("3日至5日", "　示例。"),
        ("1月3日—2月4日", "　示例。"),
        ("同日", "　示例。"),
        ("是月", "　示例。"),
        ("月内", "　示例。"),
        ("年内", "　示例。"),
    ],
)
def test_articles_and_dates_stand_out_as_if_typed_so(lead: str, rest: str) -> None:
    assert leads(lead + rest) == [lead]
    assert read(lead + rest) == read(f"*{lead}*{rest}")
    assert printed_text(read(lead + rest)) == lead + rest


@pytest.mark.parametrize(
    "lead",
    [
        *("△", "1月", "4—6月", "1月上旬", "2月中旬", "1月初", "1月底", "春", "冬季", "上半年"),
        *("第一季度", "年初", "年底", "年末", "当日", "次日", "翌日", "当月", "5日晚", "5日上午"),
        *(
            "农历正月初五",
            "清光绪十九年",
            "清光绪十九年（1893年）四月",
            "民国元年",
            "1991年",
            "当晚",
        ),
        *("道光间", "光绪年间", "民国间", "元致和元年", "上世纪80年代", "农历八月十五"),
        *("元旦", "清明节", "五一", "当天", "下午", "3月5日8时", "8时30分"),
        *("1月30—31日", "1月30日至2月3日", "3——5日"),
    ],
)
def test_all_times_of_a_chronicle_stand_out(lead: str) -> None:
    assert leads(f"{lead}　示例县成立。") == [lead]
    assert leads(f"{lead}示例县成立。") == [""]


@pytest.mark.parametrize(
    "text", ["春　游", "夏　示　赵示例（女，苗族）", "农历　示例。", "五　示例。", "民国　示例。"]
)
def test_words_before_a_blank_are_no_times(text: str) -> None:
    assert leads(text) == [""]


@pytest.mark.parametrize(
    "text", ["第一条所称示例。", "5日示例。", "3　示例", "今日　示例", "同日示例"]
)
def test_other_words_do_not(text: str) -> None:
    assert leads(text) == [""]


def test_parts_of_a_law_are_headings() -> None:
    law = "第一章　总则\n第一条　示例。\n第一节\n第二条　示例。\n第二章规定了示例的办法。"
    assert forms(law) == ["head", "", "head", "", ""]
    assert forms(f"第一章　总则\n{TEXT}") == ["", ""]


def test_a_numeral_alone_is_a_heading() -> None:
    assert forms(f"一\n{TEXT}\n二十\n{TEXT}\n一是示例。") == ["head", "", "head", "", ""]


OPENING = """（2025年1月15日示例市第十届人民代表大会第五次会议通过）
——在示例市第十届人民代表大会第五次会议上
（2025年1月10日）
示府〔2025〕12号
"""


@pytest.mark.parametrize("above", ["", "# 报告\n", "【报告】\n", "【报告】\n%% 注\n"])
def test_what_stands_under_a_title(above: str) -> None:
    found = forms(f"{above}{OPENING}市长　李示例\n各位代表：\n{TEXT}")
    assert found == [*["aside"] * 5, "salutation", ""]


def test_it_stands_nowhere_else() -> None:
    assert not any(forms(f"{TEXT}\n{OPENING}各位代表：\n{TEXT}"))
    assert not any(forms(f"【报告】　{TEXT}\n{OPENING}{TEXT}"))


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ("各区人民政府，市政府各部门、各直属机构：", True),
        ("各有关单位：", True),
        ("同志们：", True),
        ("各位代表、同志们：", True),
        ("示例市人民政府办公室：", True),
        ("各项指标如下：", False),
        ("各区主要经济指标：", False),
        ("全市完成下列工作：", False),
        ("省直有关单位，示例市财政局、各有关单位：", True),
        ("2025年，市教育局、市财政局印发以下文件：", False),
        ("负责单位为市发展改革委，名单如下：", False),
    ],
)
def test_to_whom_it_is_addressed(line: str, known: bool) -> None:
    assert forms(f"# 题\n{line}\n{TEXT}") == ["salutation" * known, ""]


def test_annexes_hang() -> None:
    assert forms("附件：1．示例\n2．示例\n3．示例") == ["annex", "annexed", "annexed"]
    assert forms("附件：1．示例\n其他") == ["", ""]


VERSE = "> *登楼*\n>\n> 　\n> 白云千载，\n> 　江水东流。\n>\n> 又一年。\n>\n正文。"


def test_short_quoted_lines_are_verse() -> None:
    blocks = read(VERSE).blocks
    assert [getattr(b, "form", "gap") for b in blocks] == [
        *("verse_title", "verse", "verse", "gap", "verse", "")
    ]
    assert isinstance(blocks[2], Paragraph)
    assert plain(blocks[2].runs) == "　江水东流。"
    assert blocks[3] == Break(quoted=True)
    assert [VERSE[b.span.start : b.span.end] for b in blocks[3:5]] == [">", "> 又一年。"]
    assert forms("> 　甲。\n> 　　乙。") == ["verse", "verse"]
    assert printed_text(read("> 　甲。\n> 　　乙。")) == "甲。\n　乙。"


def test_a_verse_is_found_whole_in_its_source() -> None:
    (found,) = passages(Folded({"诗": VERSE}), "白云千载，江水东流。又一年")
    assert found.exact
    assert VERSE[found.spot.start : found.spot.end].startswith("白云")


def test_other_quoted_lines_are_prose() -> None:
    long = "示例楼在县城之东，始建于某年，历代修葺，今存者为清代所修。"
    assert forms(f"> {long}\n>\n>　　又。\n{TEXT}") == ["quote", "quote", ""]
    assert forms("> 只有一行") == ["quote"]
    assert printed_text(read(f">　　{long}")) == long
    assert forms("\\> 5为大") == [""]


@pytest.mark.parametrize("line", [">500米的隧道3条", ">50%", ">>甲", "\\> 5为大"])
def test_a_sign_without_a_blank_is_text(line: str) -> None:
    assert forms(f"{line}\n{line}") == ["", ""]
    assert render_markup(read(line)) == f"{line}\n"


def test_a_part_of_a_plan_is_no_speaker() -> None:
    assert forms(f"# 规划\n（2025年1月市政府批准）\n第一章　总体要求\n{TEXT}") == ["aside", "", ""]


def test_forms_are_read_back_as_they_are_written() -> None:
    text = f"# 题\n{OPENING}{TEXT}\n{VERSE}\n> {TEXT * 4}\n第一条　示例。\n一\n甲局\n2025年6月"
    first = read(text)
    again = read(render_markup(first))
    assert again == first
    assert [getattr(b, "form", b) for b in again.blocks] == [
        getattr(b, "form", b) for b in first.blocks
    ]


LONG = "废垒荒烟，谁解道、当年雄镇？凭吊处、断碑残碣，藓痕犹认。百战山河余落照。"


NAMES = ("黄示例", "清　黄示例", "约翰·示例", "黄示例（女）")


@pytest.mark.parametrize("author", ["（清）黄示例", "〔宋〕某某（曲江人）", "清·黄示例", *NAMES])
def test_each_poem_of_a_block_has_its_title_and_author(author: str) -> None:
    poem = f"> *登楼*\n> {author}\n> 白云千载，\n> 江水东流。"
    one = ["verse_title", "verse_author", "verse", "verse"]
    blocks = read(f"{poem}\n>\n{poem}").blocks
    assert [getattr(b, "form", "gap") for b in blocks] == [*one, "gap", *one]


@pytest.mark.parametrize(
    "verse",
    [
        ("白云千载", "江水东流。"),
        ("白云千载", "江水东流", "山河落照"),
        ("白云千载，", "江水东流。", "山河落照。"),
        ("白云山上白云千载", "江水东流。", "山河落照。"),
    ],
)
def test_a_line_of_verse_is_no_author(verse: tuple[str, ...]) -> None:
    lines = "\n".join(f"> {line}" for line in verse)
    assert forms(f"> *登楼*\n{lines}") == ["verse_title", *["verse"] * len(verse)]


def test_the_title_of_prose_is_one_too() -> None:
    assert forms(f"> *满江红*\n> 黄示例\n> {LONG}") == ["verse_title", "verse_author", "quote"]
    assert forms(f"> *满江红*\n> （清）黄示例\n> {LONG}") == [
        "verse_title",
        "verse_author",
        "quote",
    ]
    assert forms(f"> *满江红*\n> {LONG}\n> {LONG}") == ["verse_title", "quote", "quote"]
    assert forms(f"> {LONG}\n> *黑体*\n> {LONG}") == ["quote"] * 3
    assert forms(f"> *一句黑体的话。*\n> {LONG}") == ["quote", "quote"]


PLACED = ":::center\n碑记\n:::\n文。\n:::right\n某某　*立石*\n%% 注\n（石匠某）\n:::\n"


def test_lines_are_asked_for_at_the_right_or_in_the_middle() -> None:
    document, findings = read_markup(PLACED)
    assert not findings
    assert forms(PLACED) == ["center", "", "right", "right"]
    written = render_markup(document)
    assert read(written) == document
    assert forms(written) == forms(PLACED)
    assert render_markup(read(written)) == written


@pytest.mark.parametrize("below", ["", "# 题", "【题】　文", ":::figure{#a}", "> 诗", "---"])
def test_lines_without_an_end_are_told_and_stay_text(below: str) -> None:
    document, findings = read_markup(f":::right\n甲\n{below}")
    assert findings[0].code == "M04"
    assert findings[0].line == 1
    line = document.blocks[1]
    assert isinstance(line, Paragraph)
    assert (plain(line.runs), line.form) == ("甲", "")
