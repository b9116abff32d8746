"""How long Attune waits for PostgreSQL, and how it notices an outage."""

from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from psycopg_pool import ConnectionPool

from config.gunicorn import threads

# Seconds. The server ends a statement after 15. An answer that is still not there a
# little later will not come: the server hangs, or the network is gone.
_STATEMENT, _LOCK, _CONNECTION, _CHECK = 15, 3, 3, 2
_ANSWER = _STATEMENT + 3.0


class BoundedConnection(psycopg.Connection[Any]):
    """A connection that does not wait for an answer forever."""

    patience = _ANSWER

    def wait(
        self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None
    ) -> RV:
        return super().wait(
            gen, interval, self.patience if timeout is None else timeout
        )


def _check(connection: BoundedConnection) -> None:
    """Ask a connection that was idle whether it still works, and wait briefly."""
    connection.patience = _CHECK
    try:
        ConnectionPool.check_connection(connection)
    finally:
        connection.patience = _ANSWER


OPTIONS: dict[str, Any] = {
    "connect_timeout": _CONNECTION,
    "keepalives_idle": 10,
    "keepalives_interval": 3,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # milliseconds
    "options": f"-c statement_timeout={_STATEMENT}s -c lock_timeout={_LOCK}s",
    "pool": {
        "connection_class": BoundedConnection,
        "check": _check,
        "min_size": 1,
        "max_size": threads,
        "timeout": 3,
        # How long until a lost connection is given up, and the next request tries again
        # at once. The pool doubles its pauses until then, so a longer time would
        # continue to pause when the database is back.
        "reconnect_timeout": 2,
    },
}
