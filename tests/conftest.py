"""A real workspace for every test, a person git knows, nothing of the machine's own settings."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from editorial.cli.main import main
from editorial.desk.init import init
from editorial.desk.office import Desk, open_desk

STYLES = Path(__file__).resolve().parents[1] / "styles"
VOLUME = "volumes/xiao-2019"
CHAPTERS = f"{VOLUME}/chapters"

SMALL = {
    ".gitignore": "/volumes/*/out/\n*.tmp\n",
    ".gitattributes": "* -text\n",
    f"{VOLUME}/volume.yaml": """\
# 小年鉴2019（示例，全部虚构）
schema: 1
title: 小年鉴
label: "2019"      # 卷号
kind: regional_yearbook
sample: true
workflow: yearbook
coverage: {from: 2018-01-01, to: 2018-12-31}
city_order: [广州, 深圳]
office:
  name: 示例市地方志办公室
  code: 示志函
  phone: 020-0000-0001
  mail: nianjian@example.org
  signatory: 周文
gates:
- {id: approval, label: 批准}
- {id: filing, label: 备案}
editorial_notes:
- 本书为示例，内容全部虚构。
""",
    f"{VOLUME}/units.yaml": """\
units:
- id: sz-kcj
  name: 深圳市科技创新局（示例）
  short: 深圳科创局
  city: 深圳
  honorific: 贵局
  contacts:
  - {name: 陈甲, mail: chenjia@example.invalid, phone: 0755-0000-0001, from: 2018-01-01}
- id: gz-kjj
  name: 广州市科学技术局（示例）
  short: 广州科技局
  city: 广州
- {id: sheng-fgw, name: 广东省发展改革部门（示例）, short: 省发改, city: 广东, honorific: 贵委}
""",
    f"{VOLUME}/staff.yaml": """\
staff:
- {id: zhouwen, name: 周文, roles: [chief_editor], mail: zhouwen@example.org, phone: 020-0000-0011}
- {id: sujing, name: 苏静, roles: [deputy_editor], mail: sujing@example.org}
- {id: liangshu, name: 梁述, roles: [compiler], mail: liangshu@example.org}
- {id: linqing, name: 林清, roles: [section_editor], mail: linqing@example.org}
- {id: fangmin, name: 方敏, roles: [clerk], mail: fangmin@example.org}
""",
    f"{VOLUME}/terms.yaml": "names:\n  粤港澳大湾区: 大湾区\nexempt: []\n",
    f"{VOLUME}/progress.yaml": """\
history:
- {at: 2019-09-16T15:00:00+08:00, by: zhouwen, to: framework}
""",
    f"{CHAPTERS}/01-keji/chapter.yaml": """\
title: 科技创新
sections:
- 01-gaikuang
- 02-pingtai
- 03-rencai
""",
    f"{CHAPTERS}/01-keji/01-gaikuang.yaml": """\
title: 概况
units: [sz-kcj]
editor: linqing
due: 2019-12-20
target: 1200
tasks:
- unit: sz-kcj
  due: 2019-11-30
  history:
  - {at: 2019-10-08T09:00:00+08:00, by: fangmin, to: issued}
  - {at: 2019-11-20T10:30:00+08:00, by: fangmin, to: submitted}
history:
- {at: 2019-10-08T09:00:00+08:00, by: linqing, to: drafting}
""",
    f"{CHAPTERS}/01-keji/01-gaikuang.md": """\
【概况】　2018年，示例区有研发机构120个，比上年增加12个。
全年研发经费支出30亿元。
（深圳科创局　陈甲）
""",
    f"{CHAPTERS}/01-keji/02-pingtai.yaml": """\
# 平台一节由两家合写，先深圳后广州
title: 创新平台      # 标题已与主编商定

units: [sz-kcj, gz-kjj]
editor: linqing   # 林清
due: 2019-12-20
tasks:
# 深圳先报
- unit: sz-kcj
  due: 2019-11-30
  history:
  - {at: 2019-10-08T09:00:00+08:00, by: fangmin, to: issued}
  - {at: 2019-11-20T10:30:00+08:00, by: fangmin, to: submitted}   # 电子稿
- unit: gz-kjj
  due: 2019-11-30
  history:
  - {at: 2019-10-08T09:00:00+08:00, by: fangmin, to: issued}
history:
- {at: 2019-10-08T09:00:00+08:00, by: linqing, to: drafting}
- {at: 2019-11-22T09:00:00+08:00, by: linqing, to: received}  # 广州部分待到
# 以下由程序续写
""",
    f"{CHAPTERS}/01-keji/02-pingtai.md": """\
