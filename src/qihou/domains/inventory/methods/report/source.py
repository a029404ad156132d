"""The worked inventory as the chapters read it: its lines, its categories in order, and what is missing under each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from qihou.domains.inventory.methods.checks.finding import CheckFinding
from qihou.domains.inventory.methods.report.words import Words
from qihou.domains.inventory.methods.results import TOTAL, TOTAL_WITHOUT_LULUCF, Line, Worked
from qihou.domains.inventory.methods.scheme.assembly import Scheme
from qihou.domains.inventory.methods.scheme.parts import Category
from qihou.facts.factors import UnableToFindFactor, factor_by_id
from qihou.figures.leaf import Leaf, absent
from qihou.figures.missing import Flag, State
from qihou.measure.periods import Period

Lines = Mapping[tuple[str, str], Line]
NOT_REPORTED = absent("", (), Period.year(2000)).reason


@dataclass(frozen=True)
class Gap:
    """What has no value under a category: its name, its state and the reason given."""

    category: Category
    name: str
    state: State
    reason: str


@dataclass(frozen=True)
class Source:
    """All the chapters stand on. ``lines`` and ``before`` are the figures of this year and of the one compared with.

    ``same_methods``: whether both were worked by one edition and one way of counting landfill.
    """

    worked: Worked
    district_name: str
    words: Words
    lines: Lines
    before: Lines | None = None
    before_year: str = ""
    same_methods: bool = True
    findings: Sequence[CheckFinding] | None = None
    _gaps: dict[str, tuple[Gap, ...]] = field(default_factory=dict, compare=False)

    @property
    def scheme(self) -> Scheme:
        return self.worked.scheme

    @property
    def year(self) -> str:
        return str(self.worked.period.start.year)

    @property
    def total(self) -> Line:
        return self.lines[TOTAL, ""]

    @property
    def total_without_lulucf(self) -> Line:
        return self.lines[TOTAL_WITHOUT_LULUCF, ""]

    @cached_property
    def sectors(self) -> tuple[Category, ...]:
        """The sectors that count in the total."""
        return tuple(c for c in self.scheme.children("") if c.sector.in_total and (c.code, "") in self.lines)

    @cached_property
    def beside(self) -> tuple[Category, ...]:
        """Sectors shown beside the total."""
        return tuple(c for c in self.scheme.children("") if not c.sector.in_total and (c.code, "") in self.lines)

    def under(self, code: str) -> Iterator[tuple[int, Category]]:
        """The category itself and all below it that have figures, with their depth under it."""
        top = code.count(".")
        for category in self.scheme.categories:
            if (category.code == code or category.code.startswith(f"{code}.")) and (category.code, "") in self.lines:
                yield category.code.count(".") - top, category

    @cached_property
    def gases(self) -> tuple[str, ...]:
        """The gases that occur in the totals, CO2, CH4 and N2O first."""
        return tuple(gas for code, gas in self.lines if code == TOTAL and gas)

    def gaps(self, code: str) -> tuple[Gap, ...]:
        """What has no value under the deepest categories of a sector, in their order, each reason once per name."""
        if code not in self._gaps:
            found: dict[Gap, None] = {}
            for _, category in self.under(code):
                if self._is_deepest(category.code) and self._lacks(self.lines[category.code, ""]):
                    found |= dict.fromkeys(self._gaps_of(category))
            self._gaps[code] = tuple(found)
        return self._gaps[code]

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Everything the year's figures stand on, each once."""
        found: dict[str, Leaf] = {}
        for code in self._tops:
            for leaf in self.worked.why(code).leaves():
                found.setdefault(leaf.id, leaf)
        return tuple(found.values())

    @property
    def _tops(self) -> list[str]:
        derived = [node.key for node in self.scheme.after]
        return [c.code for c in (*self.sectors, *self.beside)] + self._memo + derived

    @cached_property
    def _memo(self) -> list[str]:
        return [c.code for c in self.scheme.categories if c.memo and (c.code, "") in self.lines]

    @property
    def memo(self) -> list[Category]:
        return [self.scheme.category[code] for code in self._memo]

    def leaf_name(self, leaf: Leaf) -> str:
        """A quantity in words, by the scheme or by the factor library."""
        english = self.words.english
        known = self.scheme.quantity.get((leaf.quantity, leaf.labels))
        if leaf.origin.kind == "fact":
            try:
                return factor_by_id(leaf.origin.id).said(self.words.language)
            except (
                UnableToFindFactor
            ):  # of a library older than this program: its own words stand in the frozen reading
                return leaf.origin.en if english else leaf.origin.zh
        if known is not None:
            return f"{known.section_en}: {known.en}" if english and known.section_en else known.en if english else (
                f"{known.section_zh}：{known.zh}" if known.section_zh else known.zh
            )  # fmt: skip
        written = " ".join(value for _, value in leaf.labels)
        return (leaf.origin.en if english else leaf.origin.zh) or f"{leaf.quantity} {written}".strip()

    @staticmethod
    def reason(leaf: Leaf) -> str:
        """Why it has no value, where that says more than its state."""
        return (
            ""
            if leaf.state is State.ABSENT and leaf.origin.kind == "none" and leaf.reason == NOT_REPORTED
            else leaf.reason
        )

    @cached_property
    def marks(self) -> Flag:
        flags = Flag.NONE
        for line in self.lines.values():
            flags |= line.flags
        return flags

    def _is_deepest(self, code: str) -> bool:
        return not any((child.code, "") in self.lines for child in self.scheme.children(code))

    @staticmethod
    def _lacks(line: Line) -> bool:
        return line.value is None or bool(line.flags & Flag.LEFT_OUT)

    def _gaps_of(self, category: Category) -> Iterator[Gap]:
        missing = [leaf for leaf in self.worked.why(category.code).leaves() if leaf.state is not State.VALUE]
        decisive = [leaf for leaf in missing if not leaf.state.is_nil] or missing
        for leaf in decisive:
            yield Gap(category, self.leaf_name(leaf), leaf.state, self.reason(leaf))
        if not decisive:
            yield Gap(category, "", self.lines[category.code, ""].state, "")
