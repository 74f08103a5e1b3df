"""The looks of 《每日供稿进度情况》, the same on paper and in Word. Millimetres and points."""

from __future__ import annotations

from editorial.model.digest import Part
from editorial.model.style import A4, TextRole

LEFT, TOP, FOOT = 26.0, 24.0, 22.0
WIDTH = A4[0] - 2 * LEFT
RED, GREY, INK = "c00000", "6b6b6b", "000000"
RULES, RULE_GAP = (0.9, 0.3), 0.7  # millimetres: a thick line over a thin one

TITLE = TextRole(font="xbs", size=28, leading=42, align="center", color=RED)
ISSUE = TextRole(font="kai", size=14, leading=22, align="center")
SIDE = TextRole(font="fang", size=13, leading=22, align="left")
BOOK = TextRole(font="xbs", size=16, leading=26, align="center")
VALUE = TextRole(font="hei", size=22, leading=28, align="center")
LABEL = TextRole(font="song", size=10.5, leading=15, align="center")
CHANGE = TextRole(font="song", size=9, leading=12, align="center", color=GREY)
HEAD = TextRole(font="hei", size=13, leading=21, align="left", indent=0)
TEXT = TextRole(font="fang", size=12, leading=18.5, indent=2)
NOTE = TextRole(font="song", size=9, leading=13, align="left", color=GREY)
NUMBERS = "一二三四五六七八九"
LAST_SHARE = 1.9  # the coverage says more than a number and is given more room
PAD, GAP, BETWEEN = 1.6, 1.2, 5.0


def headed(number: int, part: Part) -> str:
    """一、当日变化: numbered as the parts that are there, from 0."""
    return f"{NUMBERS[number]}、{part.title}"


def widths(boxes: int) -> list[float]:
    """Of the boxes of the band, in millimetres."""
    shares = [*[1.0] * (boxes - 1), LAST_SHARE]
    return [WIDTH * share / sum(shares) for share in shares]
