"""The libraries of factors and methods: who uses what, trying a formula, and the pages."""

from __future__ import annotations

import csv
import io
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse
from latex2mathml.converter import convert
from lxml.etree import fromstring

from qihou.domains.inventory.api import computing, libraries
from qihou.domains.inventory.methods.catalogue import METHODS
from qihou.domains.inventory.methods.listing import declared
from qihou.domains.inventory.methods.scheme.parts import Options
from qihou.domains.inventory.methods.trying import attempt
from qihou.domains.inventory.methods.usage import all_options, usage, usage_of
from qihou.domains.inventory.pages.libraries.formula import UnableToDraw, mathml
from qihou.domains.inventory.pages.libraries.links import factors_by_key
from qihou.domains.inventory.tests.inventory_world import World, fill, make_world, opened, small
from qihou.domains.inventory.tests.small import small_scheme
from qihou.facts.factors import Factor, all_factors
from qihou.figures.graph import labels

BACKEND = "django.contrib.auth.backends.ModelBackend"


def factor(quantity: str, edition: str, **named: str) -> Factor:
    return next(f for f in all_factors() if (f.quantity, f.edition, f.labels) == (quantity, edition, labels(**named)))


NCV = factor("fuel.ncv", "provincial", fuel="bituminous")


class TestUsage:
    def test_a_factor_leads_to_every_category_that_burns_the_fuel_through_the_heat(self):
        """Calorific value -> energy.heat -> energy.co2: industry and, as a memo item, aviation."""
        found = usage_of(small_scheme()).asking("fuel.ncv", labels(fuel="bituminous"))
        assert [(one.step, one.need.name, one.codes) for one in found] == [
            ("energy.heat", "ncv", ("energy.industry", "energy.aviation"))
        ]

    def test_nothing_asks_for_what_no_step_needs(self):
        assert usage_of(small_scheme()).asking("fuel.ncv", labels(fuel="moonshine")) == ()

    def test_a_derived_figure_stands_on_what_no_category_uses(self):
        found = usage(Options()).asking("context.gdp_constant", ())
        assert {code for one in found for code in one.codes} == {"indicator.co2_per_gdp", "indicator.energy_per_gdp"}

    def test_every_step_of_every_scheme_leads_somewhere(self):
        for options in all_options():
            uses = usage(options)
            for step in uses.scheme.steps:
                assert uses.codes_above([(step.key, 0)]), (options, step.key)


class TestTrying:
    def test_a_formula_is_worked_in_the_units_of_its_needs(self):
        """120,000 t of clinker x 0.538 tCO2/t = 64,560 tCO2; no carbide slag counts as nought."""
        tried = attempt(METHODS["ippu.cement"], {"clinker": "120,000", "carbide_slag": "", "factor": "0.538"})
        assert tried.result == pytest.approx(64560)
        assert tried.complete

    def test_outside_its_range_it_says_so_and_gives_nothing(self):
        tried = attempt(METHODS["ippu.cement"], {"clinker": "-5", "carbide_slag": "x", "factor": "0.9"})
        assert tried.result is None
        assert [(p.need.name, p.kind, p.bound) for p in tried.problems] == [
            ("clinker", "below", 0), ("carbide_slag", "not_a_number", None), ("factor", "above", 0.7),
        ]  # fmt: skip

    def test_what_is_not_given_is_asked_for_and_never_nought(self):
        tried = attempt(METHODS["ippu.cement"], {"factor": "0.5"})
        assert [(p.need.name, p.kind) for p in tried.problems] == [("clinker", "missing")]

    @pytest.mark.parametrize("text", ["nan", "inf", "1e999", "十", "0x10", "1 2"])
    def test_what_is_no_number_is_told(self, text):
        assert attempt(METHODS["ippu.cement"], {"clinker": text, "factor": "0.5"}).problems[0].kind == "not_a_number"

    def test_division_by_nought_gives_no_result(self):
        tried = attempt(
            METHODS["indicator.co2_per_gdp"], {n.name: "0" for n in METHODS["indicator.co2_per_gdp"].inputs}
        )
        assert tried.result is None


class TestFormulas:
    def test_every_formula_and_symbol_of_the_catalogue_can_be_drawn_without_style_or_script(self):
        for method in declared():
            for latex in (method.formula, *(need.symbol for need in method.needs if need.symbol)):
                drawn = mathml(latex)
                assert drawn.startswith("<math")
                assert " style=" not in drawn
                assert "<script" not in drawn
                for part in fromstring(drawn).iter("{*}mfrac", "{*}msub", "{*}msup"):
                    assert len(part) == 2, latex

    def test_letters_that_are_one_name_are_kept_together(self):
        assert "<mi>E</mi><mi>F</mi>" in convert("P \\cdot EF")
        assert "<mtext>EF</mtext>" in mathml("P \\cdot EF")

    def test_what_cannot_be_drawn_names_the_formula(self):
        with pytest.raises(UnableToDraw, match="a_"):
            mathml("a_")


@pytest.fixture
def world(db) -> World:
    return make_world()


def client(world: World, who: str = "lead") -> Client:
    found = Client()
    found.force_login(world.people[who], backend=BACKEND)
    return found


def url(name: str, **more: str) -> str:
    return reverse(f"inventory:{name}", kwargs={"district_code": "500151", **more})


