"""编号本: a copy for every reader on the list, the same again when asked again."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import docx
import pikepdf
import pytest

from editorial.desk.copies import copy_name
from editorial.desk.draft import DraftMade, make_draft
from editorial.desk.keep import keep
from editorial.desk.office import Desk
from editorial.errors import BadData, EditorialError
from editorial.model.drafts import Copy, Reader, numbered_readers
from editorial.model.names import fit_name, safe_name
from editorial.store.readers import load_readers
from editorial.store.registers import load_drafts

Git = Callable[..., str]
AT = datetime(2020, 3, 5, 9, 30, tzinfo=UTC)
NODE = "02-jichu/02-jichang"
THREE = """\
readers:
- {name: 陈甲（示例）, unit: 示例市志办}
- {name: 李乙（示例）, unit: 示例区志办, number: 1}
- name: 王丙（示例）
"""


@pytest.fixture
def names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """`names(text)` writes the list into the current folder, outside the workspace."""
    folder = tmp_path / "案头"
    folder.mkdir()
    monkeypatch.chdir(folder)

    def write(text: str) -> str:
        Path("readers.yaml").write_text(text, encoding="utf-8")
        return "readers.yaml"

    return write


def make(desk: Desk, readers: str, **wish: Any) -> DraftMade:
    return make_draft(desk, (NODE,), **{"at": AT, "formats": ("pdf",), "readers": readers, **wish})


def files(made: DraftMade) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for _, path in made.copies}


def registered(desk: Desk) -> tuple[Copy, ...]:
    (draft,) = load_drafts(desk.workspace.files, "xiao-2019")
    return draft.copies


def faults(path: str, given: tuple[Copy, ...] = ()) -> list[str]:
    with pytest.raises(BadData) as raised:
        load_readers(path, given)
    return [str(problem) for problem in raised.value.problems]


def test_every_reader_gets_a_copy_of_his_own(desk: Desk, names: Callable[[str], str]) -> None:
    made = make(desk, names(THREE))
    assert [path.name for _, path in made.copies] == [
        "小年鉴2019评议稿第1稿（02-jichu-02-jichang）〔02号　陈甲（示例）〕.pdf",
        "小年鉴2019评议稿第1稿（02-jichu-02-jichang）〔01号　李乙（示例）〕.pdf",
        "小年鉴2019评议稿第1稿（02-jichu-02-jichang）〔03号　王丙（示例）〕.pdf",
    ]
    assert len({*files(made).values(), made.files[0].read_bytes()}) == 4


def test_copies_are_registered_with_their_hashes_in_one_commit(
    desk: Desk, names: Callable[[str], str], git: Git
) -> None:
    made = make(desk, names(THREE))
    assert [(copy.number, copy.reader, copy.unit) for copy in registered(desk)] == [
        (1, "李乙（示例）", "示例区志办"),
        (2, "陈甲（示例）", "示例市志办"),
        (3, "王丙（示例）", ""),
    ]
    said = {copy.file: (copy.sha256, copy.size) for copy in registered(desk)}
    lying = {n: (hashlib.sha256(data).hexdigest(), len(data)) for n, data in files(made).items()}
    assert said == lying
    assert git("show", "--format=", "--name-only") == "volumes/xiao-2019/drafts/01/draft.yaml"
    assert git("rev-list", "--count", "HEAD") == "2"


def test_the_draft_itself_is_the_same_with_copies_and_without(
    desk: Desk, names: Callable[[str], str]
) -> None:
    alone = make(desk, "").files[0].read_bytes()
    assert make(desk, names(THREE)).files[0].read_bytes() == alone


def test_the_same_list_gives_the_same_bytes_and_registers_nothing(
    desk: Desk, names: Callable[[str], str], git: Git
) -> None:
    first = make(desk, names(THREE))
    head = git("rev-parse", "HEAD")
    again = make(desk, names(THREE))
    assert (files(again), again.act) == (files(first), None)
    assert git("rev-parse", "HEAD") == head


def test_a_reader_added_later_leaves_the_numbers_given_alone(
    desk: Desk, names: Callable[[str], str], git: Git
) -> None:
    before = files(make(desk, names(THREE)))
    made = make(desk, names("readers: [{name: 赵丁（示例）}, {name: 王丙（示例）}]"))
    assert [copy.number for copy, _ in made.copies] == [4, 3]
    assert [copy.number for copy in registered(desk)] == [1, 2, 3, 4]
    kept = made.copies[1][1]
    assert kept.read_bytes() == before[kept.name]
    assert git("log", "-1", "--format=%s").endswith("，编号本1份")


def test_the_next_edition_begins_its_numbers_anew(desk: Desk, names: Callable[[str], str]) -> None:
    make(desk, names(THREE))
    text = desk.root / f"volumes/xiao-2019/chapters/{NODE}.md"
    text.write_text(text.read_text("utf-8") + "\n【跑道】　2018年，新建跑道1条。\n", "utf-8")
    keep(desk, "加一条")
    made = make(desk, names("readers: [{name: 王丙（示例）}]"))
    assert [(made.draft.edition, copy.number) for copy, _ in made.copies] == [(2, 1)]


def test_the_reader_is_named_in_the_document_itself(
    desk: Desk, names: Callable[[str], str]
) -> None:
    for copy, path in make(desk, names(THREE)).copies:
        with pikepdf.open(path) as pdf, pdf.open_metadata() as metadata:
            assert copy.reader in str(metadata)


@pytest.mark.external("pdftotext")
@pytest.mark.parametrize("style", ["review", "final"])
def test_the_cover_tells_the_number_and_the_pages_read_as_those_of_the_draft(
    desk: Desk, names: Callable[[str], str], style: str
) -> None:
    def text(path: Path, *pages: str) -> str:
        call = ["pdftotext", *pages, path, "-"]
        return subprocess.run(call, capture_output=True, check=True, text=True).stdout

    made = make(desk, names(THREE), style=style)
    path = next(path for copy, path in made.copies if copy.number == 3)
    assert "第03号" in "".join(text(path, "-l", "1").split())
    assert text(path, "-f", "2") == text(made.files[0], "-f", "2")


def test_nothing_is_written_when_the_list_is_faulty(
    desk: Desk, names: Callable[[str], str], git: Git
) -> None:
    with pytest.raises(BadData):
        make(desk, names("readers: [{name: 甲}, {name: 甲}]"))
    assert not (desk.root / "volumes/xiao-2019/out").exists()
    assert git("status", "--porcelain") == ""


def test_copies_are_made_in_every_format_asked_for(
    desk: Desk, names: Callable[[str], str], git: Git
) -> None:
    made = make(desk, names(THREE), formats=("pdf", "docx"))
    assert [(copy.number, path.suffix) for copy, path in made.copies] == [
        (2, ".pdf"),
        (2, ".docx"),
        (1, ".pdf"),
        (1, ".docx"),
        (3, ".pdf"),
        (3, ".docx"),
    ]
    assert [copy.file for copy in registered(desk)] == [
        path.name for _, path in sorted(made.copies, key=lambda each: each[0].number)
    ]
    assert git("log", "-1", "--format=%s").endswith("，编号本3份")


def test_a_word_copy_tells_number_and_reader_in_its_properties(
    desk: Desk, names: Callable[[str], str]
) -> None:
    said = [
        docx.Document(str(path)).core_properties.keywords
        for _, path in make(desk, names(THREE), formats=("docx",)).copies
    ]
    assert said == ["02号　陈甲（示例）", "01号　李乙（示例）", "03号　王丙（示例）"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ":1 [readers] 没有写读者"),
        ("readers: []\n", ":1 [readers] 没有写读者"),
        (
            "- name: 甲\n",
            ":1 应一项一行，写成“键: 值”（半角冒号，后面空一格）；可用的键：schema、readers",
        ),
        (
            "readers:\n- 甲\n",
            ":2 [readers.1] 应一项一行，写成“键: 值”（半角冒号，后面空一格），如“name: 甲”",
        ),
        ("readers：\n- name: 甲\n", ":1 YAML 写法有误：“：”请改为半角的“: ”"),
        ("readers:\n- unit: 志办\n", ":2 [readers.1] 缺少必填的键“name”"),
        ("readers:\n- name: 甲\n- name:\n", ":3 [readers.2.name] 姓名空着"),
        ("readers:\n- name: '　'\n", ":2 [readers.1.name] 姓名空着"),
        ("readers:\n- name: ' 甲'\n", ":2 [readers.1.name] 姓名首尾有空格"),
        ('readers:\n- name: "甲\\n乙"\n', ":2 [readers.1.name] 姓名首尾有空格，或里面有换行"),
        (f"readers:\n- name: {'甲' * 41}\n", ":2 [readers.1.name] 姓名超过40字"),
        ('readers:\n- name: 甲\n  unit: "志\\u202e办"\n', ":3 [readers.1.unit] 单位首尾有空格"),
        ("readers:\n- name: 甲\n  nubmer: 1\n", "不认识的键“nubmer”，是否应为“number”"),
        ("readers:\n- name: 甲\n  number: 一\n", ":3 [readers.1.number] 应为整数，现为“一”"),
        ("readers:\n- name: 甲\n  number: 0\n", ":3 [readers.1.number] 编号应为1至9999的整数"),
        ("readers:\n- name: 甲\n  number: 10000\n", "编号应为1至9999的整数，现为10000"),
        (f"readers:\n- name: 甲\n  number: {'9' * 80}\n", "9999的整数，现为一个极长的数"),
        ("readers:\n- name: 甲\n- name: 甲\n", ":3 [readers.2.name] “甲”与第1位重复"),
        (
            "readers:\n- {name: 甲, number: 7}\n- {name: 乙, number: 07}\n",
            ":3 [readers.2.number] 编号7与“甲”的重复",
        ),
        ("schema: 9\nreaders: [{name: 甲}]\n", ":1 [schema] 数据版本9比本程序认识的1新"),
        ("readers: [{name: 甲}\n", "YAML 写法有误"),
    ],
)
def test_a_fault_in_the_list_is_told_with_its_line(
    names: Callable[[str], str], text: str, told: str
) -> None:
    (said,) = faults(names(text))
    assert f"readers.yaml{told}" in said or told in said


def test_people_of_one_name_differ_by_their_unit(names: Callable[[str], str]) -> None:
    path = names("readers: [{name: 甲, unit: 东}, {name: 甲, unit: 西}]")
    assert [each.unit for each in load_readers(path)] == ["东", "西"]


def test_a_missing_list_is_told(names: Callable[[str], str]) -> None:
    names(THREE)
    assert faults("没有.yaml") == ["没有.yaml 缺少这个文件"]


def test_a_number_that_somebody_has_cannot_be_asked_for(names: Callable[[str], str]) -> None:
    given = (Copy(number=1, reader="甲", file="a.pdf", sha256="0", size=1),)
    assert faults(names("readers:\n- {name: 乙, number: 1}\n"), given) == [
        "readers.yaml:2 [readers.1.number] 这一稿的1号已给“甲”，请换一个编号，或不写"
    ]
    assert faults(names("readers:\n- {name: 甲, number: 2}\n"), given) == [
        "readers.yaml:2 [readers.1.number] 这一稿“甲”已是1号，请改回1，或不写编号"
    ]


def test_readers_without_a_number_take_the_free_ones_in_order() -> None:
    given = (Copy(number=2, reader="甲", file="a.pdf", sha256="0", size=1),)
    readers = (Reader(name="乙"), Reader(name="丙", number=3), Reader(name="甲"), Reader(name="丁"))
    assert [number for number, _ in numbered_readers(readers, given)] == [1, 3, 2, 4]


@pytest.mark.parametrize("title", ["小年鉴评议稿第1稿", "年鉴" * 120, "", "../逃/走:"])
@pytest.mark.parametrize("reader", ["甲", "乙" * 40, "../../丙", "丁〕", "."])
def test_the_name_of_a_copy_keeps_number_and_reader(title: str, reader: str) -> None:
    name = copy_name(title, 1, 7, reader)
    assert safe_name(name)
    assert "第1稿" in name or name.startswith(fit_name(title))
    assert name.partition("〔07号　")[2].removesuffix("〕") == reader.replace("/", "-")


def test_every_fault_of_the_list_is_told_at_once(names: Callable[[str], str]) -> None:
    path = names(
        "readers:\n- 甲\n- {name: '', number: 一}\n- {name: 乙, number: 0}\n- {name: 乙}\n"
    )
    assert faults(path) == [
        "readers.yaml:2 [readers.1] 应一项一行，写成“键: 值”（半角冒号，后面空一格），如“name: 甲”"
        "；可用的键：name、unit、number",
        "readers.yaml:3 [readers.2.number] 应为整数，现为“一”",
        "readers.yaml:3 [readers.2.name] 姓名空着，请写姓名，或删去这一位",
        "readers.yaml:4 [readers.3.number] 编号应为1至9999的整数，现为0",
        "readers.yaml:5 [readers.4.name] “乙”与第3位重复，请删去一处；同名的人请写单位区别",
    ]


def test_a_folder_is_no_list(desk: Desk, names: Callable[[str], str]) -> None:
    names(THREE)
    with pytest.raises(EditorialError, match="这是目录，不是文件") as told:
        make(desk, ".")
    assert "readers.yaml" in told.value.hint


def test_a_glyph_missing_in_the_name_of_a_reader_is_told(
    desk: Desk, names: Callable[[str], str]
) -> None:
    made = make(desk, names("readers: [{name: 李\U000323af（示例）}]"))
    assert [(each.where, each.line, each.message) for each in made.findings] == [
        ("编号本", 0, "字体缺字“\U000323af”（U+323AF）：印作〓（读者“李\U000323af（示例）”）")
    ]


def test_a_glyph_missing_in_the_unit_of_a_reader_is_told(
    desk: Desk, names: Callable[[str], str]
) -> None:
    made = make(desk, names("readers: [{name: 李（示例）, unit: 𲎯镇}]"))
    assert [(each.where, each.message) for each in made.findings] == [
        ("编号本", "字体缺字“𲎯”（U+323AF）：印作〓（读者“李（示例）”）")
    ]


def test_the_next_edition_overwrites_no_copy_of_a_reader_with_a_long_name(
    desk: Desk, names: Callable[[str], str]
) -> None:
    readers = names(f"readers: [{{name: {'😀' * 40}}}]")
    (first,) = files(make(desk, readers))
    path = desk.root / f"volumes/xiao-2019/chapters/{NODE}.md"
    path.write_text(path.read_text("utf-8") + "添一段。\n", encoding="utf-8")
    keep(desk, "添一段")
    (second,) = files(make(desk, readers))
    assert ("第1稿" in first, "第2稿" in second) == (True, True)
