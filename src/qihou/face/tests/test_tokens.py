"""Colours can be read: WCAG 2.2 asks 4.5:1 of text and 3:1 of shapes that mean something."""

import pytest

from qihou.face.states import STATES
from qihou.face.tokens import contrast, tokens

TONES = ["achieved", "on-track", "at-risk", "off-track", "not-delivered", "not-due", "not-assessable"]
PAIRS = [
    ("ink", "paper"), ("ink", "ground"), ("ink", "sunk"), ("ink", "mark"), ("secondary", "paper"), ("secondary", "ground"),
    ("secondary", "sunk"), ("river", "paper"), ("river", "ground"), ("river", "river-tint"), ("pine", "paper"),
    ("pine", "pine-tint"), ("clay-ink", "clay-tint"), ("clay", "paper"), ("on-accent", "pine"), ("focus", "paper"),
    *((f"{t}-ink", f"{t}-tint") for t in TONES), *((f"{t}-ink", "paper") for t in TONES),
    *((f"warning-{c}-ink", f"warning-{c}") for c in ("blue", "yellow", "orange", "red")),
]  # fmt: skip


def test_the_formula_gives_the_extremes_of_the_standard():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the well-known just-too-pale grey


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize(("text", "behind"), PAIRS)
def test_text_can_be_read_on_what_is_behind_it(theme, text, behind):
    values = tokens(theme)
    assert contrast(values[text], values[behind]) >= 4.5


@pytest.mark.parametrize("theme", ["day", "night"])
@pytest.mark.parametrize("tone", TONES)
def test_the_edge_of_every_state_shape_stands_out(theme, tone):
    values = tokens(theme)
    assert contrast(values[f"{tone}-ink"], values["paper"]) >= 3


def test_the_day_set_is_the_agreed_one():
    day = tokens()
    agreed = {
        "ink": "#16232a", "secondary": "#53636b", "line": "#dfe5e3", "paper": "#ffffff", "ground": "#f5f7f5",
        "pine": "#1f6b52", "river": "#1f5f8b", "clay": "#a65f2b", "achieved": "#2b7a3d", "on-track": "#5b8f2a",
        "at-risk": "#c98a00", "off-track": "#c23b22", "not-delivered": "#7a6f9b", "not-due": "#9aa5a9",
    }  # fmt: skip
    assert {k: day[k] for k in agreed} == agreed


def test_every_state_has_a_word_and_assessments_are_told_apart_without_colour():
    assert all(str(s.word) and s.shape for s in STATES.values())
    shapes = [STATES[t.replace("-", "_")].shape for t in TONES]
    assert len(set(shapes)) == len(shapes)


def test_not_delivered_and_off_track_look_and_read_differently():
    late, off = STATES["not_delivered"], STATES["off_track"]
    assert (late.shape, late.tone, str(late.word)) != (off.shape, off.tone, str(off.word))
    assert late.shape != off.shape
    assert str(late.word) != str(off.word)
