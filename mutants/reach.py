"""Which tests run which lines."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from coverage import CoverageData

from mutants.changes import Mutant

NO_TEST = ""  # coverage's name for what runs outside any of them
# Seconds that a run may take, and those that each test adds: a busy machine must not look hung.
PATIENCE, PER_TEST = 60, 1


@dataclass(frozen=True)
class Reach:
    by_file: dict[str, dict[int, set[str]]]  # by path and line: the tests that run it

    @classmethod
    def read(cls, files: Iterable[Path]) -> "Reach":
        """Join what coverage noted, with paths from the root, in several runs."""
        by_file: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
        for file in files:
            data = CoverageData(str(file))
            data.read()
            for path in data.measured_files():
                for line, tests in data.contexts_by_lineno(path).items():
                    by_file[path][line].update(tests)
        return cls(by_file)

    def tests_for(self, mutant: Mutant) -> list[str]:
        """The tests that can see a mutant, those of its own chamber first.

        What runs on import, as a constant does, can be seen by all that runs something of its file.
        """
        lines = self.by_file[mutant.path]
        seeing = {test for line in mutant.lines or () for test in lines.get(line, ())}
        if mutant.lines is None or seeing == {NO_TEST}:
            seeing = {test for tests in lines.values() for test in tests}
        own = f"tests/{_chamber_of(mutant.path)}/"
        return sorted(seeing - {NO_TEST}, key=lambda test: (not test.startswith(own), test))


def _chamber_of(path: str) -> str:
    """The folder that holds the rules of a file: dossiers/velden of dossiers/velden/domain/x.py."""
    folder = Path(path).parent
    return str(folder.parent if folder.name == "domain" else folder)


def patience_with(tests: list[str]) -> float:
    return PATIENCE + PER_TEST * len(tests)
