"""The steps of the container file, as they stand there."""

from io import BytesIO

from dockerfile_parse import DockerfileParser

from tests.production import ROOT

DEPLOY = ROOT / "deploy"
CONTAINERFILE = DEPLOY / "Containerfile"

Steps = list[tuple[str, str]]


def stages() -> tuple[Steps, Steps]:
    """What builds, and what is built: instructions with what stands behind them."""
    parsed = DockerfileParser(fileobj=BytesIO(CONTAINERFILE.read_bytes())).structure
    steps = [(one["instruction"], one["value"]) for one in parsed]
    begins = [at for at, (what, _) in enumerate(steps) if what == "FROM"]
    assert len(begins) == 2
    return steps[: begins[1]], steps[begins[1] :]
