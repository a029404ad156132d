"""Every method of the inventory can be differentiated by a complex step: what it gives agrees with a central difference.

A body that compares, rounds or takes an absolute value drops the imaginary part and would propagate no error, unseen.
"""

from __future__ import annotations

import importlib
import pkgutil

import numpy as np
import pytest

from qihou.domains.inventory import methods
from qihou.domains.inventory.methods.catalogue import METHODS
from qihou.figures.method import Method

for module in pkgutil.iter_modules(methods.__path__):
    importlib.import_module(f"{methods.__name__}.{module.name}")

YEARS = 4
SMALL = 1e-5


def _values(method: Method) -> dict[str, np.ndarray]:
    """For each need three rows of four years, inside the range in which the formula holds."""
    chance = np.random.default_rng(4)
    found = {}
    for need in method.inputs:
        low = need.low if need.low is not None else (need.high or 1.0) / 2
        high = need.high if need.high is not None else low + 10.0
        found[need.name] = low + (high - low) * chance.uniform(0.3, 0.7, (3, YEARS))
    return found


@pytest.mark.parametrize("method", list(METHODS), ids=lambda m: m.key)
def test_a_complex_step_agrees_with_a_central_difference(method: Method) -> None:
    values = _values(method)
    fixed = {need.name: need.constant for need in method.needs if need.constant is not None}
    for name, value in values.items():
        imaginary = np.imag(method.body(**{**values, name: value + 1e-30j}, **fixed)) / 1e-30
        width = SMALL * np.maximum(np.abs(value), 1e-3)
        up, down = (method.body(**{**values, name: value + sign * width}, **fixed) for sign in (1, -1))
        if method.series:
            # Years of one series have widths of their own; one year at a time is asked of it.
            bump = np.zeros((3, YEARS))
            bump[:, 1] = 1.0
            imaginary = np.imag(method.body(**{**values, name: value + 1e-30j * bump}, **fixed)) / 1e-30
            up, down = (method.body(**{**values, name: value + sign * width * bump}, **fixed) for sign in (1, -1))
            width = width[:, 1:2]
        slope = np.broadcast_to((up - down) / (2 * width), (3, YEARS))
        scale = np.abs(np.asarray(up)).max() / np.abs(value).max()
        np.testing.assert_allclose(np.broadcast_to(imaginary, (3, YEARS)), slope, rtol=1e-5, atol=1e-5 * scale)
