"""Works the text takes for running, and a project means to build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..register import DocumentFinding
from .context import WARNING, Context, finding, row_name
from .text import bare, bigrams

_RUNNING = re.compile(
    r"(?:稳定运行|持续运行|正常运行|保障运行|运行好)([\u4e00-\u9fff]{5,24}?(?:[一二三四]期)?(?:工程|项目|厂|站|电厂|设施))(?=[,。;、]|$)"
)
_BUILDING = re.compile(
    r"(?:建成投运|建成投用|建成并投运|新建|开工建设|启动建设)([\u4e00-\u9fff]{5,24}?(?:[一二三四]期)?(?:工程|项目|厂|站|电厂|设施))(?=[,。;、]|$)"
)


def find(context: Context) -> Iterator[DocumentFinding]:
    running = [(p, m) for p in context.passages if p.place != "project" for m in _RUNNING.finditer(p.text)]
    for passage in context.project_texts:
        for building in _BUILDING.finditer(passage.text):
            same = [(p, m) for p, m in running if _one_work(m[1], building[1])]
            if same:
                params = {"no": row_name(passage.row), "running": same[0][1][0], "building": building[0]}
                lines = [passage.line, *(p.line for p, _ in same)]
                yield finding("running_or_to_be_built", WARNING, params, lines, [building[0], *(m[0] for _, m in same)])


def _one_work(one: str, other: str) -> bool:
    phases = [re.findall(r"[一二三四]期", t) for t in (one, other)]
    a, b = bigrams(bare(one)), bigrams(bare(other))
    return phases[0] == phases[1] and len(a & b) >= 0.7 * min(len(a), len(b))
