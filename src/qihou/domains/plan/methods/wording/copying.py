"""Sentences about damage from copying, which is no error of the document."""

from .form import Kind

_OF_COPYING = "属复制损坏，不算文件的错误。"
_EN = "This is damage from copying, not an error of the document."

KINDS: dict[str, Kind] = {
    "date_marks_lost": Kind(
        "日期的年月字丢失",
        "Date marks lost",
        "日期中的“年”“月”在复制中丢失。",
        "The characters for year and month were lost in copying.",
        f"{{count}}处日期的年、月字丢失，数字连写。{_OF_COPYING}",
        f"The marks for year and month were lost in {{count}} place(s). {_EN}",
    ),
    "document_number_damaged": Kind(
        "文号括号丢失",
        "Document number damaged",
        "文号中的右括号在复制中丢失，年份与序号连写。",
        "The closing bracket of a document's number was lost, so that year and number run together.",
        f"{{count}}处文号丢了右括号，年份与序号连写。{_OF_COPYING}",
        f"A bracket of a document number was lost in {{count}} place(s). {_EN}",
    ),
    "superscript_lost": Kind(
        "单位的上标丢失",
        "Superscript lost",
        "平方、立方的上标成了普通数字。",
        "The superscript of a square or cubic unit became an ordinary digit.",
        f"{{count}}处单位的上标（平方、立方）成了普通数字。{_OF_COPYING}",
        f"A superscript in {{count}} place(s) became an ordinary digit. {_EN}",
    ),
    "unit_lost": Kind(
        "单位丢失",
        "Unit lost",
        "数字后面的单位在复制中丢失。",
        "The unit after a number was lost.",
        "{count}处数字后面缺单位，多半在复制中丢失，请对照原件补上。",
        "A number has no unit in {count} place(s), probably lost in copying; please restore it from the original.",
    ),
    "quotes_unbalanced": Kind(
        "引号不成对",
        "Quotation marks unbalanced",
        "引号缺了一半，多半在复制中丢失。",
        "One of a pair of quotation marks is missing, probably lost in copying.",
        "{count}处引号不成对，多半在复制中丢失。",
        "One quotation mark of a pair is missing in {count} place(s), probably lost in copying.",
    ),
    "brackets_unbalanced": Kind(
        "括号不成对",
        "Brackets unbalanced",
        "括号缺了一半，多半在复制中丢失。",
        "One of a pair of brackets is missing, probably lost in copying.",
        "{count}处括号不成对，多半在复制中丢失。",
        "One bracket of a pair is missing in {count} place(s), probably lost in copying.",
    ),
    "caption_word_lost": Kind(
        "表题缺“表”字",
        "Caption lacks its word",
        "表题只剩编号，前面的“表”字丢失。",
        "A table's caption begins with its number; the word for table was lost.",
        f"{{count}}处表题缺“表”字。{_OF_COPYING}",
        f"The word for table is missing from {{count}} caption(s). {_EN}",
    ),
}
