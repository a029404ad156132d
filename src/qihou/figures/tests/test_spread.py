"""Written uncertainties against closed forms, and a hundred thousand draws against both."""

from __future__ import annotations

import math

import numpy as np
import pytest

from qihou.figures.spread import Z95, Shape, UnableToReadSpread, exact, spread

DRAWS = 100_000


@pytest.mark.parametrize(
    ("text", "value", "shape", "sd", "low", "high"),
    [
        ("", 3.0, Shape.EXACT, 0.0, 3.0, 3.0),
        ("±0%", 3.0, Shape.EXACT, 0.0, 3.0, 3.0),
        ("±5%", 0.0, Shape.EXACT, 0.0, 0.0, 0.0),
        ("±5%", 200.0, Shape.NORMAL, 10 / Z95, 190.0, 210.0),
        ("±5％", 200.0, Shape.NORMAL, 10 / Z95, 190.0, 210.0),
        ("±5%", -200.0, Shape.NORMAL, 10 / Z95, -210.0, -190.0),
        ("± 0.3", 2.0, Shape.NORMAL, 0.3 / Z95, 1.7, 2.3),
        ("±0.3", 0.0, Shape.NORMAL, 0.3 / Z95, -0.3, 0.3),
        ("9.5..10.5", 10.0, Shape.NORMAL, 0.5 / Z95, 9.5, 10.5),
        ("-10%..+10%", 10.0, Shape.NORMAL, 1 / Z95, 9.0, 11.0),
        ("-10%..+10%", -10.0, Shape.NORMAL, 1 / Z95, -11.0, -9.0),
        ("-4..6", 1.0, Shape.NORMAL, 5 / Z95, -4.0, 6.0),
        ("-0.02..0.05", 0.01, Shape.NORMAL, 0.035 / Z95, 0.01 - 0.035, 0.01 + 0.035),
        ("uniform 1..3", 2.0, Shape.UNIFORM, 2 / math.sqrt(12), 1.0, 3.0),
        # (1 + 16 + 4 - 4 - 2 - 8) / 18 = 7/18
        ("triangular 1..4", 2.0, Shape.TRIANGULAR, math.sqrt(7 / 18), 1.0, 4.0),
    ],
)
def test_forms(text: str, value: float, shape: Shape, sd: float, low: float, high: float) -> None:
    found = spread(text, value)
    assert (found.shape, found.value) == (shape, value)
    assert (found.sd, found.low, found.high) == pytest.approx((sd, low, high), rel=1e-12, abs=1e-15)


@pytest.mark.parametrize("value", [100.0, -100.0])
def test_a_wide_one_keeps_its_sign_its_mean_and_its_deviation(value: float) -> None:
    found = spread("±150%", value)
    # IPCC 2006, volume 1, chapter 3: sd 76.5 % of the mean, more than 30 %, so lognormal.
    assert found.shape is Shape.LOGNORMAL
    assert found.sd == pytest.approx(150 / Z95)
    drawn = found.draw(np.random.default_rng(1), DRAWS)
    assert (np.sign(drawn) == np.sign(value)).all()
    assert drawn.mean() == pytest.approx(value, rel=0.01)
    assert drawn.std() == pytest.approx(found.sd, rel=0.03)


@pytest.mark.parametrize(
    ("text", "value"),
    # 0.01 within 0.003..0.03 is the default of direct N2O from soils (2006 Guidelines, volume 4, table 11.1).
    [("0.003..0.03", 0.01), ("-50%..+100%", 5.0), ("-50%..+100%", -5.0), ("-30..-5", -12.0)],
)
def test_a_lopsided_one_keeps_its_width_on_a_logarithmic_scale(text: str, value: float) -> None:
    found = spread(text, value)
    low, high = (value * 0.5, value * 2) if "%" in text else tuple(float(end) for end in text.split(".."))
    assert found.shape is Shape.LOGNORMAL
    assert abs(math.log(found.high / found.low)) == pytest.approx(abs(math.log(high / low)), rel=1e-9)
    # Near to what was written: the mean is kept, so the ends move a little.
    assert (found.low, found.high) == pytest.approx(tuple(sorted((low, high))), rel=0.15)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("±5%", 200.0), ("±5%", -200.0), ("±0.3", 0.0), ("±80%", 3.0), ("±80%", -3.0), ("0.003..0.03", 0.01), ("-30..-5", -12.0),
        ("uniform 1..3", 2.0), ("triangular 1..3", 2.0), ("-4..6", 1.0), ("-50%..+100%", 5.0),
    ],
)  # fmt: skip
def test_draws_have_the_stated_mean_deviation_and_interval(text: str, value: float) -> None:
    found = spread(text, value)
    drawn = found.draw(np.random.default_rng(7), DRAWS)
    assert drawn.mean() == pytest.approx(value, abs=4 * found.sd / math.sqrt(DRAWS))
    assert drawn.std() == pytest.approx(found.sd, rel=0.03)
    inside = float(((drawn >= found.low) & (drawn <= found.high)).mean())
    expected = 1.0 if found.shape in (Shape.UNIFORM, Shape.TRIANGULAR) else 0.95
    assert inside == pytest.approx(expected, abs=0.004)


@pytest.mark.parametrize("text", ["", "±5%", "±80%", "uniform 1..3", "triangular 1..3"])
@pytest.mark.parametrize("batch", [1, 3, 256])
def test_the_size_of_a_batch_changes_no_draw(text: str, batch: int) -> None:
    found = spread(text, 2.0)
    whole, parts = (np.random.Generator(np.random.SFC64(3)) for _ in range(2))
    together = found.draw(whole, 600)
    apart = np.concatenate([found.draw(parts, min(batch, 600 - start)) for start in range(0, 600, batch)])
    assert (together == apart).all()


@pytest.mark.parametrize(
    ("text", "value", "said"),
    [
        ("5%", 1.0, "is no uncertainty; write"),
        ("±", 1.0, "is no uncertainty"),
        ("±-5%", 1.0, "without a sign"),
        ("±1e400", 1.0, "too large"),
        ("1..3", 4.0, "does not hold the value 4.0"),
        ("3..1", 2.0, "does not hold"),
        ("2..2", 2.0, "does not hold"),
        ("uniform 2..2", 2.0, "does not hold"),
        ("0..1e999", 2.0, "does not hold"),
        ("normal 1..3", 2.0, "is no uncertainty"),
        ("+50%..+100%", 2.0, "how far below"),
        ("-50%..-10%", 2.0, "how far below"),
        ("±5%±5%", 1.0, "is no uncertainty"),
        ("±__import__('os')", 1.0, "is no uncertainty"),
        ("±" + "9" * 5000, 1.0, "too large"),
    ],
)
def test_refused(text: str, value: float, said: str) -> None:
    with pytest.raises(UnableToReadSpread, match=said):
        spread(text, value)


def test_an_exact_one_is_exact() -> None:
    assert exact(2.0).is_exact
    assert (exact(2.0).draw(np.random.default_rng(0), 3) == 2.0).all()
    assert not spread("±1%", 2.0).is_exact
