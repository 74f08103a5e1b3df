"""terms.yaml: the office's words, and readings that cannot be used told with their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from editorial.errors import BadData
from editorial.model.terms import Terms
from editorial.store.terms import load_terms
from editorial.store.workspace import open_workspace

PATH = "volumes/xiao-2019/terms.yaml"


def load(workspace: Path, text: str) -> Terms:
    (workspace / PATH).write_text(text, "utf-8")
    return load_terms(open_workspace(workspace).files, "xiao-2019")


def test_a_volume_without_readings_has_none(workspace: Path) -> None:
    files = open_workspace(workspace).files
    assert load_terms(files, "xiao-2019") == Terms(names={"粤港澳大湾区": "大湾区"})


def test_a_volume_without_the_file_has_no_terms(workspace: Path) -> None:
    (workspace / PATH).unlink()
    assert load_terms(open_workspace(workspace).files, "xiao-2019") == Terms()


def test_readings_may_have_tones_as_figures_as_marks_or_not_at_all(workspace: Path) -> None:
    text = "readings: {番禺: pan1 yu2, 东莞: Dōng guǎn, 单示例: shan shi li, 吕示: lǚ shi}\n"
    assert load(workspace, text).readings == {
        "番禺": "pan1 yu2",
        "东莞": "Dōng guǎn",
        "单示例": "shan shi li",
        "吕示": "lǚ shi",
    }


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("番禺: pan", "“番禺”2个字，拼音有1个音节，应一字一个音节"),
        (
            "番禺: pna yu",
            "“pna yu”不是汉语拼音，应像 pan1 yu2 或 pan yu，音节之间空一格",
        ),
        ("番禺: pan1 yu6", "“pan1 yu6”不是汉语拼音，应像 pan1 yu2 或 pan yu，音节之间空一格"),
        ("番禺:", "“”不是汉语拼音，应像 pan1 yu2 或 pan yu，音节之间空一格"),
        ("A股: a gu", "“A股”里只能有汉字"),
        ("番禺: [pan, yu]", "应为一段文字，现为一个列表或几项“键: 值”"),
    ],
)
def test_a_reading_that_cannot_be_used_is_told_with_its_line(
    workspace: Path, entry: str, message: str
) -> None:
    with pytest.raises(BadData) as caught:
        load(workspace, f"names: {{}}\nreadings:\n  东莞: dong guan\n  {entry}\n")
    assert [(p.file, p.line, p.message) for p in caught.value.problems] == [(PATH, 4, message)]


def test_an_unknown_key_is_told_with_what_was_meant(workspace: Path) -> None:
    with pytest.raises(BadData) as caught:
        load(workspace, "names: {}\nreading:\n  东莞: dong guan\n")
    assert [(p.line, p.message) for p in caught.value.problems] == [
        (2, "不认识的键“reading”，是否应为“readings”")
    ]
