"""Charts drawn on the server as SVG; every chart is also a table. The scale stands on the right, beside the newest years:
where a page is narrower than a chart, it shows these first."""

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from msgspec import Struct

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 720, 240, 8, 48, 24, 8
END = WIDTH - RIGHT
LABEL_EVERY_PX = 44


class Bars(Struct, frozen=True):
    """Stacked bars: one bar a label, one layer a series."""

    labels: tuple[str, ...]
    series: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    """One row a label, one count a series."""


def stacked(bars: Bars, description: str) -> SafeString:
    """The chart. Colours are the classes `s0`, `s1`, … of the style sheet."""
    top = _round_up(max((sum(row) for row in bars.counts), default=0))
    step = (END - LEFT) / max(1, len(bars.labels))
    return format_html(
        '<svg viewBox="0 0 {} {}" role="img" aria-label="{}">{}{}{}</svg>',
        WIDTH, HEIGHT, description, _scale(top), _bars(bars, top, step), _labels(bars.labels, step),
    )  # fmt: skip


def _round_up(count: int) -> int:
    for unit in (int(10**power) * digit for power in range(12) for digit in (1, 2, 5)):
        if unit >= count:
            return unit
    return count


def _y(count: float, top: int) -> float:
    return TOP + (HEIGHT - BOTTOM - TOP) * (1 - count / max(1, top))


def _scale(top: int) -> SafeString:
    marks = ((value, _y(value, top)) for value in (0, top / 2, top))
    lines = (
        (LEFT, round(y, 1), END, round(y, 1), END + 6, round(y + 4, 1), f"{value:g}") for value, y in marks
    )
    return format_html_join(
        "",
        '<line class="axis" x1="{}" y1="{}" x2="{}" y2="{}"/><text x="{}" y="{}">{}</text>',
        lines,
    )


def _bars(bars: Bars, top: int, step: float) -> SafeString:
    pieces = []
    for column, row in enumerate(bars.counts):
        below = 0
        for layer, count in enumerate(row):
            if count:
                y = _y(below + count, top)
                height = _y(below, top) - y
                x = LEFT + column * step + step * 0.1
                hint = f"{bars.labels[column]}, {bars.series[layer]}: {count}"
                pieces.append((layer, round(x, 1), round(y, 1), round(step * 0.8, 1), round(height, 1), hint))
                below += count
    return format_html_join(
        "", '<rect class="s{}" x="{}" y="{}" width="{}" height="{}"><title>{}</title></rect>', pieces
    )


def _labels(labels: tuple[str, ...], step: float) -> SafeString:
    every = max(1, round(LABEL_EVERY_PX / step))
    shown = (
        (round(LEFT + (i + 0.5) * step, 1), HEIGHT - 6, text)
        for i, text in enumerate(labels)
        if i % every == 0
    )
    return format_html_join("", '<text x="{}" y="{}" text-anchor="middle">{}</text>', shown)
