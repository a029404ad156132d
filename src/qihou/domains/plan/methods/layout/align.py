"""Give every token of a flattened table its row and column: the best path through rows and columns (Viterbi)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate

from .fit import EMPTY_COST, Fitting, continuation
from .roles import ORGANISATIONS, TEXTUAL, Role
from .table import Column
from .tokens import Token

_NO = -1e9


@dataclass(frozen=True)
class Gaps:
    """How blank lines are used: ``usual`` between cells; ``unit`` extra ones per empty cell when that is reliable."""

    usual: int = 1
    unit: int | None = None
    dropped: bool = False  # cells may also be missing without a trace (merged cells copied only once)

    def surplus(self, token: Token) -> int:
        return max(0, token.gap - self.usual)

    def score(self, extra: int, skipped: int, optional: int) -> float:
        """Reward for blanks that agree with the number of cells left empty."""
        if self.unit is None:
            return 0.0 if extra == 0 else (0.8 if skipped else -0.4)
        cells = extra / self.unit
        if self.dropped:
            return -5.0 * max(0.0, cells - skipped)
        low, high = skipped - optional, skipped
        off = 0.0 if low <= cells <= high else min(abs(cells - low), abs(cells - high))
        return -5.0 * off


class Aligner:
    """Columns fixed once; :meth:`place` then reads any run of tokens."""

    def __init__(
        self, columns: list[Column], gaps: Gaps, fitting: Fitting, is_full: Callable[[str], bool] = lambda text: False
    ) -> None:
        """``is_full`` tells a line that was broken because it reached the width at which all lines were wrapped."""
        self.is_full = is_full
        self.columns = columns
        self.gaps = gaps
        self.fitting = fitting
        self.roles = [c.role for c in columns]
        self.cost = [EMPTY_COST[r] for r in self.roles]
        self.number_at = self.roles.index(Role.NO) if Role.NO in self.roles else None
        texts = [i for i, r in enumerate(self.roles) if r in (Role.TEXT, Role.CONTENT, Role.NAME)]
        main = texts[-1] if texts else None
        self.optional = {
            i for i, r in enumerate(self.roles) if r is Role.GROUPING or (r is Role.TEXT and i in texts and i != main)
        }
        for i in self.optional:
            self.cost[i] = -0.3
        self._costs = [0.0, *accumulate(self.cost)]
        self._optionals = [0, *accumulate(1 if i in self.optional else 0 for i in range(len(columns)))]

    def _empty(self, start: int, stop: int) -> float:
        return self._costs[stop] - self._costs[start]

    def _optional(self, start: int, stop: int) -> int:
        return self._optionals[stop] - self._optionals[start]

    def place(self, tokens: list[Token], numbers: frozenset[int], *, last: bool) -> list[tuple[int, int] | None]:
        """(row, column) for every token; None for one that belongs to no cell.

        ``numbers`` are the indexes of tokens known to be row numbers. With ``last`` the table may end before the tokens do.
        """
        n, c = len(tokens), len(self.columns)
        if n == 0 or c == 0:
            return []
        score = [[_NO] * c for _ in range(n)]
        back: list[list[tuple[int, int, bool] | None]] = [[None] * c for _ in range(n)]
        for i, token in enumerate(tokens):
            extra = self.gaps.surplus(token)
            for j in range(c):
                fits = self._fit(j, i, token, numbers)
                best, via = self._open(j) + fits if i == 0 else _NO, None
                for k, drop in ((i - 1, 0.0), (i - 2, -4.0), (i - 3, -8.0)):
                    if k < 0 or (drop and any(m in numbers for m in range(k + 1, i))):
                        continue
                    for j2 in range(c):
                        base = score[k][j2]
                        if base <= _NO / 2:
                            continue
                        same, new = self._step(tokens[k], token, j2, j, extra, fits)
                        if base + same + drop > best:
                            best, via = base + same + drop, (k, j2, False)
                        if base + new + drop > best:
                            best, via = base + new + drop, (k, j2, True)
                score[i][j], back[i][j] = best, via
        return self._trace(score, back, last)

    def _fit(self, j: int, i: int, token: Token, numbers: frozenset[int]) -> float:
        if self.number_at is not None and (i in numbers or j == self.number_at):
            return 8.0 if i in numbers and j == self.number_at else -12.0
        fit = self.fitting.fit(self.roles[j], token.text)
        long_label = j in self.optional and self.roles[j] is Role.TEXT and len(token.text) > 34
        return fit - 2.5 if long_label else fit

    def _open(self, j: int) -> float:
        return self._empty(0, j)

    def _step(self, before: Token, token: Token, j2: int, j: int, extra: int, fits: float) -> tuple[float, float]:
        same = _NO
        if j > j2:
            skipped = j - j2 - 1
            same = fits + self._empty(j2 + 1, j) + self.gaps.score(extra, skipped, self._optional(j2 + 1, j))
        elif j == j2:
            same = continuation(self.roles[j], before.text, token.text, self.fitting) + self.gaps.score(extra, 0, 0)
            if self.gaps.dropped and not token.place and self.roles[j] in ORGANISATIONS:
                same += 1.2  # a cell of several paragraphs
            if token.place and token.line == before.line:
                same -= 6.0  # a separator stands between them
        full = self.is_full(before.text)
        ended = before.text.endswith(("。", "；"))
        if full and self._says_when(token.text):
            ended = True
        if full and j == j2 and self.roles[j] in TEXTUAL and not self._says_when(token.text):
            same = max(same + 4.0, 3.0) if not ended else max(same, 0.5)
        elif full and not ended:
            same += 4.0 if j == j2 else -2.5
        c = len(self.columns)
        skipped = (c - j2 - 1) + j
        optional = self._optional(j2 + 1, c) + self._optional(0, j)
        new = fits - 0.5 + self._empty(j2 + 1, c) + self._empty(0, j) + self.gaps.score(extra, skipped, optional)
        if full and not ended:
            new -= 2.5
        if token.place:
            new -= 6.0
        elif token.place == 0:
            same -= 0.3
            if self.number_at is not None and j > self.number_at:
                new += 4.5
        return same, new

    def _says_when(self, text: str) -> bool:
        """A whole period is never the rest of a wrapped text where the table has a column for it."""
        return self.fitting.fit(Role.PERIOD, text) >= 4 and any(r in (Role.PERIOD, Role.END) for r in self.roles)

    def _trace(
        self, score: list[list[float]], back: list[list[tuple[int, int, bool] | None]], last: bool
    ) -> list[tuple[int, int] | None]:
        n, c = len(score), len(self.columns)
        ends = range(n) if last else range(n - 1, n)
        i, j = max(
            ((i, j) for i in ends for j in range(c)), key=lambda at: score[at[0]][at[1]] + self._empty(at[1] + 1, c)
        )
        placed: list[tuple[int, int] | None] = [None] * n
        path: list[tuple[int, int, bool]] = []
        step: tuple[int, int, bool] | None
        while True:
            step = back[i][j]
            path.append((i, j, bool(step and step[2])))
            if step is None:
                break
            i, j = step[0], step[1]
        row = 0
        for i, j, new in reversed(path):
            row += 1 if new else 0
            placed[i] = (row, j)
        return placed
