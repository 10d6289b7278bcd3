"""What the jobs cost, as a table."""

from collections.abc import Iterable

from clicks.rows import NotDone, Row

HEAD = "| who | job | clicks | screens | at most | holds |\n| --- | --- | ---: | ---: | --- | --- |"


def show(rows: Iterable[Row | NotDone]) -> bool:
    """Print each row as soon as it is counted. Whether all bars hold."""
    print(HEAD, flush=True)
    done = []
    for row in rows:
        print(_line(row), flush=True)
        done.append(row)
    broken = sum(not row.holds for row in done)
    print(f"\n{broken} of {len(done)} do not hold." if broken else f"\nAll {len(done)} hold.")
    return not broken


def _line(row: Row | NotDone) -> str:
    if isinstance(row, NotDone):
        return f"| ? | {row.job} | | | {row.why} | **not done** |"
    holds = "yes" if row.holds else "**no**"
    cost = f"{row.cost.clicks} | {row.cost.screens:.2f}"
    return f"| {row.who} | {row.job} | {cost} | {_bars(row)} | {holds} |"


def _bars(row: Row) -> str:
    bars = ((row.most_clicks, "click"), (row.most_screens, "screen"))
    return ", ".join(
        f"{most:g} {what}{'' if most == 1 else 's'}" for most, what in bars if most is not None
    )
