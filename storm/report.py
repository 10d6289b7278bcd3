"""What a storm did, as tables."""

from django.db import connection

from storm.answers import SERVER_ERROR, Answers
from storm.saves import Outcome


def show_requests(answers: Answers) -> bool:
    """Print how many requests got which status, and what failed. Whether nothing did."""
    total = answers.statuses.total()
    print(f"\n{connection.vendor}: {total} requests that no browser sends\n")
    print("| status | requests |\n| --- | ---: |")
    for status, count in sorted(answers.statuses.items()):
        print(f"| {status} | {count} |")
    for why, request in answers.failures.items():
        print(f"\n{why}\n{request}")
    errors = sum(count for status, count in answers.statuses.items() if status >= SERVER_ERROR)
    print(f"\n{errors} times 5xx, {len(answers.failures)} kinds of failure", flush=True)
    return not answers.failures


def show_saves(outcome: Outcome) -> bool:
    """Print what was sent and killed, and what the history lacks. Whether it lacks nothing."""
    log, verdict = outcome.log, outcome.verdict
    figures = {
        "texts acknowledged": log.acknowledged,
        "conflicts shown": log.conflicts,
        "answers of a board acknowledged": outcome.answered,
        "requests sent again": outcome.failed,
        **outcome.done,
        "lost": verdict.lost,
        "doubled": verdict.doubled,
        "out of order": verdict.disordered,
        "gaps": verdict.gaps,
        "without a conflict": verdict.unseen,
    }
    velden = len({one.veld for one in log.sent})
    print(f"\n{connection.vendor}: saves in {velden} fields, {outcome.seconds:.0f} s\n")
    print("| what | how many |\n| --- | ---: |")
    for what, count in figures.items():
        print(f"| {what} | {count} |", flush=True)
    return not any(verdict.faults)
