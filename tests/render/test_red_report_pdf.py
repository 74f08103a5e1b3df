"""核红 report on paper: an item higher than a page loses nothing."""

from __future__ import annotations

from io import BytesIO

import pdfplumber
from PIL import Image

from editorial.model.red_report import Crop, RedItem, RedReport
from editorial.render.pdf.red_report import red_report_pdf
from tests.render.books import faces


def picture() -> bytes:
    data = BytesIO()
    Image.new("RGB", (10, 10), "red").save(data, "PNG")
    return data.getvalue()


def item(crops: tuple[Crop, ...], asked: str = "") -> RedItem:
    return RedItem(
        label="外1",
        standing="unasked",
        place="新样第3面",
        around="前▲后",
        asked=asked,
        stands="",
        new=crops,
    )


def test_an_item_higher_than_a_page_goes_on_over_pages() -> None:
    crops = tuple(
        Crop(sheet, 0.0, 0.0, 230.0, height, ()) for sheet, height in ((3, 600), (4, 900))
    )
    words = "".join(f"示例{number:04}" for number in range(700))
    report = RedReport(
        title="核红报告",
        old_name="旧.pdf",
        new_name="新.pdf",
        items=(item(crops, words), item(crops[:1])),
    )
    data = red_report_pdf(report, {}, dict.fromkeys(crops, picture()), faces()).data
    with pdfplumber.open(BytesIO(data)) as pdf:
        pages = list(pdf.pages)
        boxes = [(each["top"], each["bottom"]) for page in pages for each in page.images]
        signs = [sign for page in pages for sign in page.chars]
    assert len(boxes) == 3
    assert all(top > 40 and bottom < 842 - 40 for top, bottom in boxes)
    assert all(sign["bottom"] < 842 - 30 for sign in signs)
    text = "".join(sign["text"] for sign in signs)
    assert all(f"示例{number:04}" in text for number in (0, 350, 699))