class TestStanding:
    def test_a_factor_stands_in_the_newest_run_of_a_year_under_its_figures(self, world):
        with small():
            opened(world)
            fill(world)
            run = computing.compute(world.actor("lead"), world.district, 2020)
            found = libraries.standing_of_factor(world.actor("lead"), world.district, NCV.id)
            assert [(one.run, one.year) for one in found] == [(run, 2020)]
            assert [line.code for line in found[0].lines] == ["energy.industry", "energy.aviation"]
            assert found[0].words["energy.industry"] == ("工业", "Industry")
            other = factor("fuel.ncv", "ipcc-2006", fuel="bituminous")
            assert libraries.standing_of_factor(world.actor("lead"), world.district, other.id) == ()
            # Not yet published, so not for a department.
            assert libraries.standing_of_factor(world.actor("statistics"), world.district, NCV.id) == ()


class TestPages:
    @pytest.mark.parametrize("who", ["lead", "statistics", "town", "auditor", "administrator"])
    def test_everyone_in_office_reads_the_libraries(self, world, who):
        here = client(world, who)
        for address in (url("factors"), url("methods"), url("method", method="ippu.cement")):
            assert here.get(address).status_code == 200
        assert Client().get(url("factors")).status_code == 302

    def test_every_factor_has_an_address_of_its_own(self):
        assert len(factors_by_key()) == len(all_factors())

    def test_a_factor_shows_its_value_sources_other_editions_and_users(self, world):
        page = client(world).get(url("factor", factor=NCV.id.partition("#")[2])).content.decode()
        assert "19.570" in page
        assert all(one.document in page and one.clause in page for one in NCV.sources)
        assert "IPCC 2006" in page
        assert "25.8" in page  # the other edition's value, in the chart and the table
        assert "燃料热量" in page
        assert '<a href="http' not in page  # nothing leads outside

    def test_a_factor_from_memory_wears_its_mark(self, world):
        found = next(f for f in all_factors() if f.to_confirm and f.labels)
        page = client(world).get(url("factor", factor=found.id.partition("#")[2])).content.decode()
        assert "待核" in page

    def test_a_district_of_a_province_the_library_does_not_know_reads_factors_too(self, db):
        strange = make_world("999901", "甲区")
        address = reverse("inventory:factor", kwargs={"district_code": "999901", "factor": NCV.id.partition("#")[2]})
        assert client(strange).get(address).status_code == 200

    def test_there_is_no_page_for_what_there_is_not(self, world):
        here = client(world)
        assert here.get(url("factor", factor="fuel.ncv[fuel=moonshine]@nowhere")).status_code == 404
        assert here.get(url("method", method="nothing.here")).status_code == 404

    def test_filters_cut_the_list_and_its_files(self, world):
        wanted = [f for f in all_factors() if f.grade == "M" and f.edition == "ipcc-2019-text"]
        answer = client(world).get(f"{url('factors')}?grade=M&edition=ipcc-2019-text&export=csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) == len(wanted) + 1

    @pytest.mark.parametrize(("query", "holds"), [
        ("quantity=electricity.emission_factor&region=CN-50&year=2021", lambda f: (f.quantity, f.region) == ("electricity.emission_factor", "CN-50") and f.is_dated and f.holds_in(2021)),
        ("evidence=provider", lambda f: f.evidence == "provider"),
    ])  # fmt: skip
    def test_each_filter_means_what_it_says(self, world, query, holds):
        answer = client(world).get(f"{url('factors')}?{query}&export=csv")
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert len(rows) - 1 == sum(bool(holds(f)) for f in all_factors()) > 0

    def test_overdue_factors_are_found_when_their_day_has_passed(self, world, monkeypatch):
        from datetime import date

        from django.utils import timezone

        late = max(f.review_by for f in all_factors())
        monkeypatch.setattr(timezone, "localdate", lambda *_: date(late.year + 1, 1, 1))
        page = client(world).get(f"{url('factors')}?review=overdue").content.decode()
        assert f"共 {len(all_factors())} 项" in page
        thing = client(world).get(url("factor", factor=NCV.id.partition("#")[2])).content.decode()
        assert "已经过期" in thing

    def test_a_method_is_tried_and_outside_its_range_says_so_in_words(self, world):
        here = client(world)
        page = here.get(url("method", method="ippu.cement") + "?clinker=120000&factor=0.538&try=1").content.decode()
        assert "64,560" in page
        assert "<math" in page
        bad = here.get(url("method", method="ippu.cement") + "?clinker=-5&factor=0.9&try=1").content.decode()
        assert "水泥熟料产量不能小于 0 t" in bad
        assert "64,560" not in bad

    def test_what_is_typed_into_the_calculator_is_shown_as_text(self, world):
        page = client(world).get(
            url("method", method="ippu.cement") + "?try=1&clinker=" + quote('"><script>x</script>')
        )
        assert "<script>x" not in page.content.decode()

    def test_a_method_over_series_is_described_and_not_tried(self, world):
        page = client(world).get(url("method", method="waste.landfill.decay") + "?try=1&deposited=1").content.decode()
        assert "不能用一组数试算" in page

    def test_the_search_finds_factors_and_methods(self, world):
        from qihou.domains.inventory.pages.libraries.doors import find

        hits = find(world.actor("lead"), world.district, "水泥", 8)
        assert len(hits) <= 8
        memory = next(f for f in all_factors() if f.to_confirm)
        assert "待核" in find(world.actor("lead"), world.district, memory.id, 8)[0].note
        assert any("/methods/" in hit.url for hit in hits)
        assert find(world.actor("lead"), world.district, "烟煤", 8)[0].url.startswith("/d/500151/inventory/factors/")
