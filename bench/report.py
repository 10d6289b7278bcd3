"""The figures as a table, ready for docs/operations.md."""

from collections.abc import Iterable

from django.db import connection

from bench.crowd import PDFS, Crowd
from bench.data import ACTIONS, FEW
from bench.flanders import Compared
from bench.meeting import Meeting
from bench.opruimen import Opruimen
from bench.pages import CLB_OVERVIEW, GOAL_PAGE, SIZES, Figure, overview_of
from bench.reminders import Sent
from bench.rounds import PHONES, ROUNDS, Halls


def show(figures: Iterable[Figure]) -> None:
    """Print the table, each row as soon as its figure is measured."""
    print(f"\n{connection.vendor}, in process, milliseconds; `least` is the same run's floor\n")
    print(
        "| page | schools | median | p95 | queries | bytes | elements | times the least "
        "| 1000 / 10 schools |"
    )
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    medians = {}
    for figure in figures:
        medians[figure.page] = figure.timings[1].median_ms
        growth = figure.timings[1].median_ms / figure.timings[0].median_ms
        for index, schools in enumerate(SIZES):
            timing, floor = figure.timings[index], figure.floors[index]
            print(
                f"| {figure.page} | {schools} | {timing.median_ms:.1f} | {timing.p95_ms:.1f} "
                f"| {figure.queries[index]} | {figure.wire[index]} "
                f"| {(figure.elements or '') if index else ''} "
                f"| {timing.median_ms / floor.median_ms:.2f} "
                f"| {f'{growth:.2f}' if index else ''} |",
                flush=True,
            )
    for page, limit in ((overview_of(ACTIONS[FEW]), 2.8), (CLB_OVERVIEW, 3)):
        times = medians[page] / medians[GOAL_PAGE]
        print(f"\n{page}: {times:.2f} times a {GOAL_PAGE}, where {limit} is the limit.")


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


def show_regions(made: Iterable[tuple[str, float]]) -> None:
    for name, seconds in made:
        print(f"Database {name}: made in {seconds:.0f} s", flush=True)


def show_compared(figures: Iterable[Compared]) -> None:
    """Print ratios of processor time, each as soon as it is measured."""
    print(f"\n{connection.vendor}, in process, processor time with that of the database\n")
    print("| page | base ms | ratio | 95 % | limit | queries | bytes |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for figure in figures:
        ratio = figure.ratio
        print(
            f"| {figure.name} | {ratio.base_ms:.1f} | {ratio.times:.2f} "
            f"| {ratio.low:.2f} to {ratio.high:.2f} | {figure.limit or ''} "
            f"| {figure.queries} | {figure.wire} |",
            flush=True,
        )


def show_settled(dossiers: int, seconds: float) -> None:
    print(f"\nThe figures of a month: {dossiers} dossiers in {seconds:.0f} s")


def show_first_visit(wire: int) -> None:
    print(f"\nA first visit to a goal page: {wire / 1000:.0f} kB, where 130 is the limit.")


def show_opruimen(found: Opruimen) -> None:
    print(f"\n{found.due} records were due; it took {found.seconds:.0f} s. A save meanwhile:")
    print("\n| | saves | median ms | 95 % ms | longest ms |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, one in (("before", found.alone), ("beside ruim_op", found.beside)):
        longest = max(one.seconds) * 1000
        print(
            f"| {name} | {len(one.seconds)} | {one.median_ms:.0f} | {one.p95_ms:.0f} "
            f"| {longest:.0f} |"
        )


def show_reminders(found: Iterable[Sent]) -> None:
    print("\n| | people | mails | arrived | seconds | MB before | MB at most |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for one in found:
        assert one.mails == one.arrived == one.apart
        print(
            f"| {one.name} | {one.people} | {one.mails} | {one.arrived} "
            f"| {one.seconds:.0f} | {one.before:.0f} | {one.most:.0f} |",
            flush=True,
        )


def show_meetings(meetings: Iterable[Meeting]) -> None:
    print("\n| people | requests | each second | median ms | bytes | of the bare saves |")
    print("| ---: | --- | ---: | ---: | ---: | ---: |")
    for meeting in meetings:
        for name, one in (("bare saves", meeting.bare), ("a meeting", meeting.mix)):
            print(
                f"| {meeting.clients} | {name} | {one.per_second:.1f} | {one.median_ms:.0f} "
                f"| {one.wire:.0f} | {one.per_second / meeting.bare.per_second:.2f} |",
                flush=True,
            )


def show_rounds(halls: Halls) -> None:
    """Print what a goal page takes beside halls that score, and how soon a beamer knows."""
    alone, beside = halls.alone.median_ms, halls.beside.median_ms
    print(f"\n{connection.vendor}, over HTTP: {ROUNDS} rounds of {PHONES} phones at once\n")
    print("| goal page alone, ms | beside | beside / alone (at most 1.3) | p95 beside |")
    print("| ---: | ---: | ---: | ---: |")
    print(f"| {alone:.1f} | {beside:.1f} | {beside / alone:.2f} | {halls.beside.p95_ms:.1f} |")
    slowest = max(halls.known_after)
    print(f"\nBeamers knew after {slowest:.1f} s at most, where 2 is the limit.")
    print(f"{halls.asked} questions of who waits, with answers of {halls.largest} bytes at most.")
