"""Words typed into a reader's Word copy without tracking: found against the edition sent out."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.text.paragraph import Paragraph

from editorial.desk.draft import make_draft
from editorial.desk.keep import keep
from editorial.desk.office import Desk
from editorial.desk.opinion_import import Imported
from editorial.desk.rounds import open_round
from tests.desk.opinion_papers import AT, GAIKUANG, JICHANG, READERS, opinions, prose, take

Typing = Callable[[Document], None]


@pytest.fixture
def copy(desk: Desk, tmp_path: Path) -> Callable[[Typing], Imported]:
    """What is taken from the Word copy of the first reader after he typed into it."""
    open_round(desk, "评议会", at=AT, readers=READERS)
    made = make_draft(desk, at=AT, formats=("docx",))
    sent = next(path for path in made.files if path.suffix == ".docx")

    def typed(typing: Typing) -> Imported:
        document = docx.Document(str(sent))
        typing(document)
        path = tmp_path / "专家甲 评议稿.docx"
        document.save(str(path))
        return take(desk, path)[0]

    return typed


def paragraph(document: Document, words: str) -> Paragraph:
    return next(each for each in document.paragraphs if words in each.text)


def change(document: Document, old: str, new: str) -> None:
    run = next(run for each in document.paragraphs for run in each.runs if old in run.text)
    run.text = run.text.replace(old, new)


def said(one: Imported) -> list[tuple[str, str, str]]:
    return [(o.opinion.section, o.opinion.original, o.opinion.text) for o in one.taken]


def test_an_untouched_copy_says_nothing(copy: Callable[[Typing], Imported]) -> None:
    one = copy(lambda document: None)
    assert (one.taken, one.remarks) == ((), ())


def test_words_changed_put_in_and_taken_out(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        change(document, "1200万", "1210万")
        change(document, "研发机构120个", "研发机构（含分支）120个")

    one = copy(typing)
    assert said(one) == [
        (GAIKUANG, "示例区有研发机构", "“示例区有研发机构”后增加“（含分支）”"),
        (JICHANG, "客吞吐量1200万人", "“客吞吐量1200万人”改为“客吞吐量1210万人”"),
    ]
    assert [each.opinion.by for each in one.taken] == [READERS[0]] * 2
    assert any("2处没有开修订" in each for each in one.remarks)


def test_the_same_copy_again_gives_nothing_twice(
    desk: Desk, copy: Callable[[Typing], Imported]
) -> None:
    copy(lambda document: change(document, "1200万", "1210万"))
    again = copy(lambda document: change(document, "1200万", "1210万"))
    assert (len(opinions(desk)), again.again) == (1, 1)


def test_a_paragraph_taken_out(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        gone = paragraph(document, "1200万")
        gone._p.getparent().remove(gone._p)

    one = copy(typing)
    assert [each.opinion.section for each in one.taken] == [JICHANG]
    assert one.taken[0].opinion.text.startswith("删去“")


def test_a_paragraph_parted_in_two(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        first = paragraph(document, "1200万")
        whole = first.text
        second = first.insert_paragraph_before(whole[:10])
        first.text = whole[10:]
        assert second.text + first.text == whole

    one = copy(typing)
    assert [(o.opinion.section, o.opinion.text[-5:]) for o in one.taken] == [
        (JICHANG, "后另起一段")
    ]


def test_a_number_in_a_table(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        table = next(t for t in document.tables if any("2018年" in c.text for c in t.rows[0].cells))
        last = table.rows[-1].cells[-1].paragraphs[0].runs[0]
        last.text = f"{last.text}9"

    (taken,) = copy(typing).taken
    assert taken.opinion.anchor is not None
    assert taken.opinion.text == f"“{taken.opinion.original}”改为“{taken.opinion.original}9”"


def test_the_same_change_in_two_places_is_two(copy: Callable[[Typing], Imported]) -> None:
    def typing(document: Document) -> None:
        for words in ("1200万", "120个"):
            run = next(r for r in paragraph(document, words).runs if "2018年" in r.text)
            run.text = run.text.replace("2018年", "2019年", 1)

    assert [text for _, _, text in said(copy(typing))] == ["“2018年”改为“2019年”"] * 2


DEL = '<w:del w:id="901" w:author="专家甲"><w:r><w:delText>本地</w:delText></w:r></w:del>'
INS = '<w:ins w:id="902" w:author="专家甲"><w:r><w:t>常驻</w:t></w:r></w:ins>'
TRACKED = f"仅计</w:t></w:r>{DEL}{INS}<w:r><w:t>机构"


def test_a_tracked_change_in_a_footnote(desk: Desk, tmp_path: Path) -> None:
    text = prose(desk, GAIKUANG)
    text.write_text(f"{text.read_text('utf-8').rstrip()}[^1]\n\n[^1]: 仅计本地机构。\n", "utf-8")
    keep(desk, "加注")
    open_round(desk, "评议会", at=AT, readers=READERS)
    (sent,) = make_draft(desk, at=AT, formats=("docx",)).files
    path = tmp_path / "专家甲 评议稿.docx"
    with zipfile.ZipFile(sent) as whole, zipfile.ZipFile(path, "w") as copy:
        for name in whole.namelist():
            words = whole.read(name)
            if name == "word/footnotes.xml":
                words = words.replace("仅计本地机构".encode(), TRACKED.encode())
            copy.writestr(name, words)
    one = take(desk, path)[0]
    assert said(one) == [(GAIKUANG, "本地", "“本地”改为“常驻”")]
