"""What ``qihou plan read`` prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

import qihou.domains.plan.methods as methods
from qihou.cli import main
from qihou.domains.plan.methods.as_json import to_json
from qihou.domains.plan.methods.read import read_bytes

from .read_helpers import SEED, needs_seed, wide

SCHEMA = json.loads((Path(methods.__file__).parent / "register.schema.json").read_text(encoding="utf-8"))

SMALL = wide("""某县应对气候变化行动方案(2024—2026年)

表1 主要指标

| 序号 | 指标名称 | 单位 | 2023年 | 2026年 | 属性 | 责任单位 |
|---|---|---|---|---|---|---|
| 1 | 森林覆盖率 | % | 41.2 | ≥42 | 约束性 | 县林业局 |
| 2 | 单位地区生产总值能耗下降 | % | - | 完成市下达任务 | 约束性 | 县发改局 |

表2 重点项目(单位:亿元)

| 序号 | 项目名称 | 建设内容 | 建设年限 | 总投资 | 省级资金 | 县级资金 | 自筹 | 责任单位 |
| 1 | 清河治理 | 治理河道12公里 | 2024.03-2025 | 1.25 | 1 | 0.25 | | 县水利局 |
| 2 | 园区光伏 | 装机20兆瓦 | 2026年底前 | 0.9 | | | 0.9 | 县发改局等 |
| | 合计 | | | 2.15 | 1 | 0.25 | 0.9 | |

表3 任务分工

