"""Commands on errors: their rate, their class, pages drawn to be read again."""

from __future__ import annotations

from argparse import ArgumentTypeError, Namespace
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from editorial.cli.outcome import Outcome, Verb, arg, desk_of, done, now, today, whole
from editorial.cli.paper import OUT, kinds
from editorial.cli.streams import typed_in
from editorial.cli.table import table
from editorial.cli.words import ID, people_names
from editorial.model.proofs import ProofJob, pages_called

if TYPE_CHECKING:
    from editorial.model.proof_sample import ProofSample
    from editorial.model.rate_paper import RateReport, RateRow


def proof_rate(args: Namespace) -> Outcome:
    """0 when the rate is within what is allowed (or nothing can be judged), else 1."""
    from editorial.desk.error_rate import error_rates, rate_papers
    from editorial.model.rate_paper import head_words, rate_cells, verdict, warnings

    desk = desk_of(args)
    report = error_rates(desk, tuple(args.ids), by=args.by, scheme=args.scheme)
    head = (report.by, "版面字数", "处数", "计错", "差错率", "允许计错", "判定")
    rows = [rate_cells(row) for row in (*report.rows, report.total)]
    said = verdict(report.total)
    lines = [*table(head, rows), head_words(report) + (f"：{said}" if said != "-" else "")]
    made = None
    if args.format:
        made = rate_papers(desk, report, today=today(), formats=kinds(args.format), out=args.out)
        lines += [str(path) for path in made.files]
    bad = report.total.rate.band in ("reprint", "recall") or report.total.rate.blocked
    return Outcome(
        lines=tuple(lines),
        data={**_data(report), "files": [str(p) for p in made.files] if made else []},
        code=1 if bad else 0,
        remarks=(*warnings(report), *(made.remarks if made else ())),
    )


def _data(report: RateReport) -> dict[str, Any]:
    return {
        "scheme": report.scheme.id,
        "verified": report.scheme.verified,
        "rows": [_row(row) for row in report.rows],
        "total": _row(report.total),
        "classes": [
            {
                "id": each.kind.id,
                "label": each.kind.label,
                "found": each.found,
                "counted": each.counted,
                "points": float(each.points),
            }
            for each in report.total.rate.sums
        ],
        "guessed": report.guessed,
        "not_errors": report.loose,
    }


def _row(row: RateRow) -> dict[str, Any]:
    rate = row.rate
    return {
        "label": row.label,
        "chars": rate.chars,
        "found": rate.found,
        "points": float(rate.points),
        "rate": float(rate.rate) if rate.rate is not None else None,
        "budget": float(rate.budget) if row.judged else None,
        "verdict": rate.band if row.judged else None,
    }


def proof_class(args: Namespace) -> Outcome:
    from editorial.desk.error_rate import set_class

    return done(set_class(desk_of(args), args.id, args.numbers, args.fault))


def numbers_of(text: str) -> tuple[int, ...]:
    parts = text.replace("，", ",").replace("、", ",").split(",")
    if not all(each.strip().isdecimal() for each in parts):
        raise ArgumentTypeError(f"“{text}”不是序号，几处用逗号分开")
    return tuple(dict.fromkeys(int(each) for each in parts))


def proof_sample(args: Namespace) -> Outcome:
    from editorial.desk.proof_sample import add_found, draw_sample
    from editorial.desk.proofs import find_proof

    desk = desk_of(args)
    job = find_proof(desk, args.id)
    if args.share:
        sample, act = draw_sample(
            desk, args.id, share=args.share, seed=args.seed, today=today(), reader=args.reader
        )
        outcome = done(act, **_sample_data(job, sample))
        return replace(outcome, lines=(*outcome.lines, *_pages(job, sample, desk)))
    if args.found or args.done:
        text, name = _found(args.found)
        act = add_found(desk, args.id, text, at=now(), done=args.done, name=name)
        told = _standing(desk, job)
        outcome = done(act, told=list(told.lines))
        return replace(outcome, lines=(*outcome.lines, *told.lines))
    return _standing(desk, job)


