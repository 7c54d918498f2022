"""Charts show the newest years where there is no room for all, with their scale."""

import re

from ipregister.portal.charts import WIDTH, Bars, stacked


def test_bars_and_years_stand_within_the_chart_and_the_scale_beside_the_newest() -> None:
    years = tuple(str(year) for year in range(1997, 2027))
    drawn = stacked(Bars(years, ("Registered",), tuple((n + 1,) for n in range(30))), "By year")
    bars = [
        tuple(map(float, one))
        for one in re.findall(r'<rect class="s0" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"', drawn)
    ]
    scale = [float(x) for x, _ in re.findall(r'<text x="([\d.]+)" y="[\d.]+">([\d.]+)</text>', drawn)]
    assert len(bars) == 30
    assert bars[0][0] >= 8
    assert len(scale) == 3
    assert len(set(scale)) == 1
    assert bars[-1][0] + bars[-1][1] < scale[0] < WIDTH
