"""The flows of a run as a Sankey diagram, with the table behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from qihou.domains.inventory.api import flowing, queries
from qihou.domains.inventory.methods.flows import Flow, Kind, Node
from qihou.domains.inventory.methods.label_names import label_words
from qihou.face.charts import Chart
from qihou.face.formats import number
from qihou.face.pages import PageRequest
from qihou.face.tables import Column, Table

from .cells import in_unit
from .choosing import Answer, Chosen, figures_page, illustrative
from .words import gas_name, is_english, name

TABLE = Table(
    "flow-table",
    [
        Column("source", gettext_lazy("从"), heading=True),
        Column("target", gettext_lazy("到")),
        Column("value", gettext_lazy("数量"), "number", unit=gettext_lazy("万吨CO₂e")),
        Column("tonnes", gettext_lazy("精确值"), "number", unit="tCO₂e", optional=True),
    ],
    title=gettext_lazy("流向"),
    file_name="flows",
    prefix="flow",
)
# A link thinner than this share of all emissions cannot be seen; it is in the table.
THINNEST = 0.0005
# Names of thinner nodes would lie over one another.
LEAST_NAMED = 0.008
_COLOURS = {
    Kind.FUEL: "var(--series-3)",
    Kind.ACTIVITY: "var(--series-4)",
    Kind.CATEGORY: "var(--series-2)",
    Kind.GAS: "var(--series-5)",
    Kind.EMITTED: "var(--ink)",
    Kind.TAKEN_UP: "var(--pine)",
    Kind.REMAINING: "var(--secondary)",
}


@figures_page("inventory/figures/flows.html", "flows")
def flows(request: PageRequest, *, chosen: Chosen) -> Answer:
    found = flowing.flows_of(request.actor, request.district, chosen.run.uid)
    tree = queries.tree(request.actor, request.district, chosen.run.uid)
    categories = {row.code: name(row.category) for row in tree.rows}

    def words(node: Node) -> str:
        kind, code = node
        match kind:
            case Kind.FUEL:
                return label_words({"fuel": code}, english=is_english())[0]
            case Kind.GAS:
                return gas_name(code)
            case Kind.EMITTED:
                return gettext("全部排放")
            case Kind.REMAINING:
                return gettext("净排放")
            case Kind.TAKEN_UP:
                return gettext("吸收：{what}").format(what=categories.get(code, code))
        return categories.get(code, code)

    rows = [
        {"source": words(f.source), "target": words(f.target), "value": in_unit(f.value), "tonnes": f.value}
        for f in sorted(found.flows, key=lambda flow: -flow.value)
    ]
    table = TABLE.bind(rows, request.GET, district_code=chosen.code)
    thin = [flow for flow in found.flows if flow.value < THINNEST * found.emitted]
    notes = [_("共用一个节点的数量相加；备查项和间接排放不在图中。")]
    if thin:
        notes.append(_("有 {n} 条很细的流向只列在表里。").format(n=len(thin)))
    if found.beyond:
        notes.append(
            _("吸收量比全部排放还多 {value} 万吨，超出部分画不出来。").format(value=number(in_unit(found.beyond)))
        )
    title = _("{emitted} 万吨排放中，{taken} 万吨由碳汇吸收").format(
        emitted=number(in_unit(found.emitted)), taken=number(in_unit(found.taken_up))
    )
    shown = [flow for flow in found.flows if flow not in thin]
    chart = Chart(
        "inventory-flows", title, _option(shown, words, found.emitted), table, _("万吨CO₂e"), size="tall",
        illustrative=illustrative(tree.lines), notes=notes,
    )  # fmt: skip
    return {"chart": chart, "found": found, "some": bool(shown)}


def _option(shown: list[Flow], words: Callable[[Node], str], whole: float) -> dict[str, Any]:
    nodes = dict.fromkeys(node for flow in shown for node in (flow.source, flow.target))
    through = {
        node: max(
            sum(flow.value for flow in shown if flow.source == node),
            sum(flow.value for flow in shown if flow.target == node),
        )
        for node in nodes
    }
    return {
        "tooltip": {"trigger": "item"},
        "series": [
            {
                "type": "sankey",
                "nodeAlign": "justify",
                "left": 8,
                "right": 150,
                "top": 8,
                "bottom": 8,
                "nodeGap": 6,
                "nodeWidth": 12,
                "draggable": False,
                "emphasis": {"focus": "adjacency"},
                "lineStyle": {"color": "source", "opacity": 0.3},
                "label": {"color": "var(--ink)", "fontSize": 11, "width": 140, "overflow": "truncate"},
                "data": [
                    # Two nodes may be called the same; the kind keeps their names apart.
                    {
                        "name": f"{node[0]}:{node[1]}",
                        "label": {"formatter": words(node), "show": through[node] >= LEAST_NAMED * whole},
                        "itemStyle": {"color": _COLOURS[node[0]]},
                    }
                    for node in nodes
                ],
                "links": [
                    {
                        "source": f"{flow.source[0]}:{flow.source[1]}",
                        "target": f"{flow.target[0]}:{flow.target[1]}",
                        "value": float(in_unit(flow.value)),
                    }
                    for flow in shown
                ],
            }
        ],
    }
