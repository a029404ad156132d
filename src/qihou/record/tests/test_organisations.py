"""Names in documents: found where they are certain, left alone where they are not."""

from __future__ import annotations

from pathlib import Path

import pytest

from qihou.record.api import districts, organisations
from qihou.record.api.access import Actor, NotPermitted
from qihou.record.models import Alias, AuditEvent, Organisation

SYSTEM = Actor.system("test")
TONGLIANG = Path(__file__).parents[4] / "districts" / "tongliang"


@pytest.fixture
def tongliang(db):
    return districts.load_district(SYSTEM, TONGLIANG)


#                       as printed                              code                   how it is found
NAMES = [
    ("区住房城乡建委", "housing-construction", "name"),
    ("区住房和城乡建设委员会", "housing-construction", "rule"),
    ("重庆市铜梁区住房和城乡建设委员会", "housing-construction", "full_name"),
    ("铜梁区住房和城乡建设委员会", "housing-construction", "rule"),
    ("住房城乡建设委", "housing-construction", "rule"),
    ("区住建委", "housing-construction", "alias"),
    ("区发展改革委", "dev-reform", "name"),
    ("区发改委", "dev-reform", "alias"),
    ("区发展和改革委员会", "dev-reform", "rule"),
    ("发改委", "dev-reform", "rule"),
    ("区经济信息委", "economy-information", "name"),
    ("区经济和信息化委员会", "economy-information", "rule"),
    ("区生态环境局", "ecology", "name"),
    ("铜梁区生态环境局", "ecology", "rule"),
    ("区 生态 环境局", "ecology", "name"),
    ("区生态环境局、", "ecology", "name"),
    ("高新区管委会", "hi-tech-zone", "name"),
    ("区高新区管委会", "hi-tech-zone", "alias"),
    ("区规资局", "planning-resources", "alias"),
    ("区规划和自然资源局", "planning-resources", "rule"),
    ("区卫健委", "health", "alias"),
    ("区卫生健康委员会", "health", "rule"),
    ("区政府办", "government-office", "alias"),
    ("土桥镇", "town-500151101", "name"),
    ("土桥镇人民政府", "town-500151101", "full_name"),
    ("土桥镇政府", "town-500151101", "rule"),
    ("南城街道", "town-500151003", "name"),
    ("南城街道办", "town-500151003", "rule"),
    ("南城街道办事处", "town-500151003", "full_name"),
    ("各镇（街道）", "all-towns", "alias"),
    ("各镇(街道)", "all-towns", "alias"),
    ("各部门", "all-departments", "alias"),
]


def test_printed_names_are_found(tongliang):
    matcher = organisations.matcher(tongliang)
    found = [
        (printed, m.organisation.code, m.how) if (m := matcher.explain(printed)) else printed for printed, *_ in NAMES
    ]
    assert found == NAMES


@pytest.mark.parametrize(
    "printed",
    [
        "市生态环境局",  # the municipality's bureau is another body
        "重庆市生态环境局",
        "市发改委",
        "璧山区水利局",  # another district's
        "县水利局",
        "水利",
        "区水利局等",  # trimming a list is the reader's work
        "区水厅",
        "区",
        "",
        "委",
        "各企业",
        "区生态环境局区水利局",
    ],
)
def test_what_is_not_certain_is_not_guessed(tongliang, printed):
    assert organisations.matcher(tongliang).match(printed) is None


def test_every_organisation_is_found_by_all_its_own_names(tongliang):
    matcher = organisations.matcher(tongliang)
    for organisation in organisations.list_organisations(tongliang):
        names = [organisation.name, organisation.full_name, *(a.name for a in organisation.aliases.all())]
        for name in filter(None, names):
            assert matcher.match(name) == organisation, name


def test_no_two_organisations_share_a_normal_form(tongliang):
    matcher = organisations.matcher(tongliang)
    assert [form for form, organisation in matcher._normal.items() if organisation is None] == []


def test_a_matcher_costs_two_queries(tongliang, django_assert_num_queries):
    with django_assert_num_queries(2):
        matcher = organisations.matcher(tongliang)
        for printed, *_ in NAMES:
            matcher.match(printed)


def test_a_form_that_two_share_means_neither(district):
    Organisation.objects.create(district=district, code="a", name="区建设委员会")
    Organisation.objects.create(district=district, code="b", name="区建委办公室", full_name="区建委")
    matcher = organisations.matcher(district)
    assert matcher.match("区建设委员会").code == "a"
    assert matcher.match("铜梁区建设委") is None


def test_a_county_and_a_county_level_city_have_their_own_prefix(db):
    from .builders import make_district

    county = make_district("500230", "丰都县")
    Organisation.objects.create(district=county, code="water", name="县水利局")
    matcher = organisations.matcher(county)
    assert [bool(matcher.match(n)) for n in ("丰都县水利局", "重庆市丰都县水利局", "水利局", "区水利局", "市水利局")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_an_alias_is_learnt_once(lead, water):
    first = organisations.add_alias(lead, water, " 区水 务局 ", "旧名")
    assert organisations.add_alias(lead, water, "区水务局").pk == first.pk
    assert organisations.matcher(water.district).explain("区水务局").how == "alias"
    assert AuditEvent.objects.get(act="organisation.alias").detail == {"alias": "区水务局"}


def test_a_name_cannot_mean_two(lead, water, bureau):
    organisations.add_alias(lead, water, "区水务局")
    for name in ("区水务局", "区水利局", "铜梁区水利局"):
        with pytest.raises(organisations.UnableToNameOrganisation, match="already means 区水利局"):
            organisations.add_alias(lead, bureau, name)
    with pytest.raises(organisations.UnableToNameOrganisation, match="already means"):
        organisations.create_organisation(lead, water.district, code="new", name="重庆市铜梁区水利局")
    with pytest.raises(organisations.UnableToNameOrganisation, match="code"):
        organisations.create_organisation(lead, water.district, code="water", name="区水文站")
    with pytest.raises(organisations.UnableToNameOrganisation, match="needs a name"):
        organisations.add_alias(lead, water, "  ")
    assert Alias.objects.count() == 1


def test_who_may_name(officer, auditor, water):
    for actor in (officer, auditor, Actor.public()):
        with pytest.raises(NotPermitted):
            organisations.add_alias(actor, water, "区水务局")
        with pytest.raises(NotPermitted):
            organisations.create_organisation(actor, water.district, code="x", name="区某局")


def test_a_new_organisation_is_logged(lead, district):
    made = organisations.create_organisation(lead, district, code="x", name="区供销社", full_name="区供销合作社")
    assert AuditEvent.objects.get(act="organisation.create").about_uid == made.uid
