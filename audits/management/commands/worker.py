"""Does queued work: papers, packs, re-scorings, imports; survives any outage."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from audits.outages import outage_of
from audits.services.market.landscapes import stored_in_force

logger = logging.getLogger(__name__)
PAUSE = 3  # seconds, between two tries while the database does not answer


class PatientWorker(Worker):
    """Starts again when the database is back.

    Its current job has a lease, and housekeeping queues it again.
    """

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        with stored_in_force():
            super().run_task(db_task_result)

    def run(self) -> None:
        while self.running:
            try:
                super().run()
            except (DatabaseError, InterfaceError) as error:
                if outage_of(error) is None:
                    raise
                logger.warning("The database does not answer; trying again: %s", error)
                connection.close()
                self.startup_delay = False
                if self.running:
                    time.sleep(PAUSE)
            else:
                return


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--batch", action="store_true", help="Stop when nothing is queued."
        )
        parser.add_argument(
            "--interval",
            type=float,
            default=1,
            metavar="SECONDS",
            help="How often to look for work (default: 1).",
        )
        parser.add_argument(
            "--no-startup-delay",
            action="store_false",
            dest="startup_delay",
            help="Start at once, not at a random time within a second.",
        )

    def handle(
        self, *_: Any, batch: bool, interval: float, startup_delay: bool, **__: Any
    ) -> None:
        worker = PatientWorker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=interval,
            batch=batch,
            backend_name="default",
            startup_delay=startup_delay,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        worker.configure_signals()
        worker.run()
