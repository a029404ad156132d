"""A power of ten written before a unit counts."""

import pytest

from qihou.measure import units


@pytest.mark.parametrize(
    ("source", "target", "expected"),
    [
        ("1e4Nm3", "Nm3", 1e4),
        ("1e8Nm3", "1e4Nm3", 1e4),
        ("1e3m3/item/a", "m3/item/a", 1e3),
        ("kgce/Nm3", "tce/1e4Nm3", 10.0),  # 1 kg per 1 m3 = 10 000 kg per 10 000 m3
        ("万标立方米", "1e4Nm3", 1.0),
    ],
)
def test_the_power_before_a_unit_is_part_of_it(source, target, expected):
    assert units.factor(source, target) == expected
