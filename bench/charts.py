"""Charts: milliseconds per kind beside plain pyplot, and what many of them cost the event loop and memory.

Run with `python -m bench.charts`.
"""

import asyncio
import math
import os
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from io import BytesIO
from pathlib import Path

from bot.offload.executor import Executor
from genie.model import Column, Table
from render.chart.choose import chart_and_choices
from render.chart.model import Chart, ChartKind
from render.columns.read import read_result

ROUNDS = 15
PICTURES = 20
MANY = 1000
BEAT = 0.001


def table(columns: dict[str, str], rows: list[tuple[object, ...]]) -> Table:
    """Return a result as Genie sends it: every cell is text."""
    heads = tuple(Column(name, type_name) for name, type_name in columns.items())
    return Table(heads, tuple(tuple(str(cell) for cell in row) for row in rows))


def tables() -> dict[str, Table]:
    """Return one realistic result per kind of chart."""
    months = [date(2024 + at // 12, at % 12 + 1, 1) for at in range(24)]
    regions = ("EMEA", "Americas", "APAC", "LATAM")
    wave = [1e6 * (1 + at / 30 + math.sin(at / 2) / 4) for at in range(100)]
    return {
        "bars": table({"region": "STRING", "revenue": "DOUBLE"}, list(zip(regions, wave, strict=False))),
        "lying bars": table(
            {"product": "STRING", "revenue": "DOUBLE"},
            [(f"Product of line {at}", wave[at]) for at in range(20)],
        ),
        "grouped bars": table(
            {"region": "STRING", "channel": "STRING", "revenue": "DOUBLE"},
            [(r, c, wave[i * 5 + j]) for i, r in enumerate(regions) for j, c in enumerate(("Web", "Shop"))],
        ),
        "line": table({"month": "DATE", "revenue": "DOUBLE"}, list(zip(months, wave, strict=False))),
        "4 lines": table(
            {"month": "DATE", "region": "STRING", "revenue": "DOUBLE"},
            [(m, r, wave[i] * (j + 1)) for i, m in enumerate(months) for j, r in enumerate(regions)],
        ),
        "year of days": table(
            {"day": "DATE", "revenue": "DOUBLE"},
            [(date(2026, 1, 1) + timedelta(at), wave[at % 100]) for at in range(365)],
        ),
        "stacked bars": table(
            {"region": "STRING", "product": "STRING", "revenue": "DOUBLE"},
            [(r, f"P{j}", wave[i * 5 + j]) for i, r in enumerate(regions) for j in range(8)],
        ),
        "donut": table(
            {"plan": "STRING", "share": "DOUBLE"}, [("Free", 0.6), ("Team", 0.3), ("Company", 0.1)]
        ),
        "heat map": table(
            {"weekday": "STRING", "hour": "INT", "orders": "LONG"},
            [(d, h, ord(d[0]) + h) for d in ("Mon", "Tue", "Wed", "Thu", "Fri") for h in range(24)],
        ),
        "histogram": table({"order_id": "LONG", "amount": "DOUBLE"}, [(at, at * at) for at in range(900)]),
        "2,000 points": table(
            {"price": "DOUBLE", "units": "DOUBLE"},
            [(at / 7, wave[at % 100] * (at % 13)) for at in range(2000)],
        ),
    }


def plain_pyplot(chart: Chart) -> bytes:
    """Draw the same values the usual way, at the same size, with everything left to pyplot."""
    from matplotlib import pyplot as plt  # noqa: PLC0415 (only for comparison, in this process)

    figure, axes = plt.subplots(figsize=(8, 4.5), dpi=200, layout="constrained")
    for series in chart.series:
        values = [math.nan if value is None else value for value in series.values]
        if chart.kind is ChartKind.LINE:
            axes.plot(chart.positions, values, label=series.name)
        elif chart.kind is ChartKind.SCATTER:
            axes.scatter(chart.positions, values, label=series.name)
        elif chart.kind in {ChartKind.HISTOGRAM, ChartKind.HEAT_MAP, ChartKind.DONUT}:
            axes.bar(range(len(values)), values, label=series.name)
        elif chart.kind is ChartKind.HORIZONTAL_BAR:
            axes.barh(chart.labels, values, label=series.name)
        else:
            axes.bar(chart.labels, values, label=series.name)
    axes.set_title(chart.title)
    axes.legend()
    picture = BytesIO()
    figure.savefig(picture, format="png")
    plt.close(figure)
    return picture.getvalue()


def median_ms(draw: Callable[[Chart], bytes], chart: Chart) -> tuple[float, int]:
    """Return the median of warm runs in milliseconds, and the size of the picture."""
    size = len(draw(chart))
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        draw(chart)
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000, size


def compare(charts: dict[str, Chart]) -> None:
    """Print one line per kind."""
    from render.figure.draw import draw  # noqa: PLC0415 (the bot itself never loads it)

    print(f"{'':16}{'ours':>9}{'pyplot':>9}{'ratio':>8}{'size':>9}")
    for name, chart in charts.items():
        ours, size = median_ms(draw, chart)
        plain, _ = median_ms(plain_pyplot, chart)
        print(f"{name:16}{ours:6.0f} ms{plain:6.0f} ms{ours / plain:8.2f}{size // 1024:6} KB")


async def loop_lag(work: Callable[[], object]) -> list[float]:
    """Return by how many milliseconds the event loop was late, beat after beat, while `work` was awaited."""
    late: list[float] = []

    async def beat() -> None:
        while True:
            due = time.perf_counter() + BEAT
            await asyncio.sleep(BEAT)
            late.append((time.perf_counter() - due) * 1000)

    beating = asyncio.create_task(beat())
    result = work()
    if asyncio.isfuture(result) or asyncio.iscoroutine(result):
        await result
    beating.cancel()
    return sorted(late)


async def under_load(charts: dict[str, Chart]) -> None:
    """Print what drawing 20 charts at once costs the loop: in the executor, and in threads."""
    from render.figure.draw import draw  # noqa: PLC0415

    some = [chart for chart in charts.values() for _ in range(PICTURES)][:: len(charts)]
    async with Executor() as executor:
        began = time.perf_counter()
        await executor.warm()
        print(f"\nexecutor warm after {time.perf_counter() - began:.2f} s")
        ways: dict[str, Callable[[], object]] = {
            "idle": lambda: asyncio.sleep(1),
            "executor": lambda: asyncio.gather(*(executor.draw(chart) for chart in some)),
            "threads": lambda: asyncio.gather(*(asyncio.to_thread(draw, chart) for chart in some)),
        }
        for name, way in ways.items():
            began = time.perf_counter()
            late = await loop_lag(way)
            took, p99 = time.perf_counter() - began, late[int(len(late) * 0.99)]
            print(f"{name:8} {took:5.2f} s   loop late by p99 {p99:6.2f} ms   max {late[-1]:6.2f} ms")


def memory(pid: int) -> float:
    """Return how many megabytes a process holds, on Linux."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


async def in_a_row(charts: dict[str, Chart]) -> None:
    """Print what a thousand charts leave behind in the process that draws them."""
    some = list(charts.values())
    async with Executor() as executor:
        pid = await executor.run(os.getpid)
        late: list[float] = []
        for at in range(MANY):
            late += await loop_lag(partial(executor.draw, some[at % len(some)]))
            if at + 1 in {len(some), MANY // 10, MANY // 2, MANY}:
                print(
                    f"after {at + 1:5} charts {memory(pid):6.0f} MB, loop late by at most {max(late):.1f} ms"
                )


def main() -> None:
    """Measure and print."""
    charts = {}
    for name, result in tables().items():
        chart, _ = chart_and_choices(result, read_result(result), name)
        assert chart is not None
        charts[name] = chart
    asyncio.run(under_load(charts))
    print()
    compare(charts)
    print()
    asyncio.run(in_a_row(charts))


if __name__ == "__main__":
    main()
