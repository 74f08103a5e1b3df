"""LibreOffice opens our drafts, and its own page numbers are near those in our contents."""

from __future__ import annotations

import subprocess
from pathlib import Path
from xml.sax.saxutils import escape

import pikepdf
import pytest

from editorial.desk.draft import make_draft
from editorial.desk.init import init
from editorial.desk.office import open_desk
from editorial.model.book import Printed
from editorial.model.style import FontConfig
from editorial.render.docx.book import book_docx
from editorial.store.schema import decode
from editorial.store.yamlio import parse
from tests.desk.moments import NOON
from tests.render.books import STYLES, entries, faces, section, small_table, style_of

# How far the pages of LibreOffice may be from those reckoned, as a part: faces differ, and it
# closes up no line, which tells in narrow columns of one sentence again and again.
TOLERANCE = {"review": 0.03, "final": 0.09}
FAMILIES = {
    "宋体": "song",
    "Times New Roman": "song",
    "楷体": "kai",
    "仿宋": "fang",
    "黑体": "hei",
    "方正小标宋简体": "xbs",
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The faces of the PDF under the names the DOCX asks for: without them all is guesswork."""
    folder = tmp_path_factory.mktemp("office")
    table = faces()
    named = {family: table.faces(role)[0].path for family, role in FAMILIES.items()}
    config = "".join(
        f"<dir>{escape(str(each))}</dir>" for each in sorted({p.parent for p in named.values()})
    )
    for family, path in named.items():
        config += (
            f'<match target="pattern"><test name="family"><string>{family}</string></test>'
            f'<edit name="file" mode="assign"><string>{escape(str(path))}</string></edit>'
            f'<edit name="family" mode="assign" binding="strong"><string>{family_of(path)}'
            "</string></edit></match>"
        )
    written = folder / "fonts.conf"
    written.write_text(
        f"<fontconfig>{config}<dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir>"
        "</fontconfig>",
        "utf-8",
    )
    return {
        "FONTCONFIG_FILE": str(written),
        "HOME": str(folder),
        "PATH": "/usr/local/bin:/usr/bin:/bin",
    }


def family_of(path: Path) -> str:
    done = subprocess.run(
        ["fc-scan", "--format", "%{family[0]}\n", path], capture_output=True, check=True
    )
    return done.stdout.decode().splitlines()[0]


def drafted(name: str) -> Printed:
    raw, _ = parse((STYLES / "fonts.yaml").read_text("utf-8"), "fonts.yaml")
    fonts = decode(FontConfig, raw, [])
    assert fonts
    blocks = [b for at in range(24) for b in (*entries(6, 6, first=6 * at), small_table(8))]
    return book_docx(section(*blocks), style_of(name), fonts)


@pytest.mark.external("soffice", "fc-scan")
@pytest.mark.parametrize("name", ["review", "final"])
def test_libreoffice_makes_about_as_many_pages(
    name: str, office: dict[str, str], tmp_path: Path
) -> None:
    printed = drafted(name)
    (tmp_path / "draft.docx").write_bytes(printed.data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "draft.docx"]
    subprocess.run(command, cwd=tmp_path, env=office, check=True, capture_output=True, timeout=120)
    with pikepdf.open(tmp_path / "draft.pdf") as pdf:
        pages = len(pdf.pages)
    assert abs(pages - printed.pages) <= max(1, TOLERANCE[name] * printed.pages)


@pytest.mark.external("soffice", "fc-scan", "timeout")
def test_libreoffice_comes_to_an_end_with_footnotes_in_even_columns(
    office: dict[str, str], tmp_path: Path
) -> None:
    """It went to and fro for ever between a note and two lines that had to stay together."""
    desk = open_desk(init(tmp_path / "sample")[0])
    (paper,) = make_draft(desk, ("01-tezai",), at=NOON, style="final", formats=("docx",)).files
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["timeout", "60", "soffice", profile, "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", tmp_path, paper], env=office, check=True, capture_output=True
    )
    assert (tmp_path / f"{paper.stem}.pdf").is_file()