| 序号 | 领域 | 重点任务 | 牵头单位 | 配合单位 | 完成时限 |
| 1 | 减缓 | 推进园区光伏建设。 | 县发改局 | 县财政局、各镇人民政府等 | 2026年6月 |
| 2 | | 修订节能目录。 | 县发改局 | | 长期 |
""")


@pytest.fixture(scope="module")
def printed() -> dict:
    return json.loads(json.dumps(to_json(read_bytes(SMALL.encode(), "plan.md"))))


def test_it_keeps_to_its_schema(printed):
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(printed, SCHEMA)


def test_values_of_every_kind(printed):
    first, second = printed["indicators"]
    assert (first["base"], first["target"], first["sense"], first["base_year"]) == (41.2, 42, "at_least", 2023)
    assert (second["base"], second["target"], second["target_state"]) == (None, None, "assigned")
    river, sun = printed["projects"]
    # 1.25 亿元 = 12500 万元
    assert river["investment"] == 12500
    assert river["funding"] == {"upper_level": 10000, "district_budget": 2500, "private": None}
    assert river["as_printed"]["investment"] == "1.25"
    assert (river["start"], river["start_month"], river["end"], river["end_month"]) == (2024, 3, 2025, None)
    assert (sun["start"], sun["end"]) == (None, 2026)
    assert printed["totals"]["investment"] == 21500
    one, two = printed["tasks"]
    assert one["supporting"] == ["县财政局", "各镇人民政府"]
    assert (one["supporting_open"], one["deadline"]) == (True, "2026-06")
    assert (two["chapter"], two["how"]["chapter"], two["deadline"]) == ("减缓", "carried", None)
    assert printed["period"] == {"first_year": 2024, "last_year": 2026}


def test_lines_point_at_what_is_printed(printed):
    lines = SMALL.split("\n")
    for kind in ("indicators", "projects", "tasks"):
        for row in printed[kind]:
            for name, text in row["as_printed"].items():
                assert text in lines[row["lines"][name] - 1], (kind, name)


def test_undecided_is_a_word():
    text = "某县气候规划\n序号\n指标\n2020年\n2025年\n属性\n1\n湿地面积(万亩)\n12\n约束性\n2\n林地面积(万亩)\n30\n31\n约束性\n"
    row = to_json(read_bytes(text.encode(), "p.txt"))["indicators"][0]
    assert (row["base"], row["target"], row["target_state"]) == ("undetermined", "undetermined", "undetermined")


def test_a_sentence_of_the_document_may_decide():
    text = (
        "某县气候规划\n到2025年\uff0c全县湿地面积达到12万亩。\n序号\n指标\n2020年\n2025年\n属性\n"
        "1\n湿地面积(万亩)\n12\n约束性\n2\n林地面积(万亩)\n30\n31\n约束性\n"
    )
    row = to_json(read_bytes(text.encode(), "p.txt"))["indicators"][0]
    assert (row["base"], row["target"]) == (None, 12)
    assert row["how"]["target"] == "aligned"
    assert row["confidence"]["target"] < 1
    assert row["reasons"]["target"] == {"code": "stated_in_text", "params": {"line": 2}}


@needs_seed
def test_the_real_plan_keeps_to_the_schema():
    printed = json.loads(json.dumps(to_json(read_bytes(SEED.read_bytes(), SEED.name))))
    jsonschema.validate(printed, SCHEMA)
    assert [len(printed[k]) for k in ("indicators", "projects", "tasks")] == [12, 45, 140]


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["plan", "read", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_command_prints_json(tmp_path):
    file = tmp_path / "plan.md"
    file.write_text(SMALL, encoding="utf-8")
    code, out, err = run(str(file), "--json")
    assert (code, err) == (0, "")
    jsonschema.validate(json.loads(out), SCHEMA)


def test_command_prints_a_summary(tmp_path):
    file = tmp_path / "plan.md"
    file.write_text(SMALL, encoding="utf-8")
    code, out, _ = run(str(file))
    assert code == 0
    assert "指标 2 · 项目 2 · 任务 2" in out


def test_absence_is_stated_and_is_no_failure(tmp_path):
    file = tmp_path / "news.txt"
    file.write_text("今天的新闻。", encoding="utf-8")
    code, out, _ = run(str(file), "--json")
    assert code == 0
    assert json.loads(out)["lacks"] == ["indicators", "projects", "tasks", "tables"]


def test_no_text_ends_with_two_and_one_sentence(tmp_path):
    file = tmp_path / "empty.txt"
    file.write_bytes(b"")
    code, out, err = run(str(file), "--json")
    assert (code, out) == (2, "")
    assert len(err.strip().split("\n")) == 1
    assert "line 1" in err


def test_reading_meets_neither_django_nor_a_database(tmp_path):
    file = tmp_path / "plan.md"
    file.write_text(SMALL, encoding="utf-8")
    script = (
        "import sys\n"
        "class Blocked:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.split('.')[0] in ('django', 'sqlite3', 'psycopg'):\n"
        "            raise AssertionError('imports ' + name)\n"
        "sys.meta_path.insert(0, Blocked())\n"
        "from qihou.domains.plan.methods.read import read_path\n"
        f"assert len(read_path({str(file)!r}).projects) == 2\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_money_without_a_field_stays_as_printed():
    """The register has no place for money per year; nothing of it is added up or moved."""
    plan = """某县低碳行动方案（2023—2025年）

| 序号 | 项目名称 | 建设内容 | 总投资（万元） | 2023年投资 | 2024年投资 | 资金来源 | 牵头单位 |
| 1 | 光伏电站 | 装机8兆瓦 | 4800 | 1,800 | 3000 | 企业自筹 | 县发改局 |
| 2 | 泵站改造 | 更新水泵6台 | 900 | | 900 | 县财政 | 县水利局 |
"""
    out = json.loads(json.dumps(to_json(read_bytes(plan.encode(), "plan.md"))))
    jsonschema.validate(out, SCHEMA)
    sun, pumps = out["projects"]
    assert sun["investment"] == 4800
    assert sun["funding"] == {"upper_level": None, "district_budget": None, "private": None}
    assert {k: sun["as_printed"][k] for k in ("2023年投资", "2024年投资", "资金来源")} == {
        "2023年投资": "1,800",
        "2024年投资": "3000",
        "资金来源": "企业自筹",
    }
    assert "2023年投资" not in pumps["as_printed"]
    assert sun["cell_lines"]["2023年投资"] == [4]
