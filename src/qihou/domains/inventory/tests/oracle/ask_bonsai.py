"""Run by the oracle's own Python: read questions from standard input, answer them with bonsai-ipcc alone.

A question is ``{name: {argument: number or list}}``: its first word names a function below; masses are in t, as ours are.
Answers are printed as one line of JSON behind the mark. bonsai-ipcc is imported once for all, which takes half a minute.
"""

import json
import logging
import math
import statistics
import sys
import time
import warnings
from importlib import metadata

MARK = "bonsai-ipcc says: "


def landfill_at_once(o, waste, organic, decomposable, correction, methane_share, recovered_share, oxidised):
    carbon = o.waste.swd.elementary.ddoc_from_wd_data(waste / 1000, organic, decomposable, correction)
    generated = o.waste.swd.elementary.ch4_generated(carbon, methane_share)
    return {
        "generated": generated * 1000,
        "emitted": o.waste.swd.elementary.ch4_emissions(generated, oxidised, recovered_share) * 1000,
    }


def landfill_decay(o, deposited, rate):
    lying, found = 0.0, []
    for brought in deposited:
        found.append(o.waste.swd.elementary.ddoc_m_decomp_t(lying, rate))
        lying = o.waste.swd.elementary.ddoc_ma_t(brought, lying, rate)
    return found


def landfill_sequence(o, people, first_year):
    """The package's own tier 1 from town dwellers to methane of food waste; its own parameters for China stand for the rest."""
    tables = o.waste.swd.parameter
    for year, number in enumerate(people, first_year):
        tables.urb_population.loc[(year, "CN", "def"), ["value", "unit"]] = [number, "cap/yr"]
        tables.swdstype_frac.loc[(year, "CN", "managed", "def"), ["value", "unit"]] = [1.0, "kg/kg"]
    done = o.waste.swd.sequence.tier1_ch4(
        year=first_year + len(people) - 1, region="CN", product="msw_food", wastemoisture="wet",
        past_years=len(people) - 1, activity="managed",
    )  # fmt: skip
    read = {name: float(getattr(done, name).value) for name in ("doc", "doc_f", "mcf", "k", "f", "ox", "r")}
    landfilled = [float(each) * 1000 for each in done.msw_to_swds.value]
    return read | {"landfilled": landfilled, "emitted": float(done.ch4_emissions.value) * 1000}


def incineration(o, waste, dry, carbon, fossil, burnout, ch4_kg_per_kt, n2o_kg_per_kt):
    formulas = o.waste.incineration.elementary
    return {
        "co2": formulas.co2_emissions(waste / 1000, dry, carbon, fossil, burnout) * 1000,
        "ch4": formulas.ch4_emissions(waste / 1000, ch4_kg_per_kt) * 1000,
        "n2o": formulas.n2o_emissions(waste / 1000, n2o_kg_per_kt) * 1000,
    }


def sewage_methane(o, organic, sludge, capacity, correction, recovered):
    formulas = o.waste.wastewater.elementary
    domestic, industrial = formulas.ef_ch4_treat(capacity, correction), formulas.ef_ch4_ind(capacity, correction)
    one = formulas.ch4_emissions_treatment(organic * 1000, 0.0, domestic, recovered * 1000)
    other = formulas.ch4_emissions_system_ind(organic * 1000, sludge * 1000, industrial, recovered * 1000)
    return {
        "domestic": one / 1000,
        "open": formulas.ch4_emissions_discharge(organic * 1000, 0.0, domestic, 0.0) / 1000,
        "industrial": other / 1000,
        "domestic_summed": formulas.ch4_emissions(one) * 1000,
    }


def sewage_nitrogen(o, people, protein_kg, content, wasted, industrial, removed, factor):
    formulas = o.waste.wastewater.elementary
    nitrogen = formulas.tn_domestic(people, protein_kg, content, 1.0, wasted, industrial)
    effluent = formulas.n_effluent_dom_system(nitrogen, 1.0, removed)
    return {
        "nitrogen": effluent / 1000,
        "effluent": formulas.n2o_effluent(effluent, factor) / 1000,
        "plants": formulas.n2o_plants(1.0, 1.0, factor, nitrogen) / 1000,
        "total_nitrogen": nitrogen / 1000,
    }


def biological(o, treated, ch4_g_per_kg, n2o_g_per_kg, recovered):
    formulas = o.waste.biological.elementary
    return {
        "ch4": formulas.ch4_emissions(treated / 1000, ch4_g_per_kg, recovered / 1000) * 1000,
        "n2o": formulas.n2o_emissions(treated / 1000, n2o_g_per_kg) * 1000,
    }


