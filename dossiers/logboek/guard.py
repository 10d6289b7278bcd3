"""The triggers that keep the log what it is: no line is changed, and none goes before its time."""

from dossiers.logboek.models import DAGEN_BEWAARD, Logregel
from stsdialoog.triggers import Guard

TABLE = Logregel._meta.db_table
REFUSAL = "the log is not changed"

TRIGGERS: dict[str, dict[str, str]] = {
    "sqlite": {
        "logregel_vast": (
            f"CREATE TRIGGER logregel_vast BEFORE UPDATE ON {TABLE} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        ),
        "logregel_te_jong": (
            f"CREATE TRIGGER logregel_te_jong BEFORE DELETE ON {TABLE} "
            f"WHEN OLD.op > datetime('now', '-{DAGEN_BEWAARD} days') "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        ),
    },
    "postgresql": {
        "logregel_vast": (
            "CREATE OR REPLACE FUNCTION logregel_vast() RETURNS trigger LANGUAGE plpgsql AS "
            "$guard$ BEGIN "
            f"IF TG_OP = 'DELETE' AND OLD.op <= now() - interval '{DAGEN_BEWAARD} days' "
            "THEN RETURN OLD; END IF; "
            f"RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $guard$; "
            f"DROP TRIGGER IF EXISTS logregel_vast ON {TABLE}; "
            f"CREATE TRIGGER logregel_vast BEFORE UPDATE OR DELETE ON {TABLE} "
            "FOR EACH ROW EXECUTE FUNCTION logregel_vast()"
        ),
    },
}
GUARD = Guard(TABLE, TRIGGERS)
lay, lifted = GUARD.lay, GUARD.lifted
