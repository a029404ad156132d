"""Nitrogen on its way through cropland: where it comes from, and the three ways in which some of it becomes nitrous oxide."""

from __future__ import annotations

from qihou.domains.inventory.methods import soils
from qihou.domains.inventory.methods.scheme.agriculture_names import CROPS, KEPT
from qihou.domains.inventory.methods.scheme.parts import Options
from qihou.figures.graph import Feed, Given, Labels, Result, Step, labels

_ANIMALS = tuple(labels(livestock=animal, system=system) for animal, systems in KEPT.items() for system in systems)
_CROPS = tuple(labels(crop=crop) for crop in CROPS)
_WHOLE = (labels(),)
# Each input of nitrogen: its rows and where its amount comes from.
_INPUTS: dict[str, tuple[tuple[Labels, ...], Feed]] = {
    "nitrogen_fertiliser": (_WHOLE, Given("soil.nitrogen_fertiliser")),
    "compound_fertiliser": (_WHOLE, Result("soil.compound", ())),
    "manure": (_ANIMALS, Result("soil.manure", ("livestock", "system"))),
    "rural": (_WHOLE, Result("soil.rural_manure", ())),
    "straw": (_CROPS, Result("soil.straw", ("crop",))),
}
# What goes into the air: of fertiliser what is spread, of manure all that is excreted.
_INTO_AIR: dict[str, tuple[Feed, str]] = {
    "nitrogen_fertiliser": (_INPUTS["nitrogen_fertiliser"][1], "fertiliser"),
    "compound_fertiliser": (_INPUTS["compound_fertiliser"][1], "fertiliser"),
    "manure": (Result("soil.excreted", ("livestock", "system")), "manure"),
    "rural": (Result("soil.rural_excreted", ()), "manure"),
}


def steps(options: Options) -> tuple[Step, ...]:
    return (*_nitrogen(), *_direct(options), *_deposition(), *_leaching())


def _nitrogen() -> tuple[Step, ...]:
    lost = {"leached": Given("soil.manure_leached"), "volatilised": Given("soil.manure_volatilised")}
    animals = ("livestock", "system")
    return (
        Step(
            "soil.compound",
            soils.fertiliser_nitrogen,
            _WHOLE,
            {"applied": Given("soil.compound_fertiliser"), "content": Given("soil.compound_nitrogen")},
        ),
        Step(
            "soil.excreted",
            soils.excreted_nitrogen,
            _ANIMALS,
            {
                "heads": Given("livestock.heads", animals),
                "excretion": Given("manure.nitrogen_excreted", ("livestock",)),
            },
        ),
        Step(
            "soil.manure",
            soils.manure_nitrogen,
            _ANIMALS,
            {
                "excreted": Result("soil.excreted", animals),
                "elsewhere": Given("manure.not_spread", ("system",)),
                **lost,
            },
        ),
        Step(
            "soil.rural_excreted",
            soils.rural_nitrogen,
            _WHOLE,
            {
                "people": Given("context.population"),
                "urban": Given("context.urban_population"),
                "excretion": Given("soil.rural_excretion"),
            },
        ),
        Step(
            "soil.rural_manure",
            soils.manure_nitrogen,
            _WHOLE,
            {
                "excreted": Result("soil.rural_excreted", ()),
                "elsewhere": Given("manure.not_spread", (), labels(system="household")),
                **lost,
            },
        ),
        Step(
            "soil.straw",
            soils.straw_nitrogen,
            _CROPS,
            {
                "harvest": Given("crop.harvest", ("crop",)),
                "dry": Given("crop.dry_share", ("crop",)),
                "index": Given("crop.harvest_index", ("crop",)),
                "returned": Given("crop.straw_returned", ("crop",)),
                "root_ratio": Given("crop.root_ratio", ("crop",)),
                "content": Given("crop.straw_nitrogen", ("crop",)),
            },
        ),
    )


def _emitting(category: str, name: str, rows: tuple[Labels, ...]) -> tuple[Labels, ...]:
    whose = labels(category=f"agriculture.soils.{category}", gas="N2O", input=name)
    return tuple(tuple(sorted((*row, *whose))) for row in rows)


def _direct(options: Options) -> tuple[Step, ...]:
    national = options.edition != "ipcc-2006"
    factor = Given("soil.ef1_direct") if national else Given("soil.ef1", (), labels(condition="all"))
    return tuple(
        Step(f"agriculture.soils.direct.{name}", soils.soils_direct, _emitting("direct", name, rows), {"nitrogen": amount, "factor": factor})
        for name, (rows, amount) in _INPUTS.items()
    )  # fmt: skip


def _deposition() -> tuple[Step, ...]:
    return tuple(
        Step(
            f"agriculture.soils.deposition.{name}",
            soils.soils_deposition,
            _emitting("indirect.deposition", name, _INPUTS[name][0]),
            {
                "nitrogen": amount,
                "volatilised": Given("soil.volatilised_fraction", (), labels(nitrogen_input=kind)),
                "factor": Given("soil.ef4", (), labels(condition="all")),
            },
        )
        for name, (amount, kind) in _INTO_AIR.items()
    )


def _leaching() -> tuple[Step, ...]:
    return tuple(
        Step(
            f"agriculture.soils.leaching.{name}",
            soils.soils_leaching,
            _emitting("indirect.leaching", name, rows),
            {
                "nitrogen": amount,
                "leached": Given("soil.leached_fraction"),
                "factor": Given("soil.ef5", (), labels(condition="all")),
            },
        )
        for name, (rows, amount) in _INPUTS.items()
    )
