"""What a team is asked about its score, in its own words."""

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
