"""Styles of drafts: what is shipped can be set, and a style that cannot says why and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest

from editorial.errors import BadData
from editorial.model.style import (
    DERIVED,
    ROLES,
    DraftStyle,
    Heads,
    Margins,
    TextRole,
    role_of,
    style_faults,
)
from editorial.store.looks import load_draft_style
from editorial.store.workspace import open_workspace

REVIEW = "styles/drafts/review.yaml"
SHIPPED = ("booklet", "consult", "final", "review")
FIRST = ("title", "label", "paper", "margins", "roles")
PLAIN = DraftStyle(
    title="素样",
    label="稿",
    paper=(210, 297),
    margins=Margins(top=25, bottom=25, inner=25, outer=25),
    roles={role: TextRole(size=10, leading=20) for role in ROLES},
)

Loads = Callable[[str], DraftStyle]
Faults = Callable[[str, str], list[tuple[int, str, str]]]


@pytest.fixture
def loads(workspace: Path) -> Loads:
    """A shipped style as it is read."""
    return lambda name: load_draft_style(open_workspace(workspace).files, name)


@pytest.fixture
def faults(workspace: Path, loads: Loads) -> Faults:
    """`faults(old, new)`: line, key and message of each fault after a change in review.yaml."""

    def told(old: str, new: str) -> list[tuple[int, str, str]]:
        path = workspace / REVIEW
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        with pytest.raises(BadData) as refused:
            loads("review")
        assert {problem.file for problem in refused.value.problems} == {REVIEW}
        return [(each.line, each.key, each.message) for each in refused.value.problems]

    return told


def line_of(workspace: Path, text: str) -> int:
    lines = (workspace / REVIEW).read_text("utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if line.startswith(text))


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_style_can_be_set(loads: Loads, name: str) -> None:
    assert loads(name).id == name


def test_all_shipped_styles_are_tried(workspace: Path) -> None:
    found = {path.stem for path in (workspace / "styles/drafts").iterdir()}
    assert found == set(SHIPPED)


def test_final_has_two_columns_on_its_sheet(loads: Loads) -> None:
    final = loads("final")
    assert (final.paper, final.columns, final.index, final.lists) == ((210, 285), 2, True, True)


def test_marks_are_for_the_office_only(loads: Loads) -> None:
    assert {name: loads(name).show_marks for name in SHIPPED} == {
        "booklet": True,
        "consult": False,
        "final": False,
        "review": True,
    }


def test_file_of_the_first_version_still_reads(workspace: Path, loads: Loads) -> None:
    path = workspace / REVIEW
    lines = path.read_text("utf-8").splitlines()
    new = {field.name for field in fields(DraftStyle)} - {*FIRST, "schema"}
    kept = [line for line in lines if line.split(":")[0] not in new and "line_number" not in line]
    path.write_text("\n".join(kept), encoding="utf-8")
    style = loads("review")
    first = {name: getattr(style, name) for name in FIRST}
    assert style == DraftStyle(id="review", **first)


@pytest.mark.parametrize(
    ("old", "new", "key", "message"),
    [
        ("copy_number: true", "colums: 2", "colums", "是否应为“columns”"),
        ("{left: chapter", "{left: page", "heads.left", "“page”不在可选值之内"),
        ("right: section}", "rigth: section}", "heads.rigth", "是否应为“right”"),
        ("copy_number: true", "columns: 3", "columns", "应为 1 或 2，现为 3"),
        ("copy_number: true", "column_gap: 90", "column_gap", "栏间距应在"),
        ("copy_number: true", "punctuation: loose", "punctuation", "不在可选值之内"),
        ("copy_number: true", "emphasis: caoshu", "emphasis", "没有“caoshu”这种字体，可用：song"),
        ("line_numbers: 5", "line_numbers: -5", "line_numbers", "0 是不标"),
        ("line_numbers: 5", "line_numbers: 五", "line_numbers", "应为整数"),
        ("mark_color: C00000", "mark_color: 红", "mark_color", "六位十六进制"),
        ("folio: 第{page}页", "folio: 第{n}页", "folio", "空位只有 {page}"),
        ("folio: 第{page}页　共", "folio: 共", "folio", "没有 {page}"),
        ("paper: [210, 297]", "paper: [210]", "paper", "应为 [宽, 高]"),
        ("paper: [210, 297]", "paper: [21, 29.7]", "paper", "50 至 2000"),
        ("outer: 50}", "outer: -1}", "margins", "不能是负数"),
        ("outer: 50}", "outer: 170}", "margins", "版心太窄"),
        ("top: 27", "top: 240", "margins", "版心太矮"),
        ("  signature:", "  sign:", "roles.sign", "没有“sign”这种文字"),
        ("font: kai, size: 26", "font: caoshu, size: 26", "roles.cover_label.font", "caoshu"),
        ("leading: 50,", "leading: 30,", "roles.cover_title.leading", "行距应不小于字号"),
        ("size: 32,", "size: 0,", "roles.cover_title.size", "字号应在"),
        ("indent: 2, align: left}", "indent: -2}", "roles.toc_section.indent", "缩进应在"),
        ("before: 42", "before: -42", "roles.chapter.before", "段前、段后"),
        ("size: 32, leading: 50", "size: 32, leading: 300", "roles.cover_title.leading", "231 磅"),
        ("label: 评议稿", 'label: "评\\0议"', "label", "控制字符"),
        ("notice: 内部资料　注意保存", 'notice: "\\e内部"', "notice", "控制字符"),
        ("[待补, 存疑]", '[待补, "存\\u0001疑"]', "mark_words.2", "控制字符"),
        ("color: 808080", "color: grey", "roles.line_number.color", "六位十六进制"),
    ],
)
def test_fault_is_told_with_its_line(
    workspace: Path, faults: Faults, old: str, new: str, key: str, message: str
) -> None:
    before = (workspace / REVIEW).read_text("utf-8")
    line = before[: before.index(old)].count("\n") + 1
    found = [each for each in faults(old, new) if each[1] == key]
    assert [(at, message in said) for at, _, said in found] == [(line, True)]


def test_role_left_out_is_named(workspace: Path, faults: Faults) -> None:
    path = workspace / REVIEW
    line = next(each for each in path.read_text("utf-8").splitlines() if "  note:" in each)
    at = line_of(workspace, "roles:")
    assert faults(line + "\n", "") == [(at, "roles", "缺少note，请照自带的 review.yaml 补上")]


def test_all_faults_are_told_at_once(faults: Faults) -> None:
    found = faults(
        "folio: 第{page}页　共{pages}页\nline_numbers: 5", "folio: 无\nline_numbers: 999"
    )
    assert [key for _, key, _ in found] == ["folio", "line_numbers"]


def test_two_columns_need_room_for_both() -> None:
    narrow = replace(PLAIN, columns=2, paper=(125, 297))
    assert [keys for keys, _ in style_faults(narrow)] == [("margins",)]


def test_a_character_that_no_column_holds_is_told() -> None:
    small = TextRole(size=4, leading=8)
    narrow = {"margins": Margins(top=25, bottom=25, inner=90, outer=90), "columns": 1}
    roles = {**dict.fromkeys(ROLES, small), "table_cell": TextRole(size=90, leading=90)}
    faults = style_faults(replace(PLAIN, roles=roles, **narrow))
    assert [keys for keys, _ in faults] == [("roles", "table_cell", "size")]


def test_font_roles_are_judged_only_where_they_are_known() -> None:
    assert style_faults(PLAIN) == ()
    assert {keys[-1] for keys, _ in style_faults(PLAIN, ("hei",))} == {"font"}


def test_page_without_folio_is_no_fault() -> None:
    assert style_faults(replace(PLAIN, folio="", heads=Heads(left="", right=""))) == ()


@pytest.mark.parametrize("name", DERIVED)
def test_role_a_style_leaves_out_is_made_from_another(name: str) -> None:
    made = role_of(PLAIN, name)
    assert not style_faults(replace(PLAIN, roles=PLAIN.roles | {name: made}))


def test_role_a_style_sets_is_taken_as_it_is() -> None:
    own = TextRole(size=50, leading=60)
    assert role_of(replace(PLAIN, roles=PLAIN.roles | {"divider": own}), "divider") == own
