"""What is said of a score: what a team is asked about it, and how it differs from another."""

from functools import lru_cache

from django.template.defaultfilters import floatformat

from preventieplan.models import MAX_SCORE


def words_for(score: int | None) -> tuple[str, str]:
    """What a team is asked about its score: why, and what one more would take."""
    if score is None:
        return "We geven deze score, want …", "Een punt hoger zou het zijn als …"
    if score == MAX_SCORE:
        return f"We geven een {score}, want …", f"Het blijft een {score} als …"
    return f"We geven een {score}, want …", f"Een {score + 1} zou het zijn als …"


def own_words(*, score: int | None, want: str, hoger: str) -> tuple[tuple[str, str], ...]:
    """What a team said about its score: each question that it answered, with the answer."""
    answers = zip(words_for(score), (want, hoger), strict=True)
    return tuple((question, answer) for question, answer in answers if answer.strip())


@lru_cache
def difference_in_words(more: float) -> str:
    """How much higher or lower a score is than another, or a mean, then to one decimal."""
    return f"{floatformat(abs(more))} {'hoger' if more > 0 else 'lager'}" if more else "gelijk"
