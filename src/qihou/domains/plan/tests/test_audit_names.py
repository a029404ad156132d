"""Names, numbering, body against annex, and damage from copying."""

import pytest

from .audit_plans import Plan


def test_titles_of_one_document():
    plan = Plan()
    plan.say("严格执行《某市碳排放权交易管理暂行办法》。")
    plan.say("落实《某市碳排放权交易管理办法(实行)》。")
    plan.say("编制《某区海绵城市专项规划》《某区海绵城市建设规划》。")
    found = plan.findings("title_varies")
    assert len(found) == 1
    assert "暂行" in found[0].params["titles"][0]


def test_titles_of_two_periods_are_two_documents():
    plan = Plan()
    plan.say("依据《某区“十三五”节能工作规划》。")
    plan.say("依据《某区“十四五”节能工作规划》。")
    assert not plan.findings("title_varies")


def test_coined_term_with_one_character_changed():
    plan = Plan()
    plan.say("推广“绿惠通”平台。")
    plan.say("落实“绿汇通”机制。")
    plan.say("“限塑令”升级为“禁塑令”。")
    plan.say("“十三五”以来。")
    plan.say("“十四五”期间。")
    assert [f.params["terms"] for f in plan.findings("term_varies")] == [["绿惠通", "绿汇通"]]


def test_organisations_cut_and_abbreviated():
    plan = Plan()
    plan.task(1, "完成渠道清淤整治。", leads=("区发展改革委",), supporting=("区发展改革",))
    plan.task(2, "完成堤防除险加固。", leads=("区文化旅游委",), supporting=("区文旅委",))
    plan.task(3, "完成泵站更新改造。", leads=("区林业局",), supporting=("区水利局",))
    assert plan.findings("organisation_cut")[0].params["whole"] == "区发展改革委"
    assert [f.params["names"] for f in plan.findings("organisation_name_varies")] == [["区文旅委", "区文化旅游委"]]


def test_district_in_a_district():
    plan = Plan()
    plan.say("依据《重山区清河区突发事件预案》。")
    plan.say("重山市清河区人民政府。")
    assert plan.findings("place_name_slip")[0].params["right"] == "重山市清河区"


def test_categories():
    plan = Plan()
    for no, category in enumerate(("控制温室气体排放", "温室气体排放控制", "适应气候变化"), 1):
        plan.project(no, f"新建第{no}座泵站").category = category
    assert len(plan.findings("category_varies")) == 1


def test_categories_a_sentence_lists():
    plan = Plan()
    plan.say("指标包括综合控制指标、结构指标。")
    plan.indicator(1, "再生水利用率", 24, 32, category="综合指标")
    plan.indicator(2, "绿地率", 30, 41, category="结构指标")
    assert [f.params["names"] for f in plan.findings("category_varies")] == [["综合控制指标", "综合指标"]]


def test_headings_of_the_annex():
    plan = Plan()
    titles = ["加快工业绿色转型", "构建低碳交通体系", "提升林业碳汇能力", "完善预警发布体系", "推进试点示范工程建设"]
    for title in titles:
        plan.heading(title, 2)
    plan.heading("建设节水型社会", 2)
    for no, title in enumerate([*titles, "推进节水型社会建设"], 1):
        plan.task(no, f"完成第{no}批任务并开展评估。", key_task=title)
    assert [(f.params["body"], f.params["annex"]) for f in plan.findings("heading_varies")] == [
        ("建设节水型社会", "推进节水型社会建设")
    ]


def test_doubled_words():
    plan = Plan()
    plan.say("落实落实各项政策,落实责任,落实资金,落实措施。")
    plan.say("认认真真抓好各项工作,环环相扣。")
    assert [f.params["printed"] for f in plan.findings("word_doubled")] == ["落实落实"]


def test_doubled_character_in_a_term():
    plan = Plan()
    plan.say("以碳排排放达峰为引领。")
    for _ in range(10):
        plan.say("控制碳排放总量。")
    assert plan.findings("word_doubled")[0].params["word"] == "碳排放"


def test_slips():
    plan = Plan()
    plan.say("截止2020年,全区建成泵站3座。")
    plan.say("意见反馈截止时间为下月。")
    assert [f.lines for f in plan.findings("word_slip")] == [(1,)]


def test_heading_numbers():
    plan = Plan()
    for title in ("第一章 总则", "(一)目标", "(二)任务", "(二)措施", "第二章 保障", "(一)组织", "第四章 附则"):
        plan.heading(title, 1 if title.startswith("第") else 2)
    assert [f.params["title"] for f in plan.findings("number_repeated")] == ["措施"]
    assert [f.params["title"] for f in plan.findings("number_out_of_order")] == ["附则"]


def test_contents_page():
    plan = Plan()
    for line in ("目 录", "第一章 总体要求 1", "第二章 重点工作 3", "第二章 保障措施 5", "第四章 远景展望 9"):
        plan.say(line)
    plan.say("本规划依据有关要求编制,用于指导全区今后五年的工作,全文共三章,由区政府组织实施并负责解释。")
    for title in ("第一章 总体要求", "第二章 重点任务", "第三章 保障措施"):
        plan.heading(title)
    kinds = plan.kinds()
    assert {"contents_number_differs", "contents_title_differs", "contents_title_missing"} <= kinds


