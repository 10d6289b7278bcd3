"""What a storm of saves did to the history, judged by what the server had answered."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from uuid import UUID

Key = tuple[UUID | None, int | None]


@dataclass(frozen=True)
class Sent:
    """A text of a page, sent once or more often.

    basis: the newest revision of the field that its writer had seen.
    beneath: whether it was to stand below the text of that revision.
    acknowledged: whether the server answered that it was saved.
    overtaken_by: the later change of the same field that was sent before this one was answered,
        in the place of which nothing of this one has to be kept.
    """

    veld: str
    pagina: UUID
    nummer: int
    basis: int
    text: str
    beneath: bool = False
    acknowledged: bool = True
    overtaken_by: int | None = None


@dataclass(frozen=True)
class Row:
    """A saved text, as it stands in the history."""

    revisie: int
    text: str
    pagina: UUID | None = None
    nummer: int | None = None

    @property
    def key(self) -> Key:
        return self.pagina, self.nummer


@dataclass(frozen=True)
class History:
    """The history of one field by revision, and what the field itself says."""

    rows: Sequence[Row]
    revisie: int
    text: str


@dataclass(frozen=True)
class Verdict:
    """What went wrong, in texts.

    lost: saved according to the answer, and not in the history.
    doubled: more than once in it.
    disordered: on top of what the same page typed later.
    gaps: revisions that are missing, and fields that say something else than their history.
    unseen: on top of a text of another page that the writer had not seen, without a conflict.
    """

    lost: int = 0
    doubled: int = 0
    disordered: int = 0
    gaps: int = 0
    unseen: int = 0

    def __add__(self, other: "Verdict") -> "Verdict":
        return Verdict(*(mine + its for mine, its in zip(self.faults, other.faults, strict=True)))

    @property
    def faults(self) -> tuple[int, ...]:
        return self.lost, self.doubled, self.disordered, self.gaps, self.unseen


def judge(sent: Iterable[Sent], histories: Mapping[str, History]) -> Verdict:
    by_veld: dict[str, list[Sent]] = {veld: [] for veld in histories}
    for one in sent:
        by_veld[one.veld].append(one)
    verdicts = (_judge_field(by_veld[veld], history) for veld, history in histories.items())
    return sum(verdicts, Verdict())


def _judge_field(sent: list[Sent], history: History) -> Verdict:
    rows = history.rows
    typed = [row for row in rows if row.pagina is not None]
    return Verdict(
        lost=sum(_is_lost(one, rows) for one in sent if one.acknowledged),
        doubled=_repeated([row.key for row in typed], [row.text for row in typed]),
        disordered=sum(_is_disordered(row, typed) for row in typed),
        gaps=_gaps(history),
        unseen=_unseen({(one.pagina, one.nummer): one.basis for one in sent}, typed, rows),
    )


def _is_lost(one: Sent, rows: Sequence[Row]) -> bool:
    kept = {row.key: row.text for row in rows}
    if kept.get((one.pagina, one.nummer)) == _expected(one, rows):
        return False
    return one.overtaken_by is None or (one.pagina, one.overtaken_by) not in kept


def _expected(one: Sent, rows: Sequence[Row]) -> str:
    if not one.beneath:
        return one.text
    return f"{rows[one.basis - 1].text}\n\n{one.text}"


def _repeated(keys: list[Key], texts: list[str]) -> int:
    return max(len(values) - len(set(values)) for values in (keys, texts))


def _is_disordered(row: Row, typed: list[Row]) -> bool:
    earlier = (one for one in typed if one.pagina == row.pagina and one.revisie < row.revisie)
    return any((one.nummer or 0) > (row.nummer or 0) for one in earlier)


def _gaps(history: History) -> int:
    numbers = [row.revisie for row in history.rows]
    missing = sum(after - before != 1 for before, after in pairwise([0, *numbers]))
    last = history.rows[-1] if history.rows else Row(0, "")
    return missing + ((history.revisie, history.text) != (last.revisie, last.text))


def _unseen(bases: Mapping[Key, int], typed: list[Row], rows: Sequence[Row]) -> int:
    """How many texts stand on one of another page that came after what their writer had seen."""
    return sum(
        any(bases[row.key] < one.revisie < row.revisie and one.pagina != row.pagina for one in rows)
        for row in typed
        if row.key in bases
    )
