"""Starts workers that are warm at once: `python -m tests.faults.nursery`.

It loads all that a worker loads and touches no database. For each line it reads it
forks one, which makes papers until the queue is empty, and prints its process id.
"""

import os
import signal
import sys

import django


def main() -> None:
    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 - after the set-up

    from audits.management.commands import worker  # noqa: F401, PLC0415
    from audits.reports import tasks  # noqa: F401, PLC0415 - loaded here, not by each

    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the dead need nobody to bury them
    for _ in sys.stdin:
        pid = os.fork()
        if not pid:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            sys.stdin.close()
            call_command("worker", "--batch", "--no-startup-delay", verbosity=0)
            return
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


main()
