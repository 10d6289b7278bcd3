"""The figures as a table, ready for docs/operations.md."""

from collections.abc import Iterable

from django.db import connection

from bench.pages import SIZES, Figure


def show(figures: Iterable[Figure]) -> None:
    """Print the table, each row as soon as its figure is measured."""
    print(f"\n{connection.vendor}, in process, milliseconds; `least` is the same run's floor\n")
    print("| page | schools | median | p95 | queries | times the least | 1000 / 10 schools |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for figure in figures:
        growth = figure.timings[1].median_ms / figure.timings[0].median_ms
        for index, schools in enumerate(SIZES):
            timing, floor = figure.timings[index], figure.floors[index]
            print(
                f"| {figure.page} | {schools} | {timing.median_ms:.1f} | {timing.p95_ms:.1f} "
                f"| {figure.queries[index]} | {timing.median_ms / floor.median_ms:.2f} "
                f"| {f'{growth:.2f}' if index else ''} |",
                flush=True,
            )
