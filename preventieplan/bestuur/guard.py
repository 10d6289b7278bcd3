"""The triggers that keep a fixed routekaart as it is: none is changed, and none goes before its
day.

One goes earlier only with its school, once somebody asked for that to be erased, and from a school
to practise with.
"""

from dossiers.mensen.models import School
from preventieplan.bestuur.models import VastgesteldeRoutekaart
from stsdialoog.triggers import Guard

TABLE = VastgesteldeRoutekaart._meta.db_table
REFUSAL = "a fixed routekaart is not changed"
# Its school, when that is one that stays.
STAYS = (
    f"SELECT 1 FROM {School._meta.db_table} s "  # noqa: S608 (the name of a table of ours)
    "WHERE s.id = OLD.school_id AND NOT s.oefen AND s.wissen_op IS NULL"
)

# A database says what day it is elsewhere; the night that deletes waits two days more (domain).
TRIGGERS: dict[str, dict[str, str]] = {
    "sqlite": {
        "routekaart_vast": (
            f"CREATE TRIGGER routekaart_vast BEFORE UPDATE ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        ),
        "routekaart_te_jong": (
            f"CREATE TRIGGER routekaart_te_jong BEFORE DELETE ON {TABLE} "
            f"WHEN OLD.bewaren_tot >= date('now') AND EXISTS ({STAYS}) "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        ),
    },
    "postgresql": {
        "routekaart_vast": (
            "CREATE OR REPLACE FUNCTION routekaart_vast() RETURNS trigger LANGUAGE plpgsql AS "
            "$guard$ BEGIN "
            f"IF TG_OP = 'DELETE' AND (OLD.bewaren_tot < current_date OR NOT EXISTS ({STAYS})) "
            "THEN RETURN OLD; END IF; "
            f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $guard$; "
            f"DROP TRIGGER IF EXISTS routekaart_vast ON {TABLE}; "
            f"CREATE TRIGGER routekaart_vast BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION routekaart_vast()"
        ),
    },
}
GUARD = Guard(TABLE, TRIGGERS)
lay, lifted = GUARD.lay, GUARD.lifted
