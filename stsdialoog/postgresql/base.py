"""Django's own backend for PostgreSQL, with a pool that survives a restart of the server."""

from typing import Any

from django.db.backends.postgresql import base
from psycopg import Connection, OperationalError
from psycopg_pool import ConnectionPool


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Connection:
        """A connection of the pool that the server still knows.

        A restart ends all connections at once. The check that Django can ask of the pool
        (CONN_HEALTH_CHECKS) looks at one of them a second, while somebody waits.
        """
        connection: Connection = super().get_new_connection(conn_params)
        if self.pool and not _answers(connection):
            self.pool.putconn(connection)
            self.pool.check()
            connection = super().get_new_connection(conn_params)
        return connection


def _answers(connection: Connection) -> bool:
    try:
        ConnectionPool.check_connection(connection)
    except OperationalError:
        return False
    return True
