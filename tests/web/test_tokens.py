"""The colours of `web/src/styles/tokens.css` against the contrast that WCAG 2.2 asks for (1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parents[2] / "web/src/styles/tokens.css").read_text()
BASIC, MORE = (
    re.findall(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", part) for part in CSS.split("@media")
)
LIGHT = {name: light for name, light, _ in BASIC}
DARK = {name: dark for name, _, dark in BASIC}
SETS = [LIGHT, DARK, LIGHT | {name: light for name, light, _ in MORE}, DARK | {name: dark for name, _, dark in MORE}]
NAMES = ["light", "dark", "light, more contrast", "dark, more contrast"]

TEXT = [
    (text, ground)
    for text in ("ink", "ink-soft", "accent", "accent-strong")
    for ground in ("paper", "surface", "sunken")
]
TEXT += [("on-accent", "accent"), ("on-accent", "accent-strong"), ("accent-strong", "tint"), ("ink", "tint")]
TEXT += [("bad", "surface"), ("bad", "paper"), ("bad", "sunken")]
TEXT += [("ink", f"{word}-tint") for word in ("warn", "bad")]
EDGES = [(edge, ground) for edge in ("edge", "focus", "accent", "bad") for ground in ("paper", "surface", "sunken")]


def luminance(colour):
    """Relative luminance as WCAG defines it."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Contrast ratio as WCAG defines it, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_measures_21_to_1():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_every_colour_is_said_for_light_and_for_dark():
    named = set(re.findall(r"--([a-z-]+): [^;]*#", CSS))
    assert named == LIGHT.keys() == DARK.keys()


def test_more_contrast_gives_text_of_seven_to_one():
    for colours in SETS[2:]:
        assert (
            min(contrast(colours[text], colours[ground]) for text, ground in TEXT if text in {"ink", "ink-soft"}) >= 7
        )


@pytest.mark.parametrize("colours", SETS, ids=NAMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_stands_out_from_its_ground(colours, text, ground):
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("colours", SETS, ids=NAMES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_and_focus_stand_out(colours, edge, ground):
    assert contrast(colours[edge], colours[ground]) >= 3
