"""Does what has to be done from time to time; run it every minute, or with --every."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from audits.reports.tasks import queue_overdue_again, remove_orphans
from audits.services.drift import watch_drift
from audits.services.snapshots import take_snapshots
from audits.services.standings import stand_missing
from audits.time_machine import tasks as time_machine


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=int,
            metavar="SECONDS",
            help="Do it again and again, with a pause of so many seconds.",
        )

    def handle(self, *_: Any, every: int | None, **__: Any) -> None:
        self._keep_house()
        while every:
            time.sleep(every)
            close_old_connections()
            self._keep_house()

    def _keep_house(self) -> None:
        if stood := stand_missing():
            self.stdout.write(f"Use cases the portfolio had not known: {stood}")
        if due := watch_drift():
            self.stdout.write(f"Verdicts that became due for review: {due}")
        if counted := take_snapshots(timezone.localdate()):
            self.stdout.write(f"Organisations counted for this month: {counted}")
        if queued := queue_overdue_again():
            self.stdout.write(f"Papers and packs queued again: {queued}")
        if removed := remove_orphans():
            self.stdout.write(f"Files removed that nothing names: {removed}")
        if queued := time_machine.queue_overdue_again():
            self.stdout.write(f"Re-scorings queued again: {queued}")
        time_machine.forget_old()
