"""The YAML dialect, and edits by position."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editorial.store.schema import FlowList, FlowMap
from editorial.store.yamlio import dump, line_of, parse, patch

STEP = FlowMap(at=datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC), by="linqing", to="editing")


@pytest.mark.parametrize(
    "word", ["012", "no", "yes", "on", "1:30", "3.10", "1_000", "0x1F", "~", "null", "2020-03-05"]
)
def test_a_bare_word_stays_the_text_it_is(word: str) -> None:
    assert parse(f"k: {word}\n", "f") == ({"k": word}, ())


@pytest.mark.parametrize("word", ["012", "no", "1:30", "3.10", "~", "是", "a: b", "#x", "", "*强*"])
def test_text_is_written_so_that_any_reader_reads_it_back(word: str) -> None:
    assert parse(dump({"k": word}), "f") == ({"k": word}, ())


def test_chinese_is_written_unescaped_and_unfolded() -> None:
    assert dump({"k": "粤港澳" * 99}) == f"k: {'粤港澳' * 99}\n"


def test_one_history_step_is_one_line() -> None:
    step = "- {at: 2020-01-02T03:04:05+00:00, by: linqing, to: editing}"
    assert dump({"history": [STEP]}) == f"history:\n{step}\n"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "键“a”出现两次"),
        ("a: 1\nb: " + "[" * 100_000, 2, "套得太深"),
        ("a:\n  " + "- " * 100_000 + "b\n", 2, "套得太深"),
        ("a:\n  b: 1\n  b: 2\n", 3, "键“b”出现两次"),
        ("a: b: c\n", 1, "不能再有“: ”"),
        ("a: 1\nb\n", 2, "缺少冒号"),
        ("a: 1\neditor：linqing\nc: 3\n", 2, "“：”请改为半角的“: ”（后面空一格）"),
        ("title：分目\n", 1, "“：”请改为半角的“: ”"),
        ("# 注：示例\n\ntitle：分目\n", 3, "“：”请改为半角的“: ”"),
        ("title：分目\nunits: [a]\n", 1, "“：”请改为半角的“: ”"),
        ("title:　分目\n", 1, "“:　”请改为半角的“: ”"),
        ("a: 1\nunits：［b，c］\nd: 3\n", 2, "“：”“［”“］”“，”请改为半角的“: ”“[”“]”“, ”"),
        ("a:\n- {b: 甲，c: 乙}\n", 2, "“，”请改为半角的“, ”"),
        ("a:\n  － b: 1\n    c: 2\n", 2, "“－”请改为半角的“- ”"),
        ("a: |\n  CPU：甲\nb\n", 3, "缺少冒号"),
        ("a: 1\n\tb: 2\n", 2, "制表符"),
        ('a: "开\n', 1, "引号没有收尾"),
        ("a: 1\nb: '开\nc: 3\nd: 4\n", 2, "引号没有收尾"),
        ("a: [1, 2\nb: 3\n", 2, "方括号"),
        ("a: *强调*\n", 1, "引号"),
        ("a: @某人\n", 1, "不能起头"),
        ("a: 1\n  b: 2\n", 2, "不能再有“: ”"),
        ("k: [a\n", 2, "方括号"),
        ("? [a, b]\n: c\n", 1, "YAML 写法有误"),
        ("a: x\x07y\n", 1, "控制字符"),
    ],
)
def test_broken_yaml_is_told_with_its_line_in_chinese(text: str, line: int, words: str) -> None:
    data, (problem,) = parse(text, "f.yaml")
    assert (data, problem.file, problem.line) == (None, "f.yaml", line)
    assert words in problem.message


def test_every_line_of_full_width_signs_is_told_at_once() -> None:
    data, problems = parse("title：分目\n# 注\nb：c\nunits: x\n", "f.yaml")
    assert (data, [each.line for each in problems]) == (None, [1, 3])
    assert [each.line for each in parse("title：分目\nunits：［a］\n", "f.yaml")[1]] == [1, 2]


def test_full_width_signs_within_words_are_no_fault() -> None:
    text = "a: 注：甲，乙\nb: [甲，乙]\nc: |\n  CPU：［甲］\n"
    assert parse(text, "f.yaml")[1] == ()


def test_a_value_is_found_at_its_own_line() -> None:
    text = "a:\n  b：1\nc: 2\n"
    assert (line_of(text, ("a",)), line_of(text, ("a",), value=True)) == (1, 2)


def test_a_key_is_found_at_its_line() -> None:
    text = "a: 1\nb:\n- c: 2\n- c: 3\n  d: 4\n"
    assert line_of(text, ("b", 1, "d")) == 5


def test_a_missing_key_is_put_at_its_parent() -> None:
    assert line_of("a: 1\nb:\n- c: 2\n", ("b", 0, "x", "y")) == 3


def patched(text: str, **changes: Any) -> str:
    data, _ = parse(text, "")
    return patch(text, {**(data or {}), **changes})


def test_a_new_step_is_one_new_line_before_the_comment_below() -> None:
    text = "title: 甲\nhistory:\n- {by: 子}  # 首\n# 尾\n"
    step = FlowMap(by="丑")
    assert patched(text, history=[{"by": "子"}, step]) == (
        "title: 甲\nhistory:\n- {by: 子}  # 首\n- {by: 丑}\n# 尾\n"
    )


def test_a_step_is_added_to_a_file_without_a_last_line_break() -> None:
    text = "history:\n- {by: 子}"
    assert patched(text, history=[{"by": "子"}, FlowMap(by="丑")]) == (
        "history:\n- {by: 子}\n- {by: 丑}\n"
    )


def test_a_step_is_indented_like_its_neighbours() -> None:
    text = "history:\n    - {by: 子}\nx: 1\n"
    assert patched(text, history=[{"by": "子"}, FlowMap(by="丑")]) == (
        "history:\n    - {by: 子}\n    - {by: 丑}\nx: 1\n"
    )


def test_the_first_step_follows_the_last_key() -> None:
    text = "# 头\ntitle: 甲 # 注\n\n# 尾\n"
    assert patched(text, history=[FlowMap(by="丑")]) == (
        "# 头\ntitle: 甲 # 注\nhistory:\n- {by: 丑}\n\n# 尾\n"
    )


def test_an_empty_flow_history_becomes_a_list() -> None:
    assert patched("a: 1\nhistory: []\nb: 2\n", history=[FlowMap(by="丑")]) == (
        "a: 1\nhistory:\n- {by: 丑}\nb: 2\n"
    )


def test_steps_written_by_hand_over_several_lines_stay_so() -> None:
    text = "history:\n- at: 1\n  by: 子   # 谁\nx: 1\n"
    assert patched(text, history=[{"at": "1", "by": "子"}, FlowMap(by="丑")]) == (
        "history:\n- at: 1\n  by: 子   # 谁\n- {by: 丑}\nx: 1\n"
    )


def test_a_step_follows_a_literal_block() -> None:
    text = "history:\n- by: 子\n  note: |\n    甲\n    乙\n# 尾\n"
    old = {"by": "子", "note": "甲\n乙\n"}
    assert patched(text, history=[old, FlowMap(by="丑")]) == (
        "history:\n- by: 子\n  note: |\n    甲\n    乙\n- {by: 丑}\n# 尾\n"
    )


def test_a_literal_block_is_replaced_without_its_neighbours() -> None:
    text = "a: |\n  甲\n  乙\n# 注\nb: 1  # 乙\n"
    assert patched(text, a="丙") == "a: 丙\n# 注\nb: 1  # 乙\n"


def test_new_keys_stand_in_the_given_order() -> None:
    data = {"title": "甲", "units": FlowList(["u"]), "editor": "e", "due": date(2020, 3, 5)}
    assert patch("title: 甲\n# 尾\n", data) == (
        "title: 甲\nunits: [u]\neditor: e\ndue: 2020-03-05\n# 尾\n"
    )


def test_a_value_is_replaced_and_its_comment_stays() -> None:
    assert patched("a: 1\neditor: x   # 林清\nb: 2\n", editor="y") == (
        "a: 1\neditor: y   # 林清\nb: 2\n"
    )


def test_a_blank_value_is_filled_where_it_stands() -> None:
    assert patched("editor:   # 待定\nb: 2\n", editor="y") == "editor: y   # 待定\nb: 2\n"


def test_a_key_is_taken_out_with_its_lines() -> None:
    text = "a: 1\n# 乙的注\nb:\n- x: 1\n- x: 2\nc: 3\n"
    assert patch(text, {"a": "1", "c": "3"}) == "a: 1\n# 乙的注\nc: 3\n"


def test_a_mapping_on_one_line_changes_on_its_line() -> None:
    text = "# 头\ncorrections:\n- {page: 1, old: 甲}  # 一\n- {page: 2, old: 乙}\nb: 1\n"
    done = [FlowMap(page="1", old="甲", done="done"), {"page": "2", "old": "乙"}]
    assert patched(text, corrections=done) == (
        "# 头\ncorrections:\n- {page: '1', old: 甲, done: done}  # 一\n- {page: 2, old: 乙}\nb: 1\n"
    )


def test_items_are_cut_off_the_end_of_a_list() -> None:
    text = "tasks:\n# 一\n- unit: a   # 甲\n- unit: b\n  due: 1\n# 尾\nb: 1\n"
    assert patched(text, tasks=[{"unit": "a"}]) == "tasks:\n# 一\n- unit: a   # 甲\n# 尾\nb: 1\n"


def test_windows_line_ends_stay() -> None:
    text = "a: 1\r\nhistory:\r\n- {by: 子}\r\nb: 2\r\n"
    assert patched(text, history=[{"by": "子"}, FlowMap(by="丑")]) == (
        "a: 1\r\nhistory:\r\n- {by: 子}\r\n- {by: 丑}\r\nb: 2\r\n"
    )


def test_a_file_of_comments_only_keeps_them() -> None:
    assert patch("# 头\n# 尾\n", {"a": "1"}) == "# 头\n# 尾\na: '1'\n"


def test_a_file_on_one_line_is_written_anew_and_reads_the_same() -> None:
    assert parse(patch("{a: 1}", {"a": "2"}), "") == ({"a": "2"}, ())


def test_nothing_changed_is_nothing_written() -> None:
    text = "a:   '1'   # 注\n\n\nb: [ x,y ]\n"
    assert patched(text) == text


KEYS = st.sampled_from(["title", "units", "editor", "due", "tasks", "note", "history"])
WORDS = st.text(
    st.sampled_from("甲乙a1 :#-'\"[]{},|>*&!%@\\~　：\n"), max_size=8
) | st.sampled_from(["012", "no", "1:30", "3.10", "~", "", "- x", "a: b", "# c", "…"])
FLAT = st.dictionaries(st.sampled_from(["at", "by", "to", "note"]), WORDS, min_size=1, max_size=3)
VALUES = (
    WORDS
    | st.lists(WORDS, max_size=3).map(FlowList)
    | st.lists(WORDS, max_size=3)
    | st.lists(FLAT.map(FlowMap), max_size=3)
    | st.lists(FLAT, max_size=3)
    | st.lists(
        st.fixed_dictionaries({"unit": WORDS, "history": st.lists(FLAT.map(FlowMap), max_size=2)}),
        max_size=2,
    )
    | FLAT
)
RECORDS = st.dictionaries(KEYS, VALUES, min_size=1, max_size=5)


@st.composite
def people_write(draw: st.DrawFn) -> str:
    """A record as `dump` writes it, with what people add: comments, blank lines, CRLF."""
    lines = []
    for key, value in draw(RECORDS).items():
        lines += draw(st.lists(st.sampled_from(["# 注", "", "#"]), max_size=2))
        block = dump({key: value}).split("\n")[:-1]
        if len(block) == 1 and draw(st.booleans()):
            block[0] += "   # 行尾"
        lines += block
    lines += draw(st.lists(st.sampled_from(["# 尾", ""]), max_size=2))
    text = draw(st.sampled_from(["\n", "\r\n"])).join(lines)
    return text + ("\n" if draw(st.booleans()) else "")


@settings(deadline=None, max_examples=300)
@given(people_write(), RECORDS)
def test_a_patched_text_reads_as_the_data(text: str, data: dict[str, Any]) -> None:
    assert parse(patch(text, data), "") == parse(dump(data), "")


@settings(deadline=None, max_examples=200)
@given(people_write(), st.lists(FLAT, max_size=2), FLAT)
def test_a_step_added_leaves_every_line_as_it_was(
    text: str, past: list[dict[str, str]], step: dict[str, str]
) -> None:
    steps = "".join(f"- {{by: 子{number}}}   # 注\n" for number in range(len(past)))
    text = "# 头\n" + text.replace("history", "other").rstrip("\r\n")
    text += "\nhistory:\n" + steps + "# 尾\n" if past else "\n"
    data, problems = parse(text, "")
    assert not problems
    after = patch(text, {**data, "history": [*data.get("history", []), FlowMap(step)]})
    assert [line for line in text.splitlines() if line not in after.splitlines()] == []


def test_a_comment_stays_on_its_line_when_the_value_grows() -> None:
    assert patched("history: []   # 空\nb: 1\n", history=[FlowMap(by="丑")]) == (
        "history:   # 空\n- {by: 丑}\nb: 1\n"
    )
