"""The geometry of a small chart of stacked bars; positions are text, so that no language changes them."""

from dataclasses import dataclass
from decimal import Decimal

HEIGHT, TOP, BOTTOM = 220, 20, 26
# From the left edge, in percent, the room for nothing but bars.
SHARE = Decimal("0.62")


@dataclass(frozen=True)
class Bar:
    """A rectangle: x and width in percent of the chart, y and height in pixels."""

    x: str
    width: str
    y: str
    height: str
    kind: str


def chart(stacks):
    """Bars for [(amounts above by kind, amounts below by kind)], as {"bars", "lines", "places", "zero"}.

    `lines` are (y, amount) of the grid; `places` the middles of the stacks in percent.
    """
    highest = max([sum(above.values()) for above, _below in stacks], default=0) or Decimal(1)
    lowest = min([sum(below.values()) for _above, below in stacks], default=0)
    pixels = Decimal(HEIGHT - TOP - BOTTOM) / (highest - lowest)
    zero = TOP + highest * pixels
    step = Decimal(100) / max(len(stacks), 1)
    bars = []
    for number, (above, below) in enumerate(stacks):
        left, width = f"{step * number + step * (1 - SHARE) / 2:.2f}%", f"{step * SHARE:.2f}%"
        for amounts, sign in ((above, 1), (below, -1)):
            bars += _stack(amounts, sign, zero, pixels, left, width)
    lines = [(f"{zero - amount * pixels:.1f}", amount) for amount in _grid(highest)]
    places = [f"{step * number + step / 2:.2f}%" for number in range(len(stacks))]
    return {"bars": bars, "lines": lines, "places": places, "zero": f"{zero:.1f}", "height": HEIGHT}


def _stack(amounts, sign, zero, pixels, left, width):
    base = zero
    for kind, amount in amounts.items():
        if not amount:
            continue
        height = abs(amount) * pixels
        top = base - height if sign > 0 else base
        base = top if sign > 0 else base + height
        yield Bar(left, width, f"{top:.1f}", f"{height:.1f}", kind)


def _grid(highest):
    """Two to five round amounts up to the highest."""
    step = Decimal(10) ** (Decimal(highest).adjusted())
    if highest / step < 2:
        step /= 2
    elif highest / step > 5:
        step *= 2
    return [step * number for number in range(1, int(highest / step) + 1)]
