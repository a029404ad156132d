"""What sentences of the document claim about the whole: how many projects, how much money, how many indicators."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from ..register import Cell, How, Line, Totals
from .numbers import exact

_COUNT = {
    "project_count": re.compile(
        r"(?:重点|重大|优先|储备|规划|支撑)(?:建设|工程|支撑|减排|低碳)*(?:项目|工程)[^。；;，,\d]{0,4}?\s*(?:共计|共|合计|总计|达)?\s*(?:约)?(?P<n>\d{1,4})\s*(?:个|项)(?!百分)"
        r"|(?:共|共计|合计|总计|安排|实施|谋划|储备|包括|包含|列入|纳入)[^。；;，,\d]{0,10}?(?P<n2>\d{1,4})\s*(?:个|项)(?:重点|重大|建设)*(?:工程|项目)"
    ),
    "indicator_count": re.compile(
        r"指标(?:体系)?[^。；;，,\d]{0,8}?(?P<n>\d{1,3})\s*(?:项|个)|(?P<n2>\d{1,3})\s*(?:项|个)(?:主要|具体|重点|核心|约束性和预期性)?指标"
    ),
    "task_count": re.compile(
        r"(?:共|共计|明确|提出|分解|部署|细化)[^。；;，,\d]{0,10}?(?P<n>\d{1,3})\s*(?:项|个|条)(?:重点|主要|具体|工作)*任务"
    ),
}
_MONEY = re.compile(
    r"(?:总投资|投资总额|估算投资|投资估算|计划投资|总投资额|匡算投资|投资)(?:约|共计|共|合计|达|为|额)*\s*(?P<n>\d[\d,]*(?:\.\d+)?)\s*(?P<u>亿元|万元)"
)
_FACTOR = {"亿元": Decimal(10000), "万元": Decimal(1)}


def stated_claims(prose: list[Line], row_names: frozenset[str]) -> dict[str, Any]:
    """``{"project_count": [{"value", "line", "printed"}], …}``; money under ``"investment"``, in 10⁴ CNY.

    Sentences that speak of one project only are left out: ``row_names`` are the names of the rows read.
    """
    claims: dict[str, Any] = {}
    for line in prose:
        for sentence in re.split(r"(?<=[。；;])", line.text):
            if re.search(r"已(?:经)?(?:完成|建成|实施)|建成了|完成了|十[二三]五”?(?:期间|时期|以来)", sentence):
                continue
            for key, pattern in _COUNT.items():
                for m in pattern.finditer(sentence):
                    value = m["n"] if m["n"] is not None else m.groupdict().get("n2")
                    if value is not None:
                        claims.setdefault(key, []).append({"value": int(value), "line": line.number, "printed": m[0]})
            about_all = re.search(r"项目|工程", sentence) and re.search(r"共|合计|总计|总投资", sentence)
            if about_all and not any(name in sentence for name in row_names):
                for m in _MONEY.finditer(sentence):
                    amount = exact(Decimal(m["n"].replace(",", "")) * _FACTOR[m["u"]])
                    claims.setdefault("investment", []).append({"value": amount, "line": line.number, "printed": m[0]})
    return claims


def take_stated_total(claims: dict[str, Any], totals: Totals) -> None:
    """Where no total row is printed, the one sentence that gives the whole project list's investment stands for it."""
    stated = claims.get("investment", [])
    if totals.investment is None and len({c["value"] for c in stated}) == 1 and claims.get("project_count"):
        first = stated[0]
        near = any(c["line"] == first["line"] for c in claims["project_count"])
        if near:
            totals.investment = first["value"]
            totals.cells["investment"] = Cell(first["printed"], (first["line"],), How.PROSE, 0.8, "stated_in_text")
