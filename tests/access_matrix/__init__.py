"""The vocabulary of the access matrix; the rows of each subject are in a module of this package.

Each has `ROWS` and `args(huis)`: the arguments of its URLs, always something of Sint-Jozef.
"""

from typing import NamedTuple

ROLES = [
    *("anoniem", "oscar"),
    *("lezer", "team", "medewerker", "ankerfiguur"),
    *("ander_lezer", "ander_team", "ander_medewerker", "ander_ankerfiguur"),
    "plglid",
]

# The column order is that of ROLES: outside | our school | another school and CLB | a member of a
# PLG. The last one may be left out where she gets what anybody gets who belongs nowhere.
PUBLIC = "200 200  200 200 200 200  200 200 200 200"
NOT_WHEN_LOGGED_IN = "200 302  302 302 302 302  302 302 302 302"
LOGGED_IN = "302 200  200 200 200 200  200 200 200 200"
MOVES_ON = "302 302  302 302 302 302  302 302 302 302"
ONLY_STAFF = MOVES_ON
READ = "302 404  200 200 200 200  404 404 404 404"
WRITE = "403 404  403 302 302 302  404 404 404 404"
MANAGE_PAGE = "302 404  403 403 403 200  404 404 404 404"
MANAGE = "403 404  403 403 403 302  404 404 404 404"


class Row(NamedTuple):
    method: str
    name: str
    expected: str
    data: dict = {}

    @property
    def by_role(self) -> dict[str, int]:
        """The status that each role gets."""
        statuses = [int(status) for status in self.expected.split()]
        if len(statuses) < len(ROLES):
            statuses.append(statuses[ROLES.index("oscar")])
        return dict(zip(ROLES, statuses, strict=True))
