"""Every pair of text and ground that the stylesheet uses keeps its contrast, light and dark."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings

TOKENS = (Path(settings.BASE_DIR) / "static/src/_tokens.scss").read_text()
LIGHT, DARK = TOKENS.split("@media (prefers-color-scheme: dark)")

TEXT = [
    (ink, ground)
    for ink in ("ink", "quiet", "accent", "accent-deep", "no")
    for ground in ("paper", "sheet", "accent-soft")
] + [
    ("wait", "wait-soft"),
    ("yes", "yes-soft"),
    ("no", "no-soft"),
    ("ink", "wait-soft"),
    ("ink", "yes-soft"),
    ("ink", "no-soft"),
    ("accent", "wait-soft"),
    ("sheet", "accent"),
    ("sheet", "accent-deep"),
    ("sheet", "no"),
    ("sheet", "quiet"),
    ("leave-ink", "leave"),
]
EDGES = [("edge", "paper"), ("edge", "sheet"), ("accent", "paper"), ("no", "sheet")]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", block))


MODES = {"light": colours(LIGHT), "dark": {**colours(LIGHT), **colours(DARK)}}


def luminance(colour: str) -> float:
    """Return the relative luminance of #rgb or #rrggbb (WCAG 2.2)."""
    digits = colour.lstrip("#")
    digits = "".join(char * 2 for char in digits) if len(digits) == 3 else digits
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert round(contrast("#000", "#ffffff"), 1) == 21.0


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read(mode: str, text: str, ground: str) -> None:
    assert contrast(MODES[mode][text], MODES[mode][ground]) >= 4.5


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_what_can_be_filled_in_are_seen(mode: str, edge: str, ground: str) -> None:
    assert contrast(MODES[mode][edge], MODES[mode][ground]) >= 3
