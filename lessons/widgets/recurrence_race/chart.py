"""The chart of the work over the length: a line for recurrence, a parabola for attention. race.ts moves its marks."""

ACROSS, FLOOR, RISE = 340, 200, 190


def place(length: float, most: int, width: int) -> tuple[float, float, float]:
    """Across, and the heights of recurrence and attention, in the units of the drawing."""
    top = most * max(most, width)
    recurrence, attention = (FLOOR - work / top * RISE for work in (length * width, length * length))
    return length / most * ACROSS, recurrence, attention


def draw_chart(length: int, most: int, width: int) -> dict[str, object]:
    """Points as text. A parabola is drawn exactly by one curve whose handle is at half its length."""
    x, recurrence, attention = place(length, most, width)
    end, line, square = place(most, most, width)
    chart: dict[str, object] = {
        "x": _write(x),
        "recurrence": _write(recurrence),
        "attention": _write(attention),
        "line": f"M0 {FLOOR}L{_write(end)} {_write(line)}",
        "curve": f"M0 {FLOOR}Q{_write(end / 2)} {FLOOR} {_write(end)} {_write(square)}",
        "crossing": None,
    }
    if width < most:
        across, height, _ = place(width, most, width)
        chart["crossing"] = {"x": _write(across), "y": _write(height)}
    return chart


def _write(number: float) -> str:
    return f"{number:.2f}"
