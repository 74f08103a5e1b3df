"""What a file says about itself, in both places, for the book and for each copy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pikepdf
from lxml import etree
from PIL import ImageCms

from editorial.render.pdf import metadata as said
from editorial.render.pdf.file import write
from editorial.render.pdf.metadata import copy_changes, information, packet, srgb_profile
from tests.render.small_pdf import METADATA, gathered, small_document

FULL = replace(
    METADATA, subject="供评议，<内部>", keywords="年鉴&示例", copy="第7号", reader="示例市档案馆"
)
SPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "copy": said.COPY_SPACE,
}


def read(metadata: said.Metadata) -> dict[str, str]:
    """The packet's entries, their text without markup."""
    held: Any = etree.fromstring(packet(metadata))
    names = {space: prefix for prefix, space in SPACES.items()}
    return {
        f"{names[etree.QName(e).namespace]}:{etree.QName(e).localname}": "".join(e.itertext())
        for e in held[0][0]
        if etree.QName(e).namespace in names
    }


def test_packet_says_what_the_information_says() -> None:
    info = pikepdf.Object.parse(information(FULL))
    held = read(FULL)
    assert {
        "/Title": held["dc:title"],
        "/Author": held["dc:creator"],
        "/Subject": held["dc:description"],
        "/Keywords": held["pdf:Keywords"],
        "/Creator": held["xmp:CreatorTool"],
        "/Producer": held["pdf:Producer"],
        "/CopyNumber": held["copy:number"],
        "/Reader": held["copy:reader"],
    } == {key: str(value) for key, value in info.items() if "Date" not in key and key != "/Trapped"}


def test_what_xml_cannot_hold_is_left_out_in_both_places() -> None:
    odd = replace(METADATA, title="背\0景\x1b年鉴", author="示例\ufffe编纂室", reader="甲\x01")
    info = pikepdf.Object.parse(information(odd))
    assert [str(info[key]) for key in ("/Title", "/Author")] == ["背景年鉴", "示例编纂室"]
    held = read(odd)
    assert (held["dc:title"], held["dc:creator"]) == ("背景年鉴", "示例编纂室")
    assert held["copy:reader"] == "甲"


def test_dates_are_the_imprints() -> None:
    metadata = replace(METADATA, date=date(2021, 12, 5))
    assert (
        str(pikepdf.Object.parse(information(metadata)).CreationDate),
        read(metadata)["xmp:CreateDate"],
    ) == ("D:20211205000000+08'00'", "2021-12-05T00:00:00+08:00")


def test_pikepdf_reads_the_packet() -> None:
    with (
        pikepdf.open(BytesIO(write(gathered(small_document(FULL))))) as pdf,
        pdf.open_metadata() as held,
    ):
        assert (held["dc:title"], held["dc:creator"], held["dc:language"]) == (
            FULL.title,
            [FULL.author],
            {"zh-CN"},
        )
        assert held.pdfa_status == "2B"


def test_only_what_holds_is_claimed() -> None:
    claims = {key: text for key, text in read(METADATA).items() if "aid:" in key}
    assert claims == {"pdfaid:part": "2", "pdfaid:conformance": "B"}


def test_window_shows_the_title_in_chinese() -> None:
    with pikepdf.open(BytesIO(write(gathered(small_document())))) as pdf:
        assert (pdf.Root.ViewerPreferences.DisplayDocTitle, str(pdf.Root.Lang)) == (True, "zh-CN")


def test_copy_names_its_reader_in_both_places() -> None:
    small = small_document()
    changes = copy_changes(small.placed, FULL)
    with (
        pikepdf.open(BytesIO(write(gathered(small), changes))) as pdf,
        pdf.open_metadata() as held,
    ):
        assert (str(pdf.docinfo.Reader), str(pdf.docinfo.CopyNumber)) == ("示例市档案馆", "第7号")
        assert held[f"{{{said.COPY_SPACE}}}reader"] == "示例市档案馆"


def test_unnumbered_book_names_no_reader() -> None:
    data = write(gathered(small_document()))
    assert b"CopyNumber" not in data
    assert b"copy:reader" not in data


def test_profile_is_srgb_of_a_fixed_day() -> None:
    profile = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    assert ImageCms.getProfileName(profile).strip() == "sRGB built-in"
    assert srgb_profile()[24:36] == bytes.fromhex("07d000010001000000000000")
