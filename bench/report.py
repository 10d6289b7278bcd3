"""The figures as a table, ready for docs/operations.md."""

from collections.abc import Iterable

from django.db import connection

from bench.crowd import PDFS, Crowd
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


def show_crowd(crowd: Crowd) -> None:
    """Print what pages and documents take when many documents are asked for at once."""
    there = f"All there after {crowd.all_there:.0f} s."
    print(f"\n{PDFS} plans at once, over HTTP, milliseconds. {there}\n")
    print("| page | alone | beside | p95 beside | beside / alone |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, alone in crowd.alone.items():
        beside = crowd.beside[name]
        print(
            f"| {name} | {alone.median_ms:.1f} | {beside.median_ms:.1f} | {beside.p95_ms:.1f} "
            f"| {beside.median_ms / alone.median_ms:.2f} |"
        )
    repeated = crowd.repeated.median_ms
    print("\n| document | first | again | again / first |\n| --- | ---: | ---: | ---: |")
    print(
        f"| plan | {crowd.first * 1000:.0f} | {repeated:.1f} "
        f"| {repeated / crowd.first / 1000:.3f} |"
    )