def livestock(o, heads, enteric_kg, solids_kg, manure_g_per_kg, nitrogen_kg, share, n2o_n_per_n):
    formulas = o.agriculture.livestock_manure.elementary
    return {
        "enteric": formulas.e(enteric_kg, heads) * 1000,
        "manure_ch4": formulas.ch4_mm(heads, solids_kg, share, manure_g_per_kg) / 1000,
        "manure_n2o": formulas.n2o_direct_mm(heads, nitrogen_kg, share, n2o_n_per_n) / 1000,
    }


def manure_indirect(o, heads, nitrogen_kg, volatilised, leached, deposited_factor, leached_factor):
    formulas = o.agriculture.livestock_manure.elementary
    gone = formulas.n_volatilization(heads, nitrogen_kg, 1.0, volatilised)
    washed = formulas.n_leaching(heads, nitrogen_kg, 1.0, leached)
    return {
        "deposition": formulas.n2o_g(gone, deposited_factor) / 1000,
        "leaching": formulas.n2o_l(washed, leached_factor) / 1000,
    }


def soils(o, fertiliser, manure, straw, mineralised, factor):
    inputs = [each * 1000 for each in (fertiliser, manure, straw, mineralised)]
    nitrogen = o.agriculture.soils.elementary.n2o_n_inputs(*inputs, factor)
    return o.agriculture.generic.elementary.n2o(nitrogen) / 1000


def straw(o, harvest, dry, above_per_harvest, returned, below_per_shoot, content, area):
    formulas = o.agriculture.soils.elementary
    dried = formulas.crop(harvest, dry)
    return formulas.f_cr(
        dried, above_per_harvest, area, content, 1 - returned, 0.0, 1.0, 0.0, below_per_shoot, content
    )  # fmt: skip


def cropland_soil(o, area, reference, land_use, now, before, years):
    formulas = o.agriculture.generic.elementary
    stock = formulas.soc(reference, land_use, now[0], now[1], area)
    earlier = formulas.soc(reference, land_use, before[0], before[1], area)
    return formulas.delta_c_mineral(stock, earlier, years)


def cement(o, made, clinker_share, factor, lime, lime_other):
    formulas = o.industry.mineral.elementary
    by_oxides = formulas.ef_cl(lime, lime_other)
    return {
        "by_factor": formulas.co2_emissions_tier1_(made, clinker_share, 0.0, 0.0, factor),
        "by_oxides": formulas.co2_emissions_tier2_(made, by_oxides, 1.0),
    }


def carbonate(o, used, share, factor):
    return o.industry.mineral.elementary.co2_emissions_tier3_carb(factor, used, share)


def ferroalloy(o, made, factor):
    return o.industry.metal.elementary.co2_ferroalloy_tier1_(made, factor)


def chemical_balance(o, material, material_carbon, product, product_carbon, residue, residue_carbon):
    formulas = o.industry.chemical.elementary
    return formulas.eco2_tier2(
        formulas.fa_fc(material, material_carbon),
        formulas.pp_pc(product, product_carbon),
        formulas.sp_sc(residue, residue_carbon),
    )


def hfc23(o, made, factor):
    return o.industry.chemical.elementary.tier1_e_hfc_23(factor, made)


def monte_carlo(o, made, runs):
    """Median seconds of the package's own Monte Carlo of cement by tier 1: 1,000 draws, no other number can be asked for."""
    tables = o.industry.mineral.parameter
    ends = {"def": 1.0, "min": 0.95, "max": 1.05, "abs_min": 0.0, "abs_max": math.inf}
    for name, times in ends.items():
        tables.m_c.loc[(2019, "CN", "portland", name), ["value", "unit"]] = [made * times, "t/yr"]
        for table in (tables.im_cl, tables.ex_cl):
            none = times if name == "abs_max" else 0.0
            table.loc[(2019, "CN", "portland", name), ["value", "unit"]] = [none, "t/yr"]
    seconds = []
    for _ in range(runs):
        begin = time.perf_counter()
        done = o.industry.mineral.sequence.tier1_co2_cement(2019, "CN", "portland", "monte_carlo")
        seconds.append(time.perf_counter() - begin)
    drawn = done.co2_emissions_tier1_.value
    return {"seconds": statistics.median(seconds), "draws": len(drawn), "mean": float(drawn.mean())}


def main():
    questions = json.load(sys.stdin)
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    begin = time.perf_counter()
    import bonsai_ipcc

    oracle = bonsai_ipcc.IPCC()
    answers = {"import_seconds": time.perf_counter() - begin, "version": metadata.version("bonsai-ipcc")}
    for name, given in questions.items():
        answers[name] = globals()[name.split()[0]](oracle, **given)
    print(MARK + json.dumps(answers))


if __name__ == "__main__":
    main()
