"""The audit of any register at all: no exception, every finding worded, lines that exist."""

from decimal import Decimal as D

from hypothesis import given, settings
from hypothesis import strategies as st

from qihou.domains.plan.methods.audit import audit
from qihou.domains.plan.methods.funding import settle_funding
from qihou.domains.plan.methods.register import (
    UNDETERMINED,
    Cell,
    Funding,
    Heading,
    How,
    IndicatorRow,
    Line,
    ProjectRow,
    Register,
    TaskRow,
    Totals,
)
from qihou.domains.plan.methods.wording import KINDS, render

WORDS = st.sampled_from(
    [
        "到2025年",
        "森林覆盖率",
        "达到50%",
        "。",
        ";",
        "(",
        ")",
        "“",
        "”",
        "《办法》",
        "充电桩",
        "100个",
        "100%",
        "区水利局",
        "等",
        "、",
        "4m3/天",
        "20211225日",
        "3-5个",
        "十四五",
        "共设置指标13项",
        "第一章",
        "(二)",
        "由甲、乙三部分组成",
        "1126m3中型水库",
        "8.8:55.4:35.8",
        "结构",
        "地区生产总值0亿元",
        "农业增加值1亿元",
        "|",
        "总投资5亿元",
        "落实落实",
        "0",
        "",
    ]
)
texts = st.lists(WORDS, max_size=8).map("".join)
amounts = st.one_of(
    st.none(),
    st.just(UNDETERMINED),
    st.decimals(-10, 10**6, places=2),
    st.sampled_from([D(0), D("0.13"), D("NaN"), D("1E+3")]),
)
lines = st.lists(st.integers(-1, 12), max_size=3).map(tuple)
cells = st.dictionaries(
    st.sampled_from(
        ["no", "name", "text", "base", "target", "investment", "funding_amounts", "leads", "supporting", "start"]
    ),
    st.builds(Cell, printed=texts, lines=lines, how=st.sampled_from(list(How))),
    max_size=5,
)
numbers = st.one_of(st.none(), st.integers(-1, 9), st.just("(一)"))
years = st.one_of(st.none(), st.integers(0, 2040))
names = st.lists(st.sampled_from(["区水利局", "区水利", "", "某公司", "各部门", "区发展改革委"]), max_size=3)

indicators = st.builds(
    IndicatorRow, numbers, cells, st.one_of(st.none(), texts), texts, st.one_of(st.none(), st.sampled_from(["%", "", "个"])),
    amounts, years, st.booleans(), amounts, years, st.booleans(), departments=names,
    target_state=st.sampled_from(["value", "assigned", "text", "none", "undetermined"]),
    nature=st.sampled_from([None, "binding", UNDETERMINED]),
)  # fmt: skip
projects = st.builds(
    ProjectRow, numbers, cells, st.one_of(st.none(), texts), texts, st.one_of(st.none(), texts), years, years, years, years,
    amounts, st.builds(Funding, amounts, amounts, amounts),
    st.lists(st.decimals(0, 10**5, places=2), max_size=4), names, names, st.booleans(),
)  # fmt: skip
tasks = st.builds(TaskRow, numbers, cells, texts, texts, texts, names, names, st.booleans(), st.booleans())
finite = st.one_of(st.none(), st.decimals(0, 10**6, places=2))
totals = st.builds(
    Totals, finite, finite, finite, finite,
    st.dictionaries(st.sampled_from(["investment", "private"]), st.builds(Cell, printed=texts, lines=lines), max_size=2),
    st.lists(st.fixed_dictionaries({"label": texts, "investment": finite, "lines": lines}), max_size=2),
)  # fmt: skip
registers = st.builds(
    Register, st.one_of(st.none(), texts), years, years,
    st.lists(texts, max_size=12).map(lambda ts: [Line(i, t) for i, t in enumerate(ts, 1)]),
    st.lists(st.builds(Heading, st.integers(1, 4), texts, st.integers(0, 12)), max_size=4),
    st.lists(indicators, max_size=4), st.lists(projects, max_size=4), st.lists(tasks, max_size=4), totals,
    table_notes=st.lists(st.builds(Line, st.integers(1, 12), texts), max_size=2),
    table_lines=st.frozensets(st.integers(1, 12), max_size=6),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(registers)
def test_any_register_is_audited_without_an_exception(register):
    settle_funding(register, seconds=0.2)
    for found in audit(register):
        assert found.kind in KINDS
        assert len(found.quotes) == len(found.lines) or not found.quotes or len(found.quotes) <= 12
        for language in ("zh", "en"):
            sentence = render(found.kind, found.params, language)
            assert "{" not in sentence.replace("{}", "")
            assert "[[" not in sentence


def test_an_empty_register_has_nothing_wrong():
    assert audit(Register(None, None, None, [], [])) == []