def _found(path: str) -> tuple[str, str]:
    from editorial.desk.proof_intake import read_bytes
    from editorial.read.words import decoded

    if path == "-":
        return typed_in(), "录入"
    return (decoded(read_bytes(Path(path))), Path(path).name) if path else ("", "录入")


def _standing(desk: Any, job: ProofJob) -> Outcome:
    from editorial.desk.proof_sample import sample_standing, standing_words

    standing = sample_standing(desk, job.id)
    sample = standing.sample
    data = {
        **_sample_data(job, sample),
        "readings": asdict(standing.readings),
        "missed": asdict(standing.by_sample),
        "missed_by_two": asdict(standing.by_two) if standing.by_two else None,
    }
    if not sample.read:
        lines = _pages(job, sample, desk)
        told = f"已记{len(sample.found)}处，还没有读完；读完写 --done，就估计还漏几处"
        return Outcome(lines=(*lines, told), data=data)
    words = standing_words(standing)
    return Outcome(lines=words, data={**data, "told": list(words)})


def _sample_data(job: ProofJob, sample: ProofSample) -> dict[str, Any]:
    return {
        "seed": sample.seed,
        "share": sample.share,
        "pages": [asdict(each) for each in sample.pages],
        "called": pages_called((each.page for each in sample.pages), job.offset),
        "found": len(sample.found),
        "read": sample.read,
    }


def _pages(job: ProofJob, sample: ProofSample, desk: Any) -> tuple[str, ...]:
    """The pages to read, section by section."""
    from editorial.desk.office import loaded

    volume = loaded(desk).volume
    titles = {section.id: section.title for section in volume.sections}
    groups: dict[str, list[int]] = {}
    for each in sample.pages:
        groups.setdefault(each.section, []).append(each.page)
    names = people_names(desk)
    who = f"，请{names.get(sample.reader, sample.reader)}重读" if sample.reader else ""
    head = f"抽{len(sample.pages)}页{who}"
    return (
        head,
        *(
            f"  {titles.get(section, section) or '分目以外'}　{pages_called(pages, job.offset)}"
            for section, pages in groups.items()
        ),
    )


RATE = (
    Verb(
        name="rate",
        help="差错率：按校次、分目或校对人统计，打印差错率统计表",
        run=proof_rate,
        arguments=(
            arg("ids", nargs="*", metavar="编号", help="校样，不写为全部"),
            arg(
                "--by",
                choices=("pass", "section", "person"),
                default="pass",
                help="按 pass 校次、section 分目、person 校对人",
            ),
            arg(
                "--scheme",
                default="gapp2005",
                metavar="办法",
                help="styles/errors 下的差错计算办法",
            ),
            arg("--format", default="", metavar="格式", help="打印成 pdf,docx,xlsx，不写不打印"),
            OUT,
        ),
    ),
    Verb(
        name="class",
        help="定几处改动的差错类别",
        run=proof_class,
        arguments=(
            ID,
            arg("numbers", type=numbers_of, metavar="序号", help="几处用逗号分开"),
            arg("fault", metavar="类别", help="如 标点；写空的引号是去掉"),
        ),
    ),
    Verb(
        name="sample",
        help="抽查重读：抽页，录重读所见，估计还漏几处",
        run=proof_sample,
        arguments=(
            ID,
            arg("--share", default="", metavar="比例", help="抽页，如 10%%"),
            arg("--seed", type=whole, default=1, metavar="种子", help="同一种子抽到同样的页"),
            arg("--reader", default="", metavar="重读人"),
            arg("--found", default="", metavar="文件", help="重读所见，写法同逐行录；- 从键盘读"),
            arg("--done", action="store_true", help="抽到的页都读完了"),
        ),
    ),
)
