"""Where a sum or a state is shown: beside it stands what it lacks, and nothing missing reads as zero."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO
from unittest.mock import patch

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from qihou.domains.plan.api import exports, progress, queries, values
from qihou.domains.plan.methods.register import Cell, Funding, Totals
from qihou.domains.plan.pages.reading import why

from .api_world import TODAY, item, make_world, register, take_in
from .test_api_standing import NOW, accepted, in_force, submitted

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def version(world):
    return in_force(world, take_in(world))


def page(world, path, who="lead"):
    client = Client()
    client.force_login(world.people[who], backend=BACKEND)
    answer = client.get(path if path.startswith("/") else f"/d/{world.district.code}/{path}")
    assert answer.status_code == 200
    return re.sub(r"<[^>]+>", " ", answer.content.decode())


def without_projects():
    made = register()
    made.projects, made.totals = [], Totals()
    return made


def test_a_total_that_is_quoted_says_what_it_leaves_out(world, version):
    found = why.explain_total(world.actor("auditor"), world.district, f"{version.uid}.upper_level")
    assert found.value == "600.00"
    assert "2 个项目中计入 1 个；1 个待定，没有计入" in found.reference
    assert any("1 个待定，没有计入" in str(s.note) for s in found.steps)


def test_a_total_over_nothing_is_no_number(world, version):
    found = why.explain_total(world.actor("auditor"), world.district, f"{version.uid}.private")
    assert str(found.value.label) == "文件未载"
    assert found.unit == ""
    assert "0.00" not in found.reference


def test_a_reported_zero_is_shown_as_zero(world, version):
    row = item(version, "indicator", 1)
    values.save_value(world.actor("forestry"), world.district, row.uid, 2022, value=Decimal(0), today=TODAY)
    found = why.explain_state(world.actor("forestry"), world.district, str(row.uid))
    assert [s.value for s in found.steps if s.title == "2022年的数值"] == ["0"]


def test_the_documents_total_row_is_linked(world):
    made = register()
    made.totals = Totals(investment=Decimal("1300.50"), cells={"investment": Cell("1300.50", (7,))})
    version = take_in(world, made)
    found = why.explain_total(world.actor("auditor"), world.district, f"{version.uid}.investment")
    assert next(s.url for s in found.steps if s.title == "合计行").endswith("#L7")
    shown = queries.overview(world.actor("auditor"), world.district, version.uid, today=TODAY).version
    assert why.claimed_lines(shown, "investment") == (7,)


def test_a_plan_without_projects_has_no_investment_of_zero(world):
    in_force(world, take_in(world, without_projects()))
    for path in ("", "wall"):
        assert "0.00" not in page(world, path), path


def test_the_cockpit_and_the_wall_say_what_the_sums_lack(world):
    made = register()
    made.projects[1].investment = None
    version = in_force(world, take_in(world, made))
    submitted(world, item(version, "project", 1), "ecology", paid_upper_level=Decimal(150))
    for path in ("", "wall"):
        words = page(world, path)
        assert "2 个项目中计入 1 个；1 个文件未载，没有计入" in words, path
        assert "1 个项目的支付数已报送、待接收，没有计入" in words, path
        assert "150.00" not in words, path


def test_the_annex_of_a_plan_without_funding_columns_prints_no_zeros(world):
    made = register()
    for row in made.projects:
        row.funding = Funding(None, None, None)
    made.projects[1].investment = None
    version = take_in(world, made)
    content = exports.register_docx(world.actor("auditor"), world.district, version.uid, today=TODAY)
    document = Document(BytesIO(content))
    total = [cell.text for cell in document.tables[1].rows[-1].cells]
    assert total[5:9] == ["1,000.00", "—", "—", "—"]
    words = "\n".join(p.text for p in document.paragraphs)
    assert "总投资：2 个项目中计入 1 个；1 个文件未载，没有计入。" in words


def test_the_public_page_does_not_call_missing_what_was_handed_in(world, version):
    submitted(world, item(version, "project", 2), "forestry")
    client = Client()
    with patch("django.utils.timezone.now", return_value=NOW):
        answer = client.get(reverse("plan_public:progress", kwargs={"district_code": world.district.code}))
    assert answer.status_code == 200
    row = next(r for r in re.findall(r"<tr.*?</tr>", answer.content.decode(), re.S) if "造林" in r)
    assert "待接收" in row
    assert "未报送" not in row


def test_what_was_paid_is_on_the_projects_page_once_it_is_accepted(world, version):
    row = item(version, "project", 1)
    here = reverse("plan:item", kwargs={"district_code": world.district.code, "uid": row.uid})
    report = submitted(world, row, "ecology", paid_upper_level=Decimal(150))
    assert "150.00" not in page(world, here).split("逐栏")[0]
    progress.accept_report(world.actor("lead2"), world.district, report.uid, now=NOW)
    accepted(world, row, "ecology", "2022Q4", percent=Decimal(40))
    shown = page(world, here).split("逐栏")[0]
    assert "150.00" in shown
    assert "部分资金来源沿用此前一季" in shown


def test_projects_that_stand_in_no_year_are_counted_under_the_chart(world):
    made = register()
    made.projects[0].end = None
    in_force(world, take_in(world, made))
    assert "1 个项目没有印出金额或年份，不在图中；其中印出的投资 1,000.00 万元。" in page(world, "")
