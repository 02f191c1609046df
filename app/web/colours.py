"""Whether a town's own colours can be read: the same sums as `static/widget/colours.js`, for those who choose them.

Contrasts are those of WCAG 2.2: 4.5 for text (1.4.3).
"""

import re

TEXT_CONTRAST = 4.5
LIGHT_SURFACES = ("#e8f0fb", "#ffffff")
"""What the widget writes on in its light look."""
_DIGITS = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_STEP = 0.04
_LINEAR_UP_TO = 0.04045


def contrast(one: str, other: str) -> float:
    """Of two colours as CSS writes them (#rgb, #rrggbb): 1 to 21. Raises ValueError on anything else."""
    darker, lighter = sorted((_luminance(_channels(one)), _luminance(_channels(other))))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str) -> float:
    """How well the colour can be read where it is worst in the light look."""
    return min(contrast(colour, surface) for surface in LIGHT_SURFACES)


def readable(colour: str) -> str:
    """The same colour, darkened until it can be read in the light look; what the widget takes instead of it."""
    channels = _channels(colour)
    share = 0.0
    while share < 1:
        mixed = "#" + "".join(f"{round(channel * (1 - share)):02x}" for channel in channels)
        if least_contrast(mixed) >= TEXT_CONTRAST:
            return mixed
        share += _STEP
    return "#000000"


def _channels(colour: str) -> tuple[int, ...]:
    match = _DIGITS.fullmatch(colour)
    if match is None:
        raise ValueError(f"'{colour}' is no colour such as #8a1538")
    digits = match.group(1) if len(match.group(1)) > 3 else "".join(digit * 2 for digit in match.group(1))
    return tuple(int(digits[start : start + 2], 16) for start in (0, 2, 4))


def _luminance(channels: tuple[int, ...]) -> float:
    linear = [
        share / 12.92 if (share := channel / 255) <= _LINEAR_UP_TO else ((share + 0.055) / 1.055) ** 2.4
        for channel in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
