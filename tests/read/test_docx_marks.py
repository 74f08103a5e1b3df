"""Marks are read back from whatever another program made of the file."""

from __future__ import annotations

import io
import zipfile

import pytest

from editorial.errors import EditorialError
from editorial.model.origin import Origin, mark_name
from editorial.read.docx_marks import MarkedBlock, read_marks

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
A, B = mark_name("01/01", 0), mark_name("01/01", 1)


def spoiled(data: bytes) -> bytes:
    """The file with the bytes of its first part gone wrong."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        again = io.BytesIO()
        with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as copy:
            for name in archive.namelist():
                copy.writestr(name, archive.read(name))
    body = 30 + len(first.filename)
    return again.getvalue()[:body] + b"\xff" * 8 + again.getvalue()[body + 8 :]


def packed(body: str, properties: dict[str, str] | None = None) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        relations = f'<r><Relationship Type="{TYPE}" Target="/word/document.xml"/></r>'
        archive.writestr("_rels/.rels", relations)
        archive.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
        )
        if properties is not None:
            listed = "".join(
                f'<property pid="9" name="{name}"><v>{value}</v></property>'
                for name, value in properties.items()
            )
            archive.writestr("docProps/custom.xml", f"<Properties>{listed}</Properties>")
    return buffer.getvalue()


def start(name: str, number: int = 1) -> str:
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>'


def end(number: int = 1) -> str:
    return f'<w:bookmarkEnd w:id="{number}"/>'


def t(text: str) -> str:
    return f"<w:r><w:rPr/><w:t>{text}</w:t></w:r>"


def p(*content: str) -> str:
    return f"<w:p><w:pPr/>{''.join(content)}</w:p>"


def blocks(body: str) -> list[tuple[str, str]]:
    return [(block.name, block.text) for block in read_marks(packed(body)).blocks]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p(start(A), t("甲"), end()), "甲"),
        (p(t("前"), start(A), t("甲"), end(), t("补在后面")), "前甲补在后面"),
        (start(A) + p(t("甲")) + end() + p(t("乙")), "甲"),
        (p(start(A), t("甲")) + p(end(), t("乙")), "甲"),
        (p(start(A), t("甲的前半")) + p(t("后半"), end()), "甲的前半\n后半"),
        (p(start(A), end(), t("甲")), "甲"),
        (p(start(A), end()), ""),
        (p(start(A), t("甲"), end()) + p(start(A, 2), t("甲"), end(2)), "甲"),
        (f"<w:tbl><w:tr><w:tc>{p(start(A), t('甲'), end())}</w:tc></w:tr></w:tbl>", "甲"),
        (
            p(
                start(A), "<w:ins>", t("新"), "</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r>"
            ).replace("</w:p>", f"</w:del>{end()}</w:p>"),
            "新",
        ),
        (
            p(
                start(A),
                t("甲"),
                "<w:r><w:tab/></w:r>",
                "<w:hyperlink>",
                t("乙"),
                "</w:hyperlink>",
                end(),
            ),
            "甲\t乙",
        ),
    ],
)
def test_a_block_is_the_paragraphs_its_mark_covers(body: str, text: str) -> None:
    assert blocks(body) == [(A, text)]


def test_marks_within_each_other_are_both_read() -> None:
    body = p(start(A), start("_Toc1", 5), t("甲"), end(5)) + p(end(), start(B, 2), t("乙"), end(2))
    assert blocks(body) == [(A, "甲"), (B, "乙")]


def test_other_bookmarks_and_properties_are_passed_over() -> None:
    marks = read_marks(packed(p(start("_GoBack"), t("甲"), end()), {"KSO": "11"}))
    assert (marks.origin, marks.blocks) == (None, ())


def test_properties_are_read_in_any_order() -> None:
    properties = {"editorial.volume": "v", "editorial.workspace": "ab", "editorial.schema": "1"}
    assert read_marks(packed("", properties)).origin == Origin(workspace="ab", volume="v")


@pytest.mark.parametrize(
    "data",
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0 an old .doc", packed("<w:p>"), spoiled(packed(""))],
)
def test_what_is_no_word_file_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(EditorialError, match="不是完好的 Word 文件"):
        read_marks(data)


def test_a_block_holds_name_and_text() -> None:
    marks = read_marks(packed(p(start(A), t("甲"), end())))
    assert marks.blocks == (MarkedBlock(name=A, text="甲"),)
