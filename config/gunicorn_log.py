"""The web server's log: lines like the site's, without secrets."""

import logging
from datetime import timedelta
from typing import Any

from gunicorn.config import Config
from gunicorn.glogging import Logger

from audits.logs import formatter, request_name
from audits.logs.redaction import redacted_address


class RequestLog(Logger):  # type: ignore[misc]
    """Logs the address and the result of each request, without personal data."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(formatter())

    def access(
        self, resp: Any, req: Any, environ: dict[str, Any], request_time: timedelta
    ) -> None:
        if not self.access_log_enabled:
            return
        path = redacted_address(
            environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        )
        status = int(str(resp.status).split(maxsplit=1)[0])
        asked = {
            "method": environ.get("REQUEST_METHOD", ""),
            "path": path,
            "status": status,
            "duration_ms": round(request_time.total_seconds() * 1000),
            "user_id": environ.get("attune.user"),
            "organization_id": environ.get("attune.organization"),
            "request_id": environ.get(request_name.KEY),
        }
        self.access_log.log(logging.INFO, "request", extra={"asked": asked})
