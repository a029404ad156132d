"""Who leads and who supports."""

import pytest

from qihou.domains.plan.methods.audit.duties import same_body

from .audit_plans import Plan


def test_tasks_without_a_lead():
    plan = Plan()
    plan.task(1, "完成渠道清淤整治。")
    plan.task(2, "完成堤防除险加固。", leads=())
    assert plan.findings("row_without_lead")[0].params["numbers"] == ["2"]


def test_a_table_without_any_leads_is_said_once():
    plan = Plan()
    plan.task(1, "完成渠道清淤整治。", leads=())
    plan.task(2, "完成堤防除险加固。", leads=())
    assert plan.kinds() >= {"no_leads_at_all"}
    assert not plan.findings("row_without_lead")


def test_companies_lead():
    plan = Plan()
    plan.task(1, "建设能源数据中心。", leads=("区内各电力、水务公司",))
    plan.task(2, "建设供水管网。", leads=("区水务公司", "区水利局"))
    plan.project(1, "改造变电站", leads=("区供电公司",))  # investments by firms are ordinary
    assert [f.params["no"] for f in plan.findings("lead_not_government")] == ["1"]


def test_leads_that_name_nobody():
    plan = Plan()
    plan.task(1, "完成渠道清淤整治。", leads=("有关部门",), supporting=("区政府各部门",))
    plan.task(2, "完成堤防除险加固。", leads=("各镇人民政府",))
    assert [f.params["no"] for f in plan.findings("lead_not_named")] == ["1"]
    assert plan.findings("supporting_not_named")[0].params["numbers"] == ["1"]


def test_open_lists_and_cut_lists():
    plan = Plan()
    plan.task(1, "完成渠道清淤整治。", supporting=("区财政局",), supporting_open=True)
    plan.task(2, "完成堤防除险加固。").cells["leads"].printed = "区水利局、"
    plan.task(3, "完成泵站更新改造。", supporting=("区财政局",))
    assert plan.findings("open_ended_list")[0].params["numbers"] == ["1"]
    assert plan.findings("list_ends_in_separator")[0].params["no"] == "2"


def test_many_leads():
    plan = Plan()
    plan.task(1, "统筹推进减排。", leads=("区水利局", "区林业局", "区财政局", "区教委"))
    for no in (2, 3, 4):
        plan.task(no, f"完成第{no}批整治。")
    assert plan.findings("many_leads")[0].params["numbers"] == ["1"]


def test_lead_that_also_supports():
    plan = Plan()
    plan.task(1, "完成渠道清淤整治。", leads=("区水利局",), supporting=("区水利局",))
    assert plan.findings("lead_also_supports")[0].params["names"] == ["区水利局"]


def test_one_work_two_leads():
    plan = Plan()
    plan.project(1, "实施物联网智慧排水工程,新建监测站。", leads=("区住建局",))
    plan.task(1, "实施“物联网+智慧排水”计划。", leads=("区水利局",))
    found = plan.findings("leads_differ")[0]
    assert (found.params["project_leads"], found.params["task_leads"]) == (["区住建局"], ["区水利局"])


def test_one_work_one_lead_in_other_words():
    plan = Plan()
    plan.project(1, "实施物联网智慧排水工程,新建监测站。", leads=("区住房和城乡建设委员会",))
    plan.task(1, "实施“物联网+智慧排水”计划。", leads=("区住房城乡建委", "区水利局"))
    assert not plan.findings("leads_differ")


def test_things_counted_under_two_leads():
    plan = Plan()
    plan.project(1, "建设公用充电桩2000个。", leads=("区住建局",))
    plan.task(1, "建成专属充电桩100个。", leads=("区发展改革委",))
    assert plan.findings("leads_differ")[0].params["shared"] == "充电桩"


def test_indicator_and_its_task():
    plan = Plan()
    plan.indicator(1, "再生水利用率", 24, 32, departments=["区水利局"])
    plan.indicator(2, "建成区绿地率", 30, 41, departments=["区园林局"])
    plan.task(1, "再生水利用率达到32%。", leads=("区住建局",))
    plan.task(2, "建成区绿地率达到41%。", leads=("区园林局",))
    assert [f.params["indicator"] for f in plan.findings("indicator_lead_differs")] == ["1"]


def test_one_sentence_in_two_tasks():
    plan = Plan()
    plan.task(1, "组织开展全区节水型企业创建活动。", leads=("区水利局",))
    plan.task(2, "组织开展全区节水型企业创建活动。", leads=("区经信委",))
    assert plan.findings("task_leads_differ")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("区住房城乡建委", "区住房和城乡建设委员会", True),
        ("清河区水利局", "区水利局", True),
        ("区发改委", "区发展改革委", True),
        ("区水利局", "区林业局", False),
        ("区教委", "区交通局", False),
    ],
)
def test_names_of_one_body(one, other, same):
    assert same_body(one, other) is same
