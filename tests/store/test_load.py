"""Reading a volume: every fault of every file at once, each with file, line and key."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import ANY

import pytest

from editorial.errors import BadData, EditorialError, Problem
from editorial.model.labels import TaskState
from editorial.model.volume import Matter, Step
from editorial.store.load import load_text, load_volume
from editorial.store.looks import load_draft_style
from editorial.store.reader import Reader, check_states
from editorial.store.registers import load_rounds
from editorial.store.workspace import open_workspace

BASE = "volumes/xiao-2019"
SECTION = f"{BASE}/chapters/01-keji/01-gaikuang.yaml"
CHAPTER = f"{BASE}/chapters/01-keji/chapter.yaml"


@pytest.fixture
def problems(workspace: Path) -> Callable[..., list[tuple[str, int, str]]]:
    """Change files (path → (old, new) or bytes), load, and list file, line and key."""

    def load(changes: dict[str, tuple[str, str] | bytes]) -> list[Problem]:
        for path, change in changes.items():
            data = (workspace / path).read_bytes() if (workspace / path).exists() else b""
            new = change if isinstance(change, bytes) else _replaced(data.decode(), *change)
            (workspace / path).write_bytes(new)
        try:
            load_volume(open_workspace(workspace).files, "xiao-2019")
        except BadData as error:
            return list(error.problems)
        return []

    return lambda changes: [(p.file, p.line, p.key) for p in load(changes)]


def _replaced(text: str, old: str, new: str) -> bytes:
    assert old in text
    return text.replace(old, new, 1).encode()


Problems = Callable[[dict[str, tuple[str, str] | bytes]], list[tuple[str, int, str]]]


def test_the_small_volume_has_no_fault(problems: Problems) -> None:
    assert problems({}) == []


def test_faults_of_several_files_are_told_at_once(problems: Problems) -> None:
    assert problems(
        {
            SECTION: ("editor: linqing\ndue: 2019-12-20", "editro: linqing\ndue: 明天"),
            f"{BASE}/units.yaml": ("- id: gz-kjj\n", "- id: sz-kcj\n"),
            f"{BASE}/chapters/02-jichu/02-jichang.yaml": ("to: received", "to: recieved"),
            "styles/workflows/yearbook.yaml": ("schema: 1", "schema: 一"),
        }
    ) == [
        ("styles/workflows/yearbook.yaml", ANY, "schema"),
        (SECTION, 3, "editro"),
        (SECTION, 4, "due"),
        (f"{BASE}/units.yaml", 9, "units.2.id"),
    ]


@pytest.mark.parametrize(
    ("path", "old", "new", "key"),
    [
        (SECTION, "target: 1200", "target: 很多", "target"),
        (SECTION, "units: [sz-kcj]", "units: sz-kcj", "units"),
        (SECTION, "units: [sz-kcj]", "units: [sz-kjc]", "units.1"),
        (SECTION, "editor: linqing", "editor: linqin", "editor"),
        (SECTION, "- unit: sz-kcj", "- unit: nobody", "tasks.1.unit"),
        (SECTION, "to: submitted", "to: sent", "tasks.1.history.2.to"),
        (SECTION, "to: drafting", "to: dratfing", "history.1.to"),
        (SECTION, "to: drafting", "to: published", "history.1.to"),
        (SECTION, "2019-10-08T09:00:00+08:00, by: linqing", "昨天, by: linqing", "history.1.at"),
        (SECTION, "by: linqing, to: drafting", "on: x, to: drafting", "history.1"),
        (CHAPTER, "- 02-pingtai", "- 02-pingtia", "sections.2"),
        (CHAPTER, "- 02-pingtai", "- 01-gaikuang", "sections.2"),
        (CHAPTER, "- 02-pingtai", "- ../02-pingtai", "sections.2"),
        (CHAPTER, "- 02-pingtai", "- /etc/passwd", "sections.2"),
        (CHAPTER, "- 02-pingtai", '- "02\\x07pingtai"', "sections.2"),
        (CHAPTER, "- 02-pingtai", "- .hidden", "sections.2"),
        (f"{BASE}/volume.yaml", "schema: 1", "schema: 9", "schema"),
        (f"{BASE}/volume.yaml", "schema: 1", "schema: 0", "schema"),
        (f"{BASE}/volume.yaml", "kind: regional_yearbook", "kind: 年鉴", "kind"),
        (f"{BASE}/volume.yaml", "workflow: yearbook", "workflow: ../x", "workflow"),
        (f"{BASE}/volume.yaml", "workflow: yearbook", "workflow: a/b", "workflow"),
        (f"{BASE}/volume.yaml", "city_order:", "city_oder:", "city_oder"),
        (f"{BASE}/staff.yaml", "id: sujing", "id: zhouwen", "staff.2.id"),
        (f"{BASE}/staff.yaml", "roles: [compiler]", "roles: [complier]", "staff.3.roles.1"),
        (f"{BASE}/progress.yaml", "to: framework", "to: frame", "history.1.to"),
        (f"{BASE}/progress.yaml", "to: framework", "to: review1", "history.1.to"),
        ("styles/workflows/yearbook.yaml", "[has_editor]", "[has_edtor]", "stages.5.guards"),
        ("styles/workflows/yearbook.yaml", "at merge]", "at merg]", "stages.10.guards"),
        ("styles/workflows/yearbook.yaml", "id: review2", "id: review1", "stages.7.id"),
    ],
)
def test_a_fault_is_told_at_its_line_and_key(
    problems: Problems, workspace: Path, path: str, old: str, new: str, key: str
) -> None:
    text = (workspace / path).read_text("utf-8")
    line = text.count("\n", 0, text.index(old)) + 1
    assert (path, line, key) in problems({path: (old, new)})


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (SECTION, "units: [sz-kcj]", "units: [sz-kcj，gz-kjj]"),
        (CHAPTER, "- 01-gaikuang\n- 02-pingtai", "- 01-gaikuang，02-pingtai"),
    ],
)
def test_names_run_together_by_a_full_width_comma_are_told(
    workspace: Path, path: str, old: str, new: str
) -> None:
    (workspace / path).write_bytes(_replaced((workspace / path).read_text("utf-8"), old, new))
    with pytest.raises(BadData) as refused:
        load_volume(open_workspace(workspace).files, "xiao-2019")
    told = [each.message for each in refused.value.problems]
    assert [each.endswith("；几个分开写的，“，”请改为半角的“, ”") for each in told] == [True]


@pytest.mark.parametrize(
    ("path", "key"),
    [
        (SECTION, "title"),
        (CHAPTER, "title"),
        (f"{BASE}/volume.yaml", "title"),
    ],
)
@pytest.mark.parametrize("title", ['""', '"　"', r'"背\0景"', r'"\e"', r'"\uffff"'])
def test_a_title_that_does_not_print_is_told(
    problems: Problems, workspace: Path, path: str, key: str, title: str
) -> None:
    text = (workspace / path).read_text("utf-8")
    found = re.search(r"^title: .*$", text, re.MULTILINE)
    assert found is not None
    line = text.count("\n", 0, found.start()) + 1
    assert (path, line, key) in problems({path: (found[0], f"title: {title}")})


def test_words_of_the_cover_that_do_not_print_are_told(problems: Problems, workspace: Path) -> None:
    path = f"{BASE}/volume.yaml"
    text = (workspace / path).read_text("utf-8")
    found = re.search(r"(?<=  name: ).*$", text, re.MULTILINE)
    assert found is not None
    told = problems({path: (found[0], r'"示例\u0001编纂室"')})
    assert [(file, key) for file, _, key in told] == [(path, "office.name")]


def test_a_workflow_without_stages_is_told(problems: Problems) -> None:
    path = "styles/workflows/yearbook.yaml"
    found = problems({path: "schema: 1\ntitle: 空\nstages: []\n".encode()})
    assert (path, 3, "stages") in found


def test_a_missing_workflow_is_told(problems: Problems) -> None:
    found = problems({f"{BASE}/volume.yaml": ("workflow: yearbook", "workflow: mine")})
    assert found == [("styles/workflows/mine.yaml", 0, "")]


@pytest.mark.parametrize("name", ["02-pingtai.yaml", "02-pingtai.md"])
def test_a_missing_section_file_is_told_in_its_chapter(
    problems: Problems, workspace: Path, name: str
) -> None:
    (workspace / BASE / "chapters/01-keji" / name).unlink()
    assert problems({}) == [(CHAPTER, 4, "sections.2")]


def test_a_missing_chapter_file_is_told(problems: Problems, workspace: Path) -> None:
    (workspace / CHAPTER).unlink()
    assert problems({}) == [(CHAPTER, 0, "")]


@pytest.mark.parametrize("name", ["Thumbs.db", "desktop.ini", "说明.txt"])
def test_a_stray_file_among_the_chapters_is_no_fault(
    problems: Problems, workspace: Path, name: str
) -> None:
    (workspace / BASE / "chapters" / name).write_bytes(b"\0\1")
    assert problems({}) == []


def test_a_chapter_folder_with_an_unfit_name_is_not_silently_left_out(
    problems: Problems, workspace: Path
) -> None:
    folder = workspace / BASE / "chapters/03:jinrong"
    folder.mkdir()
    (folder / "chapter.yaml").write_text("title: 金融\n", encoding="utf-8")
    assert problems({}) == [(f"{BASE}/chapters/03:jinrong", 0, "")]


def test_what_kind_of_chapter_it_is_is_read(problems: Problems, workspace: Path) -> None:
    assert problems({CHAPTER: ("title:", "matter: front\ntitle:")}) == []
    volume = load_volume(open_workspace(workspace).files, "xiao-2019").volume
    assert [each.matter for each in volume.chapters] == [Matter.FRONT, Matter.TEXT]
    assert problems({CHAPTER: ("front", "前面")}) == [(CHAPTER, 1, "matter")]


@pytest.mark.parametrize("linked", ["file", "folder"])
def test_a_text_that_is_a_link_out_of_the_workspace_is_refused(
    workspace: Path, tmp_path: Path, linked: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "01-gaikuang.md").write_text("外面的文字。\n", encoding="utf-8")
    folder = workspace / BASE / "chapters/01-keji"
    if linked == "file":
        (folder / "01-gaikuang.md").unlink()
        (folder / "01-gaikuang.md").symlink_to(outside / "01-gaikuang.md")
    else:
        folder.rename(outside / "old")
        folder.symlink_to(outside)
    with pytest.raises(BadData) as told:
        load_text(open_workspace(workspace).files, "xiao-2019", "01-keji/01-gaikuang")
    (problem,) = told.value.problems
    assert problem.file == f"{BASE}/chapters/01-keji/01-gaikuang.md"
    assert "工作区以外" in problem.message


def test_a_text_that_is_a_link_inside_the_workspace_is_read(workspace: Path) -> None:
    path = workspace / BASE / "chapters/01-keji/01-gaikuang.md"
    path.unlink()
    path.symlink_to("02-pingtai.md")
    text, _ = load_text(open_workspace(workspace).files, "xiao-2019", "01-keji/01-gaikuang")
    assert text == (workspace / BASE / "chapters/01-keji/02-pingtai.md").read_text("utf-8")


def test_text_in_another_encoding_is_told_with_its_line(workspace: Path) -> None:
    path = workspace / BASE / "chapters/01-keji/01-gaikuang.md"
    path.write_bytes("第一段\n".encode() + "第二段".encode("gb18030"))
    with pytest.raises(BadData) as refused:
        load_text(open_workspace(workspace).files, "xiao-2019", "01-keji/01-gaikuang")
    assert [(p.line, p.message[:9]) for p in refused.value.problems] == [(2, "不是 UTF-8 ")]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_a_record_in_another_encoding_is_told(problems: Problems, encoding: str) -> None:
    found = problems({SECTION: "title: 概况\n".encode(encoding)})
    assert (SECTION, 1, "") in found


def test_a_byte_order_mark_and_windows_line_ends_do_not_matter(
    problems: Problems, workspace: Path
) -> None:
    text = (workspace / SECTION).read_text("utf-8")
    data = ("\ufeff" + text.replace("\n", "\r\n")).encode()
    assert problems({SECTION: data}) == []


def test_ids_that_look_like_numbers_stay_text(problems: Problems, workspace: Path) -> None:
    units = (workspace / BASE / "units.yaml").read_text("utf-8")
    text = units + "- {id: 012, name: 1:30, short: no, city: 3.10}\n"
    assert problems({f"{BASE}/units.yaml": text.encode()}) == []
    loaded = load_volume(open_workspace(workspace).files, "xiao-2019")
    unit = loaded.volume.units[-1]
    assert (unit.id, unit.name, unit.short, unit.city) == ("012", "1:30", "no", "3.10")


@pytest.mark.parametrize("name", ["../letters/revise", "a/b", "没有", "", "\x07"])
def test_a_style_is_found_by_name_only(workspace: Path, name: str) -> None:
    with pytest.raises(EditorialError, match="没有叫"):
        load_draft_style(open_workspace(workspace).files, name)


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"records": {}}', b'{"format": 1, "records": []}', b"\xff\xfe"]
)
def test_a_damaged_cache_is_thrown_away(workspace: Path, damage: bytes) -> None:
    for _ in range(2):
        load_volume(open_workspace(workspace).files, "xiao-2019")
        for each in (workspace / ".git/editorial/parsed").iterdir():
            each.write_bytes(damage)


@pytest.mark.parametrize("records", [rb'"size": "22"', b"[]", b"5", b"[" * 100_000])
def test_an_altered_cache_is_thrown_away(workspace: Path, records: bytes) -> None:
    before = load_draft_style(open_workspace(workspace).files, "review")
    kept = workspace / ".git/editorial/parsed/styles.json"
    head, _, text = kept.read_bytes().partition(b"\n")
    altered = re.sub(rb'"size": "[0-9.]+"', records, text) if b"size" in records else records
    assert altered != text
    kept.write_bytes(head + b"\n" + altered)
    assert load_draft_style(open_workspace(workspace).files, "review") == before


def test_a_changed_file_is_never_served_from_the_cache(problems: Problems) -> None:
    assert problems({}) == []
    assert problems({SECTION: ("editor: linqing", "editor: nobody")}) == [(SECTION, 3, "editor")]


def test_an_empty_folder_among_the_rounds_is_no_fault(workspace: Path) -> None:
    (workspace / BASE / "rounds/01").mkdir(parents=True)
    assert load_rounds(open_workspace(workspace).files, "xiao-2019") == ()


def test_states_are_told_in_their_order(workspace: Path) -> None:
    reader = Reader(open_workspace(workspace).files)
    step = Step(at=datetime(2020, 3, 5, tzinfo=UTC), by="linqing", to="无")
    check_states(reader, SECTION, (), (step,), TaskState)
    (problem,) = reader.problems
    assert problem.message.endswith("：" + "、".join(str(state.value) for state in TaskState))
