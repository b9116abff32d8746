"""How gunicorn serves Attune: `gunicorn config.wsgi --config python:config.gunicorn`.

The address is given with --bind, the number of processes with WEB_CONCURRENCY.
"""

import ctypes
import os
from contextlib import suppress

worker_class = "config.gunicorn_worker.WholeRequestWorker"
logger_class = "config.gunicorn_log.RequestLog"
# Requests that one process answers at a time, and its connections to the database.
threads = int(os.environ.get("WEB_THREADS") or 16)
# Connections that one process holds open, most of them idle or still sending.
worker_connections = 1000
# Seconds: until a process that does not react is replaced, until one that stops is
# ended, and that an idle connection is kept. The proxy keeps its own for less long.
timeout, graceful_timeout, keepalive = 60, 30, 30
accesslog = "-"
control_socket_disable = True
# A client must not choose the root path of the site.
forwarder_headers = ""

# Threads share one heap (M_ARENA_MAX = 1): with one each, memory that they freed lies
# idle. What a large page needed goes back to the system at once (M_TRIM_THRESHOLD and
# M_MMAP_THRESHOLD), not only once much of it lies idle. Other C libraries than glibc
# know no such thing.
with suppress(AttributeError, OSError):
    for option, value in ((-8, 1), (-1, 128 * 1024), (-3, 64 * 1024)):
        ctypes.CDLL(None).mallopt(option, value)
