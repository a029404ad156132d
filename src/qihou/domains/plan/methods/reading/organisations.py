"""Lists of organisations, recognised by their form and never by a fixed list of names."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUFFIX = re.compile(
    r"(局|委|办|办公室|[处科股]室|(?<![本专学])科|股|部|院|公司|镇|镇街|街镇|街道|街道办|乡|乡镇|苏木|政府|中心|集团|银行|支队|大队|总队|站|所|处|厅|会|妇联|残联|文联|社科联|工商联|侨联|联社"
    r"|团委|团[区县市省]委|总工会|工会|企业|单位|部门|场|学校|学院|大学|高校|台|馆|署|分行|支行|园区|开发区|高新区|经开区|示范区|新区|新城"
    r"|供电|电网|燃气|水务|法院|电力|社区|村|科协|机构|协会|学会|主管|业主|办事处|指挥部|专班|领导小组|公安|消防|气象|电信|移动|联通|铁塔|县|区|市|盟|旗|州|电厂|水厂|矿|组)"
    r"([（(][^（）()]*[）)])?$"
)
# the end of a name broken over lines, never a name of its own
_NO_NAME = re.compile(r"办公室|委员会|有限公司|人民政府|办事处|领导小组|指挥部|服务中心|管理中心|管理局|监管局|改革局")
_PREFIX = re.compile(
    r"^(各|区|县|市|州|省|旗|盟|国网|团|驻|相关|有关|其他|全区|全县|全市|属地|国家|中国|中共|自治区|市级|省级|高新区|经开区|开发区|园区)"
)
_REST = re.compile(
    r"(?:(?:城乡)?建设|(?:监督)?管理|规划|信息化|保障|旅游|改革|环境|事务|农村)(?:管理)?(?:局|厅|委|委员会|服务中心|中心)"
)
_VERB = re.compile(
    r"^(推进|推动|加强|加快|建设|建立|实施|开展|完善|提升|强化|优化|发展|构建|健全|促进|提高|深化|落实|打造|鼓励|支持|组织|编制|制定|研究|探索|积极"
    r"|大力|全面|严格|严守|倡导|控制|增加|做好|做强|创建|抑制|践行|着力|持续|增强|培育|引导|扩大|深入|严禁|新建|改造|改建|扩建|淘汰|完成)"
)
_OPEN_TAIL = re.compile(r"等(?:\d+个)?(?:相关|有关|市级|区级|县级|责任)*(?:部门|单位|企业|机构|成员单位)*$")
_DUTY_TAIL = re.compile(
    r"[，,]?(?:等)?(?:按照|按|依据)?(?:各自)?职责(?:分工)?(?:范围)?(?:内)?(?:分别)?(?:负责|落实|推进|做好.{0,8})*$|(?:共同|分别|负责|牵头负责)+$"
)
_LABEL = re.compile(
    r"^(?:责任|牵头|配合|实施|主管|参与|协同|协办|建设|主办|承办)(?:单位|部门|主体)?(?:[（(].{0,6}[）)])?(?:为)?\s*[：:]\s*"
)


@dataclass(frozen=True)
class OrganisationList:
    names: list[str]
    open: bool = False


def split_organisations(text: str) -> OrganisationList:
    """Names in order, without doubles; ``open`` when the list ends in 等.

    >>> split_organisations("区教委、区财政局等")
    OrganisationList(names=['区教委', '区财政局'], open=True)
    """
    bare = _LABEL.sub("", re.sub(r"[\u200b\ufeff]", "", text).strip())
    bare = re.sub(r"[。；;.．]+$", "", bare.strip())
    bare = _DUTY_TAIL.sub("", bare)
    is_open = False
    if m := _OPEN_TAIL.search(bare):
        is_open = True
        bare = bare[: m.start()]
    if _is_one_phrase(bare):
        return OrganisationList([re.sub(r"\s+", "", bare)], is_open)
    names: list[str] = []
    for part in _split_outside_brackets(bare):
        for name in _split_and(part):
            clean = re.sub(r"\s+", "", name).strip("、，,；;。")
            if clean.endswith("等") and len(clean) > 2:
                clean, is_open = clean[:-1], True
            if clean and clean not in names and not re.fullmatch(r"[-—/\\―–]+|无", clean):
                names.append(clean)
    return OrganisationList(names, is_open)


def _is_one_phrase(text: str) -> bool:
    """各电力、水务、燃气公司: kinds of one thing, not names of several."""
    parts = [p.strip() for p in text.split("、")]
    if len(parts) < 2 or "各" not in parts[0] or parts[-1].startswith("各") or not _SUFFIX.search(parts[-1]):
        return False
    return all(len(p) <= 4 and not re.search(r"[局委办厅院镇乡]$", p) for p in parts[1:-1]) and not re.search(
        r"(局|委|办|处|厅|院|镇|镇街|街道|部门|单位|公司|企业|机构|政府|管委会|园区|社区|[县区市乡村旗州])$", parts[0]
    )


def _split_outside_brackets(text: str) -> list[str]:
    parts, depth, current = [], 0, ""
    for i, char in enumerate(text):
        if char in "（(":
            depth += 1
        elif char in "）)":
            depth = max(0, depth - 1)
        blank = char in " \t\u3000\n\xa0" and _is_boundary(text, i)
        if depth == 0 and (char in "、，,；;" or blank):
            parts.append(current)
            current = ""
        else:
            current += char
    return [p for p in [*parts, current] if p.strip()]


def _is_boundary(text: str, i: int) -> bool:
    """A blank divides two names only when what stands before it looks like a whole name."""
    before = re.split(r"[、，,；;\s]", text[:i].rstrip())[-1]
    after = re.split(r"[、，,；;\s]", text[i:].lstrip())[0]
    if re.search(r"城乡$|[和与及]$", before) or _REST.fullmatch(after):
        return False  # 市住房和城乡 / 建设局: one name broken over lines
    return bool(_SUFFIX.search(before)) and len(before) >= 3 and len(after) >= 3


def _split_and(part: str) -> list[str]:
    for m in re.finditer(r"和|及|与|以及", part):
        left, right = part[: m.start()], part[m.end() :]
        if len(left) >= 3 and _SUFFIX.search(left) and _PREFIX.match(right.strip()) and _SUFFIX.search(right.strip()):
            return [left, *_split_and(right)]
    return [part]


_MARKED_LEAD = re.compile(r"[（(](?:牵头(?:单位|部门|负责)?|主责|主办)[）)]$")


def marked_leads(listed: OrganisationList) -> tuple[OrganisationList, OrganisationList] | None:
    """区发改局（牵头）、区住建局: the marked names lead, the others support; None when no name is marked."""
    leads = [_MARKED_LEAD.sub("", n) for n in listed.names if _MARKED_LEAD.search(n)]
    if not leads:
        return None
    rest = [n for n in listed.names if not _MARKED_LEAD.search(n)]
    return OrganisationList(leads), OrganisationList(rest, listed.open)


_ROLE_VERB = re.compile(r"(?<=[局委办厅院会府街镇乡司心])(?:牵头(?:负责)?|配合|参与|协同)(?=[；;，,、。\s]|$)")


def organisation_score(text: str) -> float:
    """How much a cell looks like a list of organisations: 0 (not at all) to 1."""
    bare = text.strip()
    if not bare or len(bare) > 300 or re.search(r"[。！!？?%]|[；;].+[，,]", re.sub(r"。$", "", bare)):
        return 0.0
    listed = split_organisations(_ROLE_VERB.sub("", bare))
    if not listed.names:
        return 0.0
    total = 0.0
    for name in listed.names:
        if len(name) > 26 or re.search(r"\d{2,}|[“”《》:：]", name):
            continue
        if _VERB.match(name) and not re.search(r"(局|委|办公室|中心|公司|集团|厅|部门|指挥部|领导小组)$", name):
            continue
        if _SUFFIX.search(name):
            total += 1.0 if len(name) >= 3 and not _NO_NAME.fullmatch(name) else 0.3
        elif _PREFIX.match(name) and 3 <= len(name) <= 12:
            total += 0.6
    return total / len(listed.names)
