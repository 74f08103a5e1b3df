"""The rules for archives and for being read aloud: a sound file passes, each spoilt one fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from editorial.render.pdf.file import Stream, write
from editorial.render.pdf.metadata import copy_changes
from tests.render.pdf_archive import ARCHIVE
from tests.render.pdf_quality import assert_document_quality, complaints
from tests.render.pdf_tags import TAGS
from tests.render.small_pdf import METADATA, artifact, gathered, shown, small_document

DRAWN = {"gap": b"0 0 10 10 re f", "cmyk": b"0 0 0 1 k", "face": b"BT /F1 9 Tf <%s> Tj ET"}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sound") / "small.pdf"
    path.write_bytes(write(gathered(small_document())))
    return path


def draw(pdf: pikepdf.Pdf, operators: bytes, *, artifact: bool = True) -> None:
    held = b"/Artifact BMC " + operators + b" EMC" if artifact else operators
    pdf.pages[0].contents_add(pikepdf.Stream(pdf, held))


def font(pdf: pikepdf.Pdf, name: str = "/F1") -> Any:
    return pdf.pages[0].obj.Resources.Font[name]


def tag(pdf: pikepdf.Pdf, role: str) -> Any:
    return next(part for part in pdf.objects if tagged_as(part, role))


def tagged_as(part: Any, role: str) -> bool:
    return isinstance(part, Dictionary) and part.get("/S") == Name("/" + role) and "/P" in part


def link(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].obj.Annots[0]


def packet(pdf: pikepdf.Pdf, old: bytes, new: bytes) -> None:
    held = pdf.Root.Metadata
    held.write(held.read_bytes().replace(old, new))


def put(part: Any, key: str, value: Any) -> None:
    part[key] = value


def lzw(pdf: pikepdf.Pdf) -> None:
    held = bytes.fromhex("800B6050220C0C8501")
    pdf.Root["/Spoilt"] = pikepdf.Stream(pdf, held, Filter=Name.LZWDecode)


def drop(part: Any, key: str) -> None:
    del part[key]


SPOILT: dict[str, Callable[[pikepdf.Pdf], object]] = {
    "6.1.7.2": lzw,
    "6.1.13": lambda pdf: put(pdf.pages[0].obj, "/MediaBox", Array([0, 0, 2, 2])),
    "6.1.13 boxes": lambda pdf: drop(pdf.pages[0].obj, "/TrimBox"),
    "6.2.2": lambda pdf: drop(pdf.pages[0].obj.Resources.Font, "/F1"),
    "6.2.3": lambda pdf: drop(pdf.Root, "/OutputIntents"),
    "6.2.4.3": lambda pdf: draw(pdf, DRAWN["cmyk"]),
    "6.2.8": lambda pdf: put(pdf.pages[0].obj.Resources.XObject.Im1, "/Interpolate", True),
    "6.2.10": lambda pdf: put(
        pdf.pages[0].obj.Resources, "/Spoilt", pdf.make_indirect(Dictionary(ca=0.5))
    ),
    "6.2.11.4.1 embedding": lambda pdf: drop(
        font(pdf).DescendantFonts[0].FontDescriptor, "/FontFile2"
    ),
    "6.2.11.4.1 glyphs": lambda pdf: draw(pdf, DRAWN["face"] % b"00FF"),
    "6.2.11.5": lambda pdf: put(font(pdf, "/F2").DescendantFonts[0].W[1], 6, 555),
    "6.2.11.7.2": lambda pdf: drop(font(pdf), "/ToUnicode"),
    "6.2.11.8": lambda pdf: draw(pdf, DRAWN["face"] % b"0000"),
    "6.3.1": lambda pdf: put(link(pdf), "/Subtype", Name.Screen),
    "6.3.2": lambda pdf: drop(link(pdf), "/F"),
    "6.3.3": lambda pdf: put(link(pdf), "/Subtype", Name.Text),
    "6.5.1": lambda pdf: put(
        pdf.Root, "/OpenAction", Dictionary(S=Name.JavaScript, JS="app.beep()")
    ),
    "6.6.2.1": lambda pdf: drop(pdf.Root, "/Metadata"),
    "6.6.2.3": lambda pdf: packet(pdf, b"</rdf:Desc", b"<a:b xmlns:a='urn:a#'>c</a:b></rdf:Desc"),
    "6.6.4": lambda pdf: packet(pdf, b"conformance>B", b"conformance>X"),
    "6.6.2.1 information": lambda pdf: put(pdf.docinfo, "/Title", "另一书名"),
    "6.8": lambda pdf: put(pdf.Root, "/Names", Dictionary(EmbeddedFiles=Dictionary())),
    "7.1 tagged": lambda pdf: drop(pdf.Root, "/MarkInfo"),
    "7.1 title": lambda pdf: drop(pdf.Root, "/ViewerPreferences"),
    "7.1 content": lambda pdf: draw(pdf, DRAWN["gap"], artifact=False),
    "7.1 structure": lambda pdf: put(tag(pdf, "H1"), "/K", 3),
    "7.1 empty": lambda pdf: put(tag(pdf, "Note"), "/K", Array()),
    "7.1 roles": lambda pdf: put(tag(pdf, "H1"), "/S", Name.Biaoti),
    "7.2 nesting": lambda pdf: put(tag(pdf, "TR"), "/S", Name.P),
    "7.2 language": lambda pdf: put(pdf.Root, "/Lang", "en"),
    "7.3": lambda pdf: drop(tag(pdf, "Figure"), "/Alt"),
    "7.3 box": lambda pdf: drop(tag(pdf, "Figure"), "/A"),
    "7.4.2": lambda pdf: put(tag(pdf, "H2"), "/S", Name.H3),
    "7.5": lambda pdf: drop(tag(pdf, "TH"), "/A"),
    "7.9": lambda pdf: drop(tag(pdf, "Note"), "/ID"),
    "7.18.1": lambda pdf: drop(link(pdf), "/StructParent"),
    "7.18.3": lambda pdf: drop(pdf.pages[0].obj, "/Tabs"),
    "7.18.5": lambda pdf: drop(link(pdf), "/Contents"),
    "7.18.5 text": lambda pdf: put(tag(pdf, "Link"), "/K", tag(pdf, "Link").K[1]),
}
BYTES: dict[str, Callable[[bytes], bytes]] = {
    "6.1.2": lambda data: data[:10] + b"ABCDEF" + data[16:],
    "6.1.3": lambda data: data + b"more",
    "6.1.7.1": lambda data: data.replace(b"\nendstream", b" endstream", 1),
}


def broken(path: Path) -> set[str]:
    return {clause.partition(", ")[2] for clause, _ in complaints(path)}


def test_sound_file_keeps_every_clause(sound: Path) -> None:
    assert_document_quality(sound)


def test_property_unknown_to_its_schema_breaks_the_clause(sound: Path, tmp_path: Path) -> None:
    with pikepdf.open(sound) as pdf:
        packet(pdf, b"</rdf:Desc", b"<pdf:Trapped>False</pdf:Trapped></rdf:Desc")
        pdf.save(tmp_path / "spoilt.pdf")
    assert "6.6.2.3" in broken(tmp_path / "spoilt.pdf")


def test_every_clause_has_a_file_that_breaks_it() -> None:
    assert {*SPOILT, *BYTES} == {*ARCHIVE, *TAGS}


@pytest.mark.parametrize("clause", SPOILT)
def test_spoilt_file_breaks_the_clause(sound: Path, tmp_path: Path, clause: str) -> None:
    with pikepdf.open(sound) as pdf:
        SPOILT[clause](pdf)
        spoilt = tmp_path / "spoilt.pdf"
        # Or else qpdf mends the filter.
        asis = pikepdf.StreamDecodeLevel.none
        pdf.save(spoilt, compress_streams=False, stream_decode_level=asis)
    assert clause in broken(spoilt)


@pytest.mark.parametrize("clause", BYTES)
def test_spoilt_bytes_break_the_clause(sound: Path, tmp_path: Path, clause: str) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    spoilt.write_bytes(BYTES[clause](sound.read_bytes()))
    assert clause in broken(spoilt)


def test_a_number_pdf_cannot_read_breaks_the_clause(sound: Path, tmp_path: Path) -> None:
    with pikepdf.open(sound) as pdf:
        draw(pdf, b"BT 1.7764e-15 -12.5 Td ET")
        pdf.save(tmp_path / "number.pdf")
    assert broken(tmp_path / "number.pdf") == {"6.2.2"}


def test_file_written_anew_by_another_program_passes(sound: Path, tmp_path: Path) -> None:
    with pikepdf.open(sound) as pdf:
        pdf.save(tmp_path / "anew.pdf")
    assert not broken(tmp_path / "anew.pdf")


def test_failure_names_standard_and_clause(sound: Path, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.pdf"
    spoilt.write_bytes(sound.read_bytes() + b"more")
    with pytest.raises(AssertionError, match=r"ISO 19005-2, 6\.1\.3: something stands after"):
        assert_document_quality(spoilt)


def test_row_with_a_cell_too_few_breaks_the_table(sound: Path, tmp_path: Path) -> None:
    with pikepdf.open(sound) as pdf:
        tag(pdf, "TH").A.RowSpan = 1
        pdf.save(tmp_path / "uneven.pdf")
    assert broken(tmp_path / "uneven.pdf") == {"7.5"}


def test_text_straight_in_a_section_breaks_the_nesting(sound: Path, tmp_path: Path) -> None:
    with pikepdf.open(sound) as pdf:
        tag(pdf, "P").S = Name.Sect
        pdf.save(tmp_path / "loose.pdf")
    assert broken(tmp_path / "loose.pdf") == {"7.2 nesting"}


def test_numbered_copy_keeps_every_clause(tmp_path: Path) -> None:
    small = small_document()
    changes = copy_changes(small.placed, replace(METADATA, copy="第7号", reader="示例市档案馆"))
    mark = Stream("", artifact("0.9 g " + shown("示例7", 200, 400)).encode())
    path = tmp_path / "copy.pdf"
    path.write_bytes(write(gathered(small), {small.mark: mark, **changes}))
    assert_document_quality(path)
