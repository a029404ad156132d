"""The report of an inventory as chapters of text: nothing here knows how a file is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from qihou.domains.inventory.methods.checks.finding import CheckFinding
from qihou.domains.inventory.methods.report.chapters.annex import annex
from qihou.domains.inventory.methods.report.chapters.comparison import comparison
from qihou.domains.inventory.methods.report.chapters.indicators import indicators
from qihou.domains.inventory.methods.report.chapters.key import key_categories
from qihou.domains.inventory.methods.report.chapters.methods import methods_and_data
from qihou.domains.inventory.methods.report.chapters.overview import overview
from qihou.domains.inventory.methods.report.chapters.quality import quality
from qihou.domains.inventory.methods.report.chapters.sectors import sectors
from qihou.domains.inventory.methods.report.chapters.uncertainty import uncertainty
from qihou.domains.inventory.methods.report.parts import Report
from qihou.domains.inventory.methods.report.source import Source
from qihou.domains.inventory.methods.report.words import EDITION_NAMES, Words
from qihou.domains.inventory.methods.results import Line, Worked
from qihou.figures.missing import Flag

Lines = Mapping[tuple[str, str], Line]


def build(
    worked: Worked,
    *,
    district_name: str,
    previous: Worked | None = None,
    language: str = "zh",
    findings: Sequence[CheckFinding] | None = None,
    lines: Lines | None = None,
    previous_lines: Lines | None = None,
    draws: int | None = None,
    made_on: date | None = None,
) -> Report:
    """See :func:`qihou.domains.inventory.methods.report.report`."""
    words = Words(language, worked.scheme)
    if previous_lines is None and previous is not None:
        previous_lines = previous.lines
    source = Source(
        worked,
        district_name,
        words,
        lines=worked.lines if lines is None else lines,
        before=previous_lines,
        before_year=str(previous.period.start.year) if previous is not None else "",
        same_methods=previous is None or previous.scheme.options == worked.scheme.options,
        findings=findings,
    )
    drawn = draws if draws is not None else worked.drawn.count if worked.drawn is not None else 0
    chapters = (
        overview(source), methods_and_data(source), sectors(source), key_categories(source),
        uncertainty(source, drawn=drawn), quality(source), comparison(source), indicators(source), annex(source),
    )  # fmt: skip
    cover = [words.pair(EDITION_NAMES[worked.scheme.options.edition]), f"IPCC {worked.scheme.gwp_set.value}"]
    if made_on is not None:
        cover.append(made_on.isoformat())
    return Report(
        title=words.say("温室气体清单报告", "Greenhouse Gas Inventory Report"),
        district=district_name,
        year=words.say(f"{source.year}年", source.year),
        cover=tuple(cover),
        chapters=chapters,
        language=language,
        marks=_marks(source),
        contents_word=words.say("目录", "Contents"),
        figure_word=words.say("图", "Figure "),
        table_word=words.say("表", "Table "),
    )


def _marks(source: Source) -> tuple[str, ...]:
    say, marks = source.words.say, []
    if source.marks & Flag.ILLUSTRATIVE:
        marks.append(
            say("示例：含示例数据，不是本区实际", "Illustrative: contains data that are not the district's own")
        )
    if source.marks & Flag.UNVERIFIED:
        marks.append(
            say("待核：含尚未与原文核对的因子", "Unverified: some factors were not yet held against their originals")
        )
    return tuple(marks)
