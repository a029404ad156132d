"""Why a cell holds what it holds: sentences for the reason codes of :class:`..register.Cell`."""

from __future__ import annotations

REASONS: dict[str, tuple[str, str]] = {
    "": ("", ""),
    "funding_forced": (
        "依印出的合计({totals}),在所有相容的归栏中这一格都是此数。",
        "Given the printed totals ({totals}), every consistent placement puts this amount here.",
    ),
    "funding_forced_empty": (
        "依印出的合计({totals}),在所有相容的归栏中这一格都为空。",
        "Given the printed totals ({totals}), every consistent placement leaves this cell empty.",
    ),
    "funding_every_column": (
        "印出的数与栏数相同,依次对应。",
        "There are as many amounts as columns; they stand in order.",
    ),
    "funding_undecided": (
        "空白格在复制中丢失,与合计相容的归栏不止一种;此格可能为{values}。[[{hint_zh}]]",
        "Blank cells were lost in copying and several placements meet the totals; this cell may hold {values}.[[ {hint_en}]]",
    ),
    "funding_not_proved": (
        "空白格在复制中丢失,限时内未能证明此格;可能为{values}。[[{hint_zh}]]",
        "Blank cells were lost in copying and this cell could not be proved in the time; it may hold {values}.[[ {hint_en}]]",
    ),
    "funding_no_totals": (
        "空白格在复制中丢失,文件未印各栏合计,无从推算。印出的数:{amounts}。",
        "Blank cells were lost in copying and no column totals are printed. Printed amounts: {amounts}.",
    ),
    "funding_unreadable_rows": (
        "表中有的行数目多于栏数,整表未作推算。印出的数:{amounts}。",
        "Some rows of the table have more amounts than columns, so nothing was inferred. Printed amounts: {amounts}.",
    ),
    "funding_inconsistent": (
        "任何归栏都凑不出印出的合计,故未填。印出的数:{amounts}。",
        "No placement meets the printed totals, so nothing was filled. Printed amounts: {amounts}.",
    ),
    "merged_cell": (
        "合并单元格只印一次,取自上文。",
        "A merged cell printed once above.",
    ),
    "one_cell_for_both": (
        "牵头与配合写在同一格,按标签分开。",
        "One cell names both leads and supporting bodies; they were told apart by their labels.",
    ),
    "stated_in_text": (
        "表中没有合计行,取自正文一句话。",
        "There is no total row; taken from a sentence of the text.",
    ),
}
