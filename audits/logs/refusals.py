"""What a stranger did wrong is no fault of the site."""

import copy
import logging

_REFUSED = range(400, 500)


class Refusals(logging.Filter):
    """Writes of a refused request a warning without a traceback, never an error.

    Anybody can send a wrong host, or more fields than are read: no alarm may ring.
    """

    def filter(self, record: logging.LogRecord) -> logging.LogRecord | bool:
        """Return a record as the log writes it."""
        if getattr(record, "status_code", None) not in _REFUSED:
            return True
        told = copy.copy(record)
        told.exc_info = told.exc_text = told.stack_info = None
        if told.levelno > logging.WARNING:
            told.levelno, told.levelname = logging.WARNING, "WARNING"
        return told