【重点实验室】　2018年，新增重点实验室15个，其中待补。

:::table{#biao-1-1 title="2018年平台情况表（示例）" unit="个"}
| 平台 | 2017年 | 2018年 |
---
| 实验室 | 10 | 15 |
:::
""",
    f"{CHAPTERS}/01-keji/03-rencai.yaml": "title: 人才\n",
    f"{CHAPTERS}/01-keji/03-rencai.md": "【人才引进】　2018年，引进人才300人。\n",
    f"{CHAPTERS}/02-jichu/chapter.yaml": """\
title: 基础设施
sections: [01-gaikuang, 02-jichang]
""",
    f"{CHAPTERS}/02-jichu/01-gaikuang.yaml": """\
title: 概况
units: [sheng-fgw]
editor: linqing
due: 2019-12-20
history:
- {at: 2019-10-08T09:00:00+08:00, by: linqing, to: drafting}
- {at: 2019-11-22T09:00:00+08:00, by: linqing, to: received}
- {at: 2019-11-25T09:00:00+08:00, by: linqing, to: editing}
- {at: 2019-12-02T09:00:00+08:00, by: sujing, to: review1}
""",
    f"{CHAPTERS}/02-jichu/01-gaikuang.md": "【概况】　2018年，示例区铁路营业里程210千米。\n",
    f"{CHAPTERS}/02-jichu/02-jichang.yaml": """\
title: 机场
units: [sheng-fgw]
editor: linqing
history:
- {at: 2019-10-08T09:00:00+08:00, by: linqing, to: drafting}
- {at: 2019-11-22T09:00:00+08:00, by: linqing, to: received}
- {at: 2019-11-25T09:00:00+08:00, by: linqing, to: editing}
""",
    f"{CHAPTERS}/02-jichu/02-jichang.md": "【机场】　2018年，示例机场旅客吞吐量1200万人次。\n",
}


@pytest.fixture(scope="session", autouse=True)
def _apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Nothing in the home folder or the environment of the machine takes part."""
    home = tmp_path_factory.mktemp("home")
    config = home / "gitconfig"
    config.write_text("[user]\n\tname = 测试\n\temail = ceshi@example.org\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.startswith(("GIT_", "EDITORIAL_", "XDG_")) or name == "EMAIL":
                patch.delenv(name)
        patch.setenv("HOME", str(home))
        patch.setenv("GIT_CONFIG_GLOBAL", str(config))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        yield


def pytest_runtest_setup(item: pytest.Item) -> None:
    """A missing outside program skips the test by name; in continuous integration it fails it."""
    needed = [name for mark in item.iter_markers("external") for name in mark.args]
    missing = [name for name in needed if shutil.which(name) is None]
    if missing:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"没有程序：{'、'.join(missing)}")


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory, _apart: None) -> Path:
    root = tmp_path_factory.mktemp("template") / "shu"
    shutil.copytree(STYLES, root / "styles")
    for path, text in SMALL.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    for args in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "开始")):
        subprocess.run(["git", *args], cwd=root, check=True)
    return root


@pytest.fixture
def workspace(_template: Path, tmp_path: Path) -> Path:
    """A small workspace of one volume, `xiao-2019`, in a git repository of its own."""
    root = tmp_path / "shu"
    shutil.copytree(_template, root, symlinks=True)
    return root


@pytest.fixture
def desk(workspace: Path) -> Desk:
    return open_desk(workspace)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory, _apart: None) -> Path:
    """The shipped sample as `editorial init` makes it. Read only: everybody shares it."""
    return init(tmp_path_factory.mktemp("sample") / "gba", samples=("gba-2019",))[0]


@pytest.fixture
def git(workspace: Path) -> Callable[..., str]:
    """`git(*args)` in the workspace: its output without the last line break."""

    def call(*args: str) -> str:
        done = subprocess.run(
            ["git", *args], cwd=workspace, check=True, capture_output=True, encoding="utf-8"
        )
        return done.stdout.rstrip("\n")

    return call


@dataclass(frozen=True, slots=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str


@pytest.fixture
def editorial(workspace: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """`editorial(*args)`: the command, in the workspace."""

    def call(*args: str, folder: Path | None = None) -> Said:
        capsys.readouterr()
        code = main(["-C", str(folder or workspace), *args])
        return Said(code, *capsys.readouterr())

    return call