def test_captions():
    plan = Plan()
    for text in ("表2-1 主要指标", "表2-2 重点项目", "表2-2 重点任务", "表2-5 责任分工"):
        plan.say(text)
    assert plan.findings("caption_repeated")
    assert plan.findings("caption_skipped")


def test_enumeration_that_begins_with_two():
    plan = Plan()
    plan.project(1, "完善收集点和转运车,2.建成分类村20个。")
    plan.project(2, "1.完善收集点;2.建成分类村20个。")
    assert [f.lines for f in plan.findings("enumeration_starts_late")] == [(1,)]


BODY = (
    "推广测土配方施肥和水肥一体化技术,减少化肥施用。",
    "实施病险水库除险加固,提升辖区防洪能力。",
    "充分结合产业结构、能源消费总量和重大项目的实际,实施总量控制。",
    "加强森林防灭火基础设施和应急救援队伍建设。",
    "开展重点行业能效领跑者遴选工作,推动节能改造。",
    "建成全区气象预警信息发布系统,覆盖到村到户。",
)


def annex(plan: Plan, *texts: str) -> Plan:
    plan.heading("第三章 重点任务")
    plan.say("".join(BODY))
    for no, text in enumerate(texts, 1):
        plan.task(no, text)
    return plan


def test_annex_that_changes_a_word():
    texts = [t.replace("实际", "隐私") for t in BODY]
    found = annex(Plan(), *texts).findings("body_and_annex_differ")
    assert [f.params["changes"] for f in found] == [[{"body": "实际", "annex": "隐私"}]]


def test_annex_that_adds_a_number_is_an_error():
    texts = [t.replace("减少化肥施用", "减少化肥施用,用量降低5%") for t in BODY]
    found = annex(Plan(), *texts).findings("body_and_annex_differ")[0]
    assert found.severity == "error"


def test_annex_that_repeats_the_body_but_for_blanks():
    texts = [t.replace("防洪能力", "防洪 能力") for t in BODY]
    assert not annex(Plan(), *texts).findings("body_and_annex_differ")


def test_sentence_the_annex_leaves_out():
    found = annex(Plan(), *BODY[:5]).findings("commitment_without_task")
    assert [f.params["sentence"] for f in found] == [BODY[5].rstrip("。")]


def test_tasks_taken_out_of_the_body_are_not_held_against_it():
    plan = annex(Plan(), *BODY[:5])
    for row in plan.register.tasks:
        row.cells["text"].lines = (2,)
    assert not {"commitment_without_task", "chapter_without_task"} & plan.kinds()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("意见反馈截止时间为20211225日。", "date_marks_lost"),
        ("20219月,召开会议。", "date_marks_lost"),
        ("印发通知(某府发〔202112号)。", "document_number_damaged"),
        ("新建管网12km2。", "superscript_lost"),
        ("处理规模1200/天。", "unit_lost"),
        ("总建筑面积1000以上的新建建筑。", "unit_lost"),
        ("十三五”期间,全区经济平稳。", "quotes_unbalanced"),
        ("森林覆盖率(%", "brackets_unbalanced"),
    ],
)
def test_damage(text, kind):
    plan = Plan()
    plan.say(text)
    found = plan.findings(kind)
    assert len(found) == 1
    assert found[0].severity == "note"


def test_no_damage():
    plan = Plan()
    plan.say("2021年12月25日前,按照“十四五”要求(某府发〔2021〕12号),处理规模1200吨/天,面积1000平方米以上。")
    plan.say("1)第一项;(2)第二项。")
    damaged = {"date_marks_lost", "document_number_damaged", "superscript_lost", "unit_lost", "quotes_unbalanced", "brackets_unbalanced"}  # fmt: skip
    assert not damaged & plan.kinds()


def test_caption_without_its_word():
    plan = Plan()
    plan.say("2-1某某指标体系表")
    plan.indicator(1, "再生水利用率", 24, 32)
    assert plan.findings("caption_word_lost")


def test_a_pair_broken_over_lines_is_a_pair():
    plan = Plan()
    plan.say("推进“碳达峰、")
    plan.say("碳中和”工作(由区")
    plan.say("发展改革委牵头)。")
    assert not {"quotes_unbalanced", "brackets_unbalanced"} & plan.kinds()


def test_branch_offices_are_bodies_of_their_own():
    plan = Plan()
    plan.task(1, "完成渠道清淤整治。", leads=("市生态环境局",), supporting=("市生态环境局清河分局",))
    assert not plan.findings("organisation_name_varies")


def test_spatial_patterns_are_not_one_term():
    plan = Plan()
    plan.say("构建“一心两带”格局。")
    plan.say("打造“一轴两带”布局。")
    assert not plan.findings("term_varies")


def test_an_annex_that_rewords_everything_is_held_to_its_numbers_only():
    texts = [
        t.replace("实施", "开展").replace("推广", "应用").replace("加强", "强化").replace("建成", "建设")
        for t in BODY[:5]
    ]
    plan = annex(Plan(), *texts, BODY[5].replace("覆盖到村到户", "覆盖300个村"))
    assert {f.params["task"] for f in plan.findings("body_and_annex_differ")} <= {"6"}
