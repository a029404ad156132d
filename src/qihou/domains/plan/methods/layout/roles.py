"""What the words at the head of a column mean."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum

from ..reading.numbers import looks_like_unit, money_factor, squeeze


class Role(StrEnum):
    NO = "no"
    GROUPING = "grouping"  # category, chapter, field of work
    NAME = "name"
    CONTENT = "content"
    TEXT = "text"
    UNIT = "unit"
    NATURE = "nature"
    YEAR_VALUE = "year_value"
    BASE = "base"
    TARGET = "target"
    PERIOD = "period"
    START = "start"
    END = "end"
    INVESTMENT = "investment"
    UPPER = "upper_level"
    DISTRICT = "district_budget"
    PRIVATE = "private"
    LEAD = "lead"
    DUTY = "duty"  # 责任单位: the lead, unless another column says 牵头
    BUILDER = "builder"  # 建设/实施单位, 业主
    SUPPORT = "support"
    OTHER = "other"
    MONEY_OTHER = "money_other"
    GROUP = "group"  # a heading over several columns


FUNDS = (Role.UPPER, Role.DISTRICT, Role.PRIVATE)
MONEY = (Role.INVESTMENT, *FUNDS, Role.MONEY_OTHER)
ORGANISATIONS = (Role.LEAD, Role.DUTY, Role.BUILDER, Role.SUPPORT)
VALUES = (Role.BASE, Role.TARGET, Role.YEAR_VALUE)
TEXTUAL = (Role.GROUPING, Role.NAME, Role.CONTENT, Role.TEXT, Role.OTHER)

_UNIT_WORD = r"(?:单位|部门|主体|机构)"
_PATTERNS: tuple[tuple[Role, str], ...] = (
    (Role.NO, r"序号?|编号|号|no\.?|(?:项目|指标|任务|工程)(?:序号|编号|编码|代码)|项次"),
    (
        Role.SUPPORT,
        rf"(?:主要)?(?:配合|参与|参加|协同|协办|协作|协助|支持|支撑|会同){_UNIT_WORD}?(?:及.*)?|其他责任单位|责任配合单位",
    ),
    (
        Role.LEAD,
        rf"(?:市级|区级|县级)?牵头(?:责任)?{_UNIT_WORD}?|责任牵头{_UNIT_WORD}|牵头(?:和|及|与|、|/|\()?(?:配合|责任|参与|协同){_UNIT_WORD}?\)?|主办{_UNIT_WORD}|第一责任单位|主责{_UNIT_WORD}",
    ),
    (
        Role.DUTY,
        rf"(?:主要|落实|主管|主体|数据来源|数据提供|提供|统计|考核|行业主管|工作|具体|监管|推进|管理)?(?:责任|主管|负责|承担|承办|行业主管|监管){_UNIT_WORD}?(?:\(.*)?|责任(?:单位|部门)及.*|分工|职责分工|部门|责任分工|(?:数据来源|数据提供|来源|统计)(?:部门|单位)|完成单位|落实单位|工作单位|组织实施单位|责任处室|责任人|责任领导",
    ),
    (
        Role.BUILDER,
        rf"(?:组织)?(?:实施|建设|承建|项目|投资|业主|运营|申报|项目建设|项目实施|项目责任){_UNIT_WORD}|(?:项目)?业主(?:名称)?|(?:项目)?法人",
    ),
    (Role.UNIT, r"单位|计量单位|指标单位"),
    (
        Role.NATURE,
        r"(?:指标|目标)?(?:属性|性质)|指标类型|目标类型|约束性/预期性|约束/预期|约束(?:程度|力|类型|属性|性质)",
    ),
    (
        Role.PERIOD,
        r"(?:项目|计划|工程)?(?:建设|实施|起止|起讫|执行|工作|推进)?(?:起止)?(?:期限|年限|周期|工期|期|年度|时间|时期|时段|起止年限|年月|时间段|阶段)(?:及进度|安排)?|时间安排|进度安排|实施年份|建设年份|(?:建设|实施)?起止年(?:限|份|度)?",
    ),
    (
        Role.END,
        r"(?:计划|预计|拟|项目)?(?:完成|完工|竣工|建成|投产|截止|办结|达成)(?:时限|时间|年限|年份|期限|节点|日期|年度|年月|年)?|时限(?:要求)?|时间节点|完成时限要求|结束(?:时间|年份)|截至时间",
    ),
    (Role.START, r"(?:计划|预计|拟|项目)?(?:开工|开始|启动|起始)(?:时间|年份|年限|日期|年度|年月|年)?"),
    (
        Role.INVESTMENT,
        r"(?:项目|工程|计划|估算|预计|匡算|概算|初步)*(?:总投资|投资(?:总)?(?:估算|额|规模|总额|概算|匡算|金额|合计|需求|预算)?|总投资(?:估算|额|规模|匡算|概算)|估算投资|投资估算额|资金(?:需求|估算|规模|总额|额度)|概算|预算|总资金|资金)(?:情况|数|量)?|投资合计|资金合计",
    ),
    (
        Role.UPPER,
        r"(?:其中[：:]?)?(?:争取|申请)?(?:中央|国家|省级?|市级|上级|中央及省|中央和省|省市|中央、省|市级以上|省级以上|中央预算内|省市级|中央、省、市|国省|上级补助|上级财政|转移支付|(?:超长期)?(?:特别)?国债|中省)(?:及.{1,3})?(?:以上)?(?:预算内|财政|补助|专项|补贴|配套|奖补)*(?:资金|投资|投入|补助|部分)?",
    ),
    (
        Role.DISTRICT,
        r"(?:其中[：:]?)?(?:区级|县级|本级|区本级|县本级|区|县|地方|市县|旗级|区县|地方政府|政府|本市|市本级)?(?:财政|自有|政府|本级|配套|预算内|预算)*(?:资金|投资|投入|配套|部分)?",
    ),
    (
        Role.PRIVATE,
        r"(?:其中[：:]?)?(?:社会|企业|自筹|银行|民间|业主|单位|市场化|金融机构|民营|其他|社会及其他|企业及社会|社会和企业|社会化)(?:资本|自筹|自有|贷款|融资|投资|及.{1,4})*(?:资金|投资|投入|部分|筹集|)?|贷款|融资",
    ),
    (Role.BASE, r"(?:基期|基准|基线|现状|现有|基础|初始|起始)(?:年)?(?:值|水平|情况|数|数据|指标)?|现值|期初值"),
    (
        Role.TARGET,
        r"(?:规划|计划|预期|期末|末期|终期|工作|指标)?目标(?:值|数|指标)?|目标年|规划年|规划值|目标要求|指标值|期末值|目标任务值",
    ),
    (
        Role.NAME,
        r"(?:重点|重大|主要|具体|建设|优先)*(?:指标|项目|工程)(?:名称|内容及名称|清单)?|(?:目标|任务|行动)?名称|(?:指标|项目)(?:名称)?|评价指标|[一二三]级指标|指标项|指标体系|考核指标|工程\(项目\)名称|项目\(工程\)名称|名称\(项目\)",
    ),
    (
        Role.CONTENT,
        r"(?:主要|工程|项目|重点|核心)*(?:建设|工程|项目|实施)(?:的)?(?:主要)?(?:内容|规模|任务|概况|简介)(?:(?:及|和|与|、|/)(?:主要)?(?:内容|规模|建设规模|建设内容))*|(?:主要)?内容(?:及规模|和规模)|规模(?:及内容|及主要内容)?|主要建设内容.*|建设规模.*|建设内容.*",
    ),
    (
        Role.TEXT,
        r"[一二三]级任务|(?:主要|重点|具体|细化|分解|目标|年度|工作)*(?:任务|工作|措施|举措|行动|事项|内容)+(?:内容|名称|要求|清单|描述|要点|分解|措施|举措)?(?:及(?:措施|要求))?|重点任务.*|工作内容.*|任务内容.*|具体内容|政策措施|行动名称|任务",
    ),
    (
        Role.GROUPING,
        r"(?:项目|指标|任务|工程|工作|重点|任务|所属|行业|一级|工作任务|行动)*(?:类别|类型|分类|领域|大类|板块|类|方面|专项|方向|章节|行业)(?:名称)?|主要领域|重点领域|目标分类",
    ),
    (
        Role.OTHER,
        r"备注|说明|第?[一二三四]季度|[上下]半年|\d{1,2}月份?|[省市县区州盟旗]级(?:责任|分管|包联|牵头|联系)领导|(?:分管|包联|牵头|联系)领导|(?:建设|实施|工程|项目)?(?:地点|地址|位置|所在地|区域|范围|性质|阶段|进展|进度|状态|现状)|数据来源|来源|依据|建设性质|项目性质|预期(?:成效|效果|成果|目标)|绩效目标|成效|完成情况|进展情况|计算方法|指标解释|考核要求|联系人|项目来源|前期工作.*|效益.*|减排.*|成果形式|任务来源",
    ),
)
_COMPILED = tuple((role, re.compile(f"(?:{pattern})", re.IGNORECASE)) for role, pattern in _PATTERNS)
_YEAR = re.compile(r"^(?:到|至|截至)?((?:19|20)\d{2})年?(?:底|末)?(?P<word>.*)$")
_YEAR_WORDS = re.compile(
    r"(?:的)?(?:现状|基准|基期|基数|实际|实绩|完成|目标|规划|预期|预计|计划|数|指标|约束|年|展望|远景|愿景|远期|中期|近期|预测|评估)*"
    r"(?:值|数|水平|情况|目标)?"
)
_GROWTH = re.compile(
    r"(?:.{0,6}期间|.{0,4}五|五年)?(?:年均|五年|累计|总|年度)*(?:增速|增长率?|累计|降幅|增幅|变化率?|升降|提高|下降|增减)(?:值|数|率|幅度|目标)?"
)
_GROUP_WORDS = re.compile(
    r"^(资金来源.*|资金筹措.*|投资来源.*|其中|资金构成.*|投资构成.*|分年度.*|年度(投资|目标|计划).*|目标值?|指标值|规划目标|责任分工|资金来源及.*|资金筹措方案|投资情况|投资及来源|投资)$"
)


def clean_label(text: str) -> str:
    """A header label without blanks, bracketed units and notes."""
    bare = re.sub(r"[“”\"](?=十[二三四五]五)|(?<=十[二三四五]五)[“”\"]", "", squeeze(text))
    bare = re.sub(r"(?<=[资额算金])[/]?(?:万元|亿元|元)$", "", bare)
    return re.sub(r"[（(\[【〔［].*?[）)\]】〕］]|[（(].*$", "", bare) or bare


def year_of(label: str) -> int | None:
    """The year of a column of values, e.g. 2020年现状值 or 目标值(2025); None when the label says something else as well."""
    m = _YEAR.match(clean_label(label))
    if not m:
        inner = re.search(r"[(（[]\s*((?:19|20)\d{2})年?\s*[)）\]]", squeeze(label))
        return int(inner[1]) if inner and role_of(clean_label(label)) in VALUES else None
    word = m["word"]
    if re.match(r"[—\-~至到年]", word):
        return None
    return int(m[1]) if _YEAR_WORDS.fullmatch(word) else None


def role_of(label: str) -> Role | None:
    """The role of a header label; None when the words are not those of a column head.

    >>> role_of("总投资(亿元)"), role_of("2025年目标值"), role_of("建成一座水库")
    (<Role.INVESTMENT: 'investment'>, <Role.TARGET: 'target'>, None)
    """
    bare = re.sub(r"[“”\"](?=十[二三四五]五)|(?<=十[二三四五]五)[“”\"]", "", squeeze(label))
    if not bare or len(bare) > 24 or re.search(r"[。;！!？?“”《》]", bare):
        return None
    clean = clean_label(bare)
    if (m := _YEAR.match(clean)) and year_of(bare) is not None:
        word = m["word"]
        if re.search(r"现状|基准|基期|基数|实际|实绩|完成", word):
            return Role.BASE
        if re.search(r"目标|规划|预期|计划", word) and "投资" not in word:
            return Role.TARGET
        return Role.YEAR_VALUE
    if re.search(r"投资|资金", clean) and re.search(
        r"年(度|计划)|\d{4}年|十[二三四五]五|已完成|累计完成|已投|剩余", clean
    ):
        return Role.MONEY_OTHER
    if re.search(r"专项债|债券", clean) and len(clean) <= 10:
        return Role.MONEY_OTHER
    if re.search(r"市[、和及]?区(?:两级)?(?:财政|资金|投资|配套)", clean):
        return Role.MONEY_OTHER  # two purses in one column
    if _GROWTH.fullmatch(clean):
        return Role.OTHER
    for role, pattern in _COMPILED:
        if role is Role.DISTRICT and not re.search(r"财政|本级|区|县|地方|政府|旗", clean):
            continue
        if role is Role.DISTRICT and not re.search(r"资金|投资|投入|财政|本级|配套", clean):
            continue
        if role is Role.UPPER and clean in ("国家", "省", "省级", "市级", "中央", "上级"):
            return role
        if pattern.fullmatch(clean):
            return role
    return None


def group_label(label: str) -> bool:
    """Whether a label may stand over several columns, e.g. 资金来源."""
    return bool(_GROUP_WORDS.match(clean_label(label)))


def unit_in(label: str) -> tuple[str | None, Decimal | None]:
    """The unit in a label's brackets and, for money, its factor to 10⁴ CNY."""
    bare = squeeze(label)
    if m := re.search(r"[（(](?:单位[：:])?([^（）()]+)[）)]?$", bare):
        factor = money_factor(f"({m[1]})")
        if factor is not None or looks_like_unit(m[1]):
            return m[1], factor
    return None, money_factor(bare) if re.search(r"(万元|亿元)$|/元$", bare) else None
