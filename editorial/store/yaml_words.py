"""What libyaml has to say of a text, in words an editor can act on."""

from __future__ import annotations

import re

import yaml

TOO_DEEP = "套得太深，请检查括号和“- ”"


def odd_character(text: str) -> tuple[int, str]:
    """Line and first character that YAML does not allow anywhere (YAML 1.1, 5.1)."""
    found = _ODD.search(text)
    return (text.count("\n", 0, found.start()) + 1, found[0]) if found else (0, "\0")


_ODD = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


_KNOWN = {
    "exceeded maximum nesting depth": TOO_DEEP,  # libyaml 0.2.6
    "mapping values are not allowed": "此处不能再有“: ”，请检查缩进，或给含冒号的文字加引号",
    "could not find expected ':'": "缺少冒号（键和值之间要写“: ”，半角冒号加空格）",
    "did not find expected key": "缩进不齐，或上一行缺少冒号",
    "did not find expected '-'": "列表缩进不齐，每项应以“- ”起头并对齐",
    "did not find expected ',' or ']'": "方括号没有收尾，或缺少逗号",
    "did not find expected ',' or '}'": "花括号没有收尾，或缺少逗号",
    "found character that cannot start any token": "有不能起头的字符（制表符请改为空格）",
    "found unexpected end of stream": "引号没有收尾",
    "found a tab character": "缩进里有制表符，请改为空格",
    "alphabetic or numeric character": "以 * 或 & 起头的文字要加引号",
    "found undefined alias": "以 * 起头的文字要加引号",
    "found unknown escape character": "双引号里的“\\”请写成“\\\\”，或改用单引号",
    "found unhashable key": "键只能是一个词，不能是列表，也不能又是“键: 值”",
    "but found another document": "一个文件只能有一份数据，请删去多余的“---”",
}


def words_of(error: yaml.MarkedYAMLError) -> str:
    problem = error.problem or ""
    if "出现两次" in problem or problem == TOO_DEEP:
        return problem
    return next(
        (words for key, words in _KNOWN.items() if key in problem), "请检查缩进、引号和冒号"
    )


def stop_of(error: yaml.MarkedYAMLError) -> int:
    """Where to look: a key without its colon, or a quote that is not closed, is noticed only
    further down than it stands."""
    begins = (error.problem or "").startswith(_NOTICED_LATE)
    marks = (error.context_mark, error.problem_mark)
    mark = next(filter(None, marks if begins else reversed(marks)), None)
    return mark.line + 1 if mark else 0


_NOTICED_LATE = ("could not find expected ':'", "found unexpected end of stream")
