"""Starts workers that are warm at once: `python -m tests.faults.nursery`.

It loads all that a worker loads and touches no database. For each line it reads it
forks one, which makes papers until the queue is empty, and prints its process id. A
line is JSON: the folder of `media`, and how many decisions a pack of one file has at
`most`.
"""

import json
import os
import signal
import sys
from pathlib import Path

import django


def main() -> None:
    django.setup()
    from django.conf import settings  # noqa: PLC0415 - after the set-up
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up
    from django.urls import get_resolver  # noqa: PLC0415

    from audits.frameworks.loading import loader as frameworks  # noqa: PLC0415
    from audits.landscape import loader as landscape  # noqa: PLC0415
    from audits.management.commands import worker  # noqa: F401, PLC0415
    from audits.models import BoardPack  # noqa: PLC0415 - after the set-up
    from audits.reports import tasks  # noqa: F401, PLC0415 - loaded here, not by each

    _ = get_resolver().url_patterns
    frameworks.current()
    landscape.built_in()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need nobody to bury them
    for line in sys.stdin:
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdin.close()
            order = json.loads(line)
            settings.MEDIA_ROOT = Path(order["media"])
            BoardPack.MOST_IN_ONE = order["most"]
            call_command("worker", "--batch", "--no-startup-delay", verbosity=0)
            return
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


main()
