"""Why a cell holds what it holds: sentences for the reason codes of :class:`..register.Cell`."""

from __future__ import annotations

REASONS: dict[str, tuple[str, str]] = {
    "": ("", ""),
    "funding_forced": (
        "依印出的合计（{totals}），在所有相容的归栏中这一格都是此数。",
        "Given the printed totals ({totals}), every consistent placement puts this amount here.",
    ),
    "funding_forced_empty": (
        "依印出的合计（{totals}），在所有相容的归栏中这一格都为空。",
        "Given the printed totals ({totals}), every consistent placement leaves this cell empty.",
    ),
    "funding_every_column": (
        "印出的数与栏数相同，依次对应。",
        "There are as many amounts as columns; they stand in order.",
    ),
    "funding_undecided": (
        "空白格在复制中丢失，与合计相容的归栏不止一种；此格可能为{values}。[[{hint_zh}]]",
        "Blank cells were lost in copying and several placements meet the totals; this cell may hold {values}.[[ {hint_en}]]",
    ),
    "funding_not_proved": (
        "空白格在复制中丢失，限时内未能证明此格；可能为{values}。[[{hint_zh}]]",
        "Blank cells were lost in copying and this cell could not be proved in the time; it may hold {values}.[[ {hint_en}]]",
    ),
    "funding_no_totals": (
        "空白格在复制中丢失，文件未印各栏合计，无从推算。印出的数：{amounts}。",
        "Blank cells were lost in copying and no column totals are printed. Printed amounts: {amounts}.",
    ),
    "funding_unreadable_rows": (
        "表中有的行数目多于栏数，整表未作推算。印出的数：{amounts}。",
        "Some rows of the table have more amounts than columns, so nothing was inferred. Printed amounts: {amounts}.",
    ),
    "funding_inconsistent": (
        "任何归栏都凑不出印出的合计，故未填。印出的数：{amounts}。",
        "No placement meets the printed totals, so nothing was filled. Printed amounts: {amounts}.",
    ),
    "merged_cell": (
        "合并单元格只印一次，取自上文。",
        "A merged cell printed once above.",
    ),
    "one_cell_for_both": (
        "牵头与配合写在同一格，按标签分开。",
        "One cell names both leads and supporting bodies; they were told apart by their labels.",
    ),
    "stated_in_text": (
        "表中没有合计行，取自正文一句话。",
        "There is no total row; taken from a sentence of the text.",
    ),
    "sum_of_columns": (
        "同一来源印成几栏，此处为各栏之和。",
        "Several printed columns belong to this source; they were added up.",
    ),
    "total_always_printed": (
        "空白格在复制中丢失；投资一栏每行都有，故第一个数是投资。",
        "Blank cells were lost in copying; the investment is printed in every row, so the first amount is the investment.",
    ),
    "blank_cells_lost": (
        "空白格在复制中丢失，此数属于哪一栏不能直接看出。",
        "Blank cells were lost in copying; the column of this amount cannot be seen.",
    ),
    "outline_level": (
        "依正文标题的层级归位。",
        "Placed by the level of the same heading in the body.",
    ),
    "chapter_from_outline": (
        "表中只印一次或未印，依正文标题所在的章补上。",
        "Printed once or not at all in the table; taken from the chapter of the body the heading stands in.",
    ),
    "inner_merged_cell": (
        "合并单元格只印一次，依内层标题归位。",
        "A merged cell printed once; placed as the inner of two headings.",
    ),
    "number_in_name": (
        "序号与名称印在一起。",
        "The number is printed together with the name.",
    ),
    "counted": (
        "没有印序号，按先后计数。",
        "No number is printed; counted in order.",
    ),
    "blank_line_marks_empty_cell": (
        "多出的空行表示空格子。",
        "An extra blank line stands for an empty cell.",
    ),
    "no_single_amount": (
        "此格不是单个金额，不能取数。",
        "The cell holds no single amount.",
    ),
    "unit_in_value": (
        "单位随数值印出。",
        "The unit is printed with the value.",
    ),
    "unit_assumed": (
        "没有印金额单位，按万元计。",
        "No unit of money is printed; 10⁴ CNY is assumed.",
    ),
    "only_place_for_this_kind": (
        "依内容的种类，只有这一栏相合。",
        "By its kind, the content fits this column only.",
    ),
    "marked_year": (
        "依年度栏下的标记，取首末两年。",
        "From the marks under the columns of years: the first and the last marked year.",
    ),
    "first_named_leads": (
        "文件写明排在第一位的为牵头单位（第{line}行）。",
        "The document says that the first unit named leads (line {line}).",
    ),
    "lead_merged_above": (
        "牵头单位一格合并，只在上一行印出。",
        "The cell of the leads is merged and printed in the row above only.",
    ),
}
