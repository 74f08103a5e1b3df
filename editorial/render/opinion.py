"""评议意见表: what it asks, whichever way it is set.

Its columns are the fields an opinion is registered with (place, original, text, category,
reason), so that what comes back can be typed in row by row.
"""

from __future__ import annotations

from editorial.model.book import Imprint, edition_name
from editorial.model.style import DraftStyle

LABEL = 0.125
SCOPE = "审读篇目"
FIELDS = (("填表人", "单　　位", "职务职称"), ("联系电话", SCOPE, "填表日期"))
FIELD_SHARES = (0.3, 0.4, 0.3)
ASPECTS = "（政治、体例、史实、数据、文字、图表、保密、版式等方面）"
VERDICTS = "□ 无意见　　　　□ 修改后通过　　　　□ 须作较大修改"
COLUMNS = (
    ("序号", 10.0),
    ("页码", 12.0),
    ("行号", 12.0),
    ("类别", 13.0),
    ("原　文", 39.0),
    ("修改意见", 49.0),
    ("理　由", 35.0),
)
BY_LINE = "1. 页码见本稿页脚，行号见订口一侧；表、图写明表号、图号，条目可写条目标题。"
BY_TITLE = "1. 页码见本稿页脚；行号自版心首行数起，也可写条目标题；表、图写明表号、图号。"
KINDS = "2. 类别填：政治、体例、史实、数据、文字、图表、保密、版式。"
ONE_EACH = "3. 一处意见填一行，写明修改后的文字和依据；写不下的可另附纸。"
RETURN = "4. 请于　　　年　　月　　日前交回{office}。"
SIGNER, DATED = "填表人签名：", "年　　　月　　　日"
SIGNED = f"{SIGNER}{20 * '　'}{DATED}"


def title_of(label: str) -> str:
    """What a form is called beside a draft of this label."""
    return "征求意见表" if "征求意见" in label else "评议意见表"


def name_of(imprint: Imprint, label: str) -> str:
    """Of the draft the form belongs to."""
    return f"《{imprint.title}》{label}{edition_name(imprint)}"


def scope_of(imprint: Imprint) -> str:
    """What is read, where the draft holds but one 篇目."""
    return imprint.scope[0] if len(imprint.scope) == 1 else ""


def notes_of(style: DraftStyle, office: str) -> tuple[str, ...]:
    """How to fill it in, and when it is wanted back."""
    place = BY_LINE if style.line_numbers else BY_TITLE
    return (f"填表说明：{place}", KINDS, ONE_EACH, RETURN.format(office=office))
