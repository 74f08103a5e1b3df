"""A finished PDF is read into lines with their places, whoever made it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Dictionary, Name
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from editorial.errors import EditorialError
from editorial.read.light import light_copy
from editorial.read.proof_pdf import ProofPage, TextLine, read_proof

FACE = "STSong-Light"
HEIGHT = 842.0
LONG = "示例市本年新建示例道路十二条，比上年增加三条，示例单位供稿。"


def drawn(path: Path, *pages: Callable[[Canvas], object]) -> Path:
    pdfmetrics.registerFont(UnicodeCIDFont(FACE))
    canvas = Canvas(str(path), pagesize=(595.0, HEIGHT), invariant=1)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return path


def put(canvas: Canvas, x: float, y: float, size: float, text: str) -> None:
    canvas.setFont(FACE, size)
    canvas.drawString(x, HEIGHT - y, text)


@pytest.fixture
def lines(tmp_path: Path) -> Callable[[Callable[[Canvas], object]], list[TextLine]]:
    """The lines of a page drawn so, under one long line that makes it a page of text."""

    def read(page: Callable[[Canvas], object]) -> list[TextLine]:
        path = drawn(tmp_path / "样.pdf", lambda c: (put(c, 80, 700, 10.5, LONG), page(c)))
        return [line for line in read_proof(path)[0].lines if line.text != LONG]

    return read


Lines = Callable[[Callable[[Canvas], object]], list[TextLine]]


def test_a_line_has_its_place_size_and_text(lines: Lines) -> None:
    (line,) = lines(lambda c: put(c, 100, 200, 14, "示例标题"))
    assert line == TextLine(x=100, right=156, y=200, size=14, text="示例标题", face=FACE)


def test_the_size_is_what_is_seen_whatever_the_matrix(lines: Lines) -> None:
    def scaled(canvas: Canvas) -> None:
        canvas.scale(2, 2)
        canvas.setFont(FACE, 7)
        canvas.drawString(50, 300, "示例标题")

    (line,) = lines(scaled)
    assert (line.x, line.y, line.size) == (100, HEIGHT - 600, 14)


def test_turned_text_is_left_out(lines: Lines) -> None:
    def stamp(canvas: Canvas) -> None:
        canvas.translate(100, 200)
        canvas.rotate(45)
        canvas.setFont(FACE, 60)
        canvas.drawString(0, 0, "01号　陈甲（示例）")

    assert lines(stamp) == []


def test_a_note_beside_a_heading_is_a_line_of_its_own(lines: Lines) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 480, 200, 8.5, "示志函〔2020〕3号")
        put(canvas, 250, 200, 14, "创新平台")

    assert sorted(line.text for line in lines(page)) == ["创新平台", "示志函〔2020〕3号"]


def test_a_heading_set_letter_by_letter_stays_one(lines: Lines) -> None:
    def page(canvas: Canvas) -> None:
        for index, char in enumerate("科技创新"):
            put(canvas, 150 + 40 * index, 200, 20, char)

    assert [line.text.replace(" ", "") for line in lines(page)] == ["科技创新"]


def test_what_stands_far_apart_on_a_line_is_cut(lines: Lines) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 100, 200, 10.5, "创新平台")
        put(canvas, 450, 200, 10.5, "12")

    assert [line.text for line in lines(page)] == ["创新平台", "12"]


def test_places_count_from_the_trimmed_edge_and_slugs_are_left_out(lines: Lines) -> None:
    def page(canvas: Canvas) -> None:
        canvas.setTrimBox((20, 30, 575, 812))
        put(canvas, 100, 230, 14, "示例标题")
        put(canvas, 100, 10, 8, "样.indd　2020-03-05")

    (line,) = lines(page)
    assert (line.x, line.y) == (80, 200)


def test_pages_bear_the_labels_of_the_file(tmp_path: Path) -> None:
    path = drawn(tmp_path / "样.pdf", *[lambda c: put(c, 80, 200, 10.5, LONG)] * 3)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        roman = pikepdf.Dictionary(S=pikepdf.Name.r)
        arabic = pikepdf.Dictionary(S=pikepdf.Name.D, St=1)
        pdf.Root.PageLabels = pikepdf.Dictionary(Nums=[0, roman, 1, arabic])
        pdf.save(path)
    pages: tuple[ProofPage, ...] = read_proof(path)
    assert [(page.sheet, page.label) for page in pages] == [(1, "i"), (2, "1"), (3, "2")]


def test_pictures_are_not_carried_along(tmp_path: Path) -> None:
    noise = Image.effect_noise((800, 800), 90)

    def page(canvas: Canvas) -> None:
        put(canvas, 80, 200, 10.5, LONG)
        canvas.drawImage(ImageReader(noise), 80, 300, 400, 400)

    path = drawn(tmp_path / "样.pdf", page)
    assert 2 * len(light_copy(path)) < path.stat().st_size
    assert [line.text for line in read_proof(path)[0].lines] == [LONG]


def test_a_file_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    path = drawn(tmp_path / "样.pdf", lambda c: put(c, 80, 200, 10.5, LONG))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="主", user=""))
    assert [line.text for line in read_proof(path)[0].lines] == [LONG]


RARE = "𬭎"  # beyond U+FFFF


def coded(path: Path, drawn: bytes, told: str) -> Path:
    """A page with these signs; code 1, 2 … of its font are the characters of `told`, while
    those of the other are told by the names of their glyphs."""
    pdf = pikepdf.new()
    codes = "".join(
        f"<{code:04X}> <{char.encode('utf-16-be').hex()}>" for code, char in enumerate(told, 1)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def "
        "1 begincodespacerange <0000> <FFFF> endcodespacerange "
        f"{len(told)} beginbfchar {codes} endbfchar endcmap"
    )
    inner = Dictionary(
        Type=Name.Font,
        Subtype=Name.CIDFontType2,
        BaseFont=Name("/ABCDEF+SampleSong"),
        CIDSystemInfo=Dictionary(Registry="Adobe", Ordering="Identity", Supplement=0),
        FontDescriptor=Dictionary(Type=Name.FontDescriptor, Flags=4),
    )
    mapped = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type0,
        BaseFont=inner.BaseFont,
        Encoding=Name("/Identity-H"),
        DescendantFonts=[pdf.make_indirect(inner)],
        ToUnicode=pdf.make_stream(cmap.encode()),
    )
    glyphs = [1, Name(f"/u{ord(RARE):X}"), Name("/uni6751")]
    named = Dictionary(
        Type=Name.Font,
        Subtype=Name.Type1,
        BaseFont=Name.Helvetica,
        Encoding=Dictionary(Type=Name.Encoding, Differences=glyphs),
    )
    page = pdf.add_blank_page(page_size=(595, HEIGHT))
    fonts = {"/F": pdf.make_indirect(mapped), "/N": pdf.make_indirect(named)}
    page.Resources = Dictionary(Font=Dictionary(fonts))
    page.Contents = pdf.make_stream(drawn)
    pdf.save(path)
    return path


TOLD = f"{RARE}3村建设情况农业生产工"
LINES = b"BT /F 14 Tf 100 642 Td %s Tj /F 10 Tf 0 -20 Td <" + 3 * b"00080009000A000B" + b"> Tj ET"
SECOND = TextLine(x=100, right=220, y=220, size=10, text="农业生产" * 3, face="SampleSong")


@pytest.mark.parametrize(
    ("codes", "text"),
    [
        ("00010003000400050006000700080009", f"{RARE}村建设情况农业"),
        ("00030001000400010005000600070008", f"村{RARE}建{RARE}设情况农"),
        ("00030004000500060007000800090001", f"村建设情况农业{RARE}"),
    ],
    ids=["first", "within", "last"],
)
def test_a_rare_character_is_one_and_moves_nothing(tmp_path: Path, codes: str, text: str) -> None:
    path = coded(tmp_path / "样.pdf", LINES % f"<{codes}>".encode(), TOLD)
    first = TextLine(x=100, right=212, y=200, size=14, text=text, face="SampleSong")
    assert read_proof(path)[0].lines == (first, SECOND)


@pytest.mark.parametrize("told", ["<FEFF{}>", "({})"], ids=["hexadecimal", "plain"])
def test_a_rare_character_within_an_actual_text_is_read(tmp_path: Path, told: str) -> None:
    """Of such words PDFium leaves it out."""
    written = f"{RARE}3村".encode("utf-16-be")
    if "<" in told:
        words = told.format(written.hex()).encode()
    else:
        words = b"(%s)" % (b"\xfe\xff" + written).replace(b"\\", b"\\\\")
    marked = b"/Span<</ActualText%s>>BDC<000100020003>Tj EMC <00040005000600070008>" % words
    path = coded(tmp_path / "样.pdf", LINES % marked, TOLD)
    first = TextLine(
        x=100, right=212, y=200, size=14, text=f"{RARE}3村建设情况农", face="SampleSong"
    )
    assert read_proof(path)[0].lines == (first, SECOND)


def test_an_actual_text_that_is_no_text_is_let_be(tmp_path: Path) -> None:
    path = tmp_path / "样.pdf"
    with pikepdf.new() as pdf:
        face = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        page = pdf.add_blank_page(page_size=(595, 842))
        page.obj.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(face)))
        odd = b"/Span<</ActualText(\xef\xbb\xbf\xff\xff)>>BDC (sample text) Tj EMC"
        page.obj.Contents = pdf.make_stream(b"BT /F 12 Tf 100 600 Td %s (more of it) Tj ET" % odd)
        pdf.save(path)
    assert "more" in read_proof(path)[0].lines[0].text


def test_a_rare_character_told_by_the_name_of_its_glyph_is_read(tmp_path: Path) -> None:
    marked = b"/N 14 Tf <0102010201> Tj 100 0 Td /F 14 Tf <00040005000600070008>"
    first, _ = read_proof(coded(tmp_path / "样.pdf", LINES % marked, TOLD))[0].lines
    assert first.text.split() == [f"{RARE}村{RARE}村{RARE}", "建设情况农"]


def test_a_line_has_the_face_of_its_first_chinese_character(tmp_path: Path) -> None:
    def page(canvas: Canvas) -> None:
        put(canvas, 80, 700, 10.5, LONG)
        line = canvas.beginText(80, HEIGHT - 200)
        for face, words in (("Times-Roman", "2019"), (FACE, "年示例标题")):
            line.setFont(face, 14)
            line.textOut(words)
        canvas.drawText(line)

    lines = read_proof(drawn(tmp_path / "样.pdf", page))[0].lines
    assert [(line.text, line.face) for line in lines] == [(LONG, FACE), ("2019年示例标题", FACE)]


def no_text(path: Path) -> None:
    drawn(path, lambda c: c.rect(100, 100, 200, 200))


def locked(path: Path) -> None:
    drawn(path, lambda c: put(c, 80, 200, 10.5, LONG))
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        pdf.save(path, encryption=pikepdf.Encryption(owner="a", user="b"))


def cut_short(path: Path) -> None:
    drawn(path, lambda c: put(c, 80, 200, 10.5, LONG))
    path.write_bytes(path.read_bytes()[:300])


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda path: None, "没有这个文件"),
        (lambda path: path.mkdir(), "是目录"),
        (lambda path: path.write_bytes(b""), "不是 PDF"),
        (lambda path: path.write_text("readers: []"), "不是 PDF"),
        (cut_short, "不是 PDF"),
        (locked, "加了密码"),
        (no_text, "没有文字"),
    ],
)
def test_what_cannot_be_read_is_told(
    tmp_path: Path, spoil: Callable[[Path], object], words: str
) -> None:
    path = tmp_path / "样.pdf"
    spoil(path)
    with pytest.raises(EditorialError, match=words) as raised:
        read_proof(path)
    assert (raised.value.where, bool(raised.value.hint)) == (str(path), True)
