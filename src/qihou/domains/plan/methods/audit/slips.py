"""Slips that are common in official Chinese and are never right as printed. Data, extended as they are met."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Slip:
    printed: str
    meant: str
    pattern: re.Pattern[str]


def _slip(printed: str, meant: str, pattern: str | None = None) -> Slip:
    return Slip(printed, meant, re.compile(pattern or re.escape(printed)))


SLIPS = (
    _slip("截止某年", "截至某年", r"截止(?:到)?\s*(?:20\d{2}年|目前|今年|去年)"),
    _slip("(实行)", "(试行)", r"(?:办法|细则|规定|方案|规程|标准)\(实行\)"),
    _slip("向协调", "相协调", r"[展护设会]向协调"),
    _slip("抓书", "抓手", r"为抓书"),
    _slip("气侯", "气候"),
    _slip("布署", "部署"),
    _slip("必需要", "必须要"),
    _slip("帐户", "账户"),
    _slip("台帐", "台账"),
    _slip("其它", "其他", r"其它(?=部门|单位|企业|领域|行业)"),
    _slip("实用能源", "使用能源", r"(?:高效|清洁|节约|合理)实用(?=化石|能源|煤|水|资源)"),
    _slip("共作用", "作用", r"(?:主体|主导|引领|支撑|带动)共作用"),
    _slip("等等部门", "等部门"),
    _slip("以经", "已经", r"以经(?:完成|建成|开展)"),
)
