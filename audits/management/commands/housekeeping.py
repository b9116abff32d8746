"""Does all periodic work; run it every minute, or with --every."""

import logging
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections, connection
from django.utils import timezone

from audits.discussion.tasks import queue_digests
from audits.imports import tasks as imports
from audits.outages import Outage, outage_of
from audits.portfolio.changing import tasks as changing
from audits.reports.tasks import queue_overdue_again
from audits.services.files.stored_files import check_files, remove_orphans
from audits.services.jobs import fair_queue
from audits.services.jobs.expiry import remove_ended_sessions, remove_old_tasks
from audits.services.market.landscapes import stored_in_force
from audits.services.organizations import ended_invitations
from audits.services.papers.packs.pack_room import expire_packs
from audits.services.people import rate_limits
from audits.services.portfolio.earlier_months import work_out_months
from audits.services.portfolio.freed import follow_freed
from audits.services.portfolio.rows import add_missing_portfolio_rows
from audits.services.portfolio.scored_again import score_drafts_again
from audits.services.portfolio.snapshots import take_snapshots
from audits.services.privacy.closing import remove_closed
from audits.services.privacy.retention import forget_sign_ins, remove_old
from audits.services.record.anchors import anchor_heads
from audits.services.record.late_lines import write_late_lines
from audits.services.record.record_checks import check_records
from audits.services.reviews.drift import watch_drift
from audits.time_machine import tasks as time_machine

logger = logging.getLogger(__name__)
PAUSE = 3  # seconds, between two tries while the database does not answer
# The line printed for each step, with how much it did.
_STEPS: tuple[tuple[str, Callable[[], int]], ...] = (
    ("Use cases added to the portfolio", add_missing_portfolio_rows),
    ("Use cases for which money is freed from today on", follow_freed),
    ("Drafts scored with other market facts", score_drafts_again),
    ("Verdicts that became due for review", watch_drift),
    ("Digests of inboxes queued", queue_digests),
    # Before this month is counted: what is counted today has been looked at.
    ("Earlier months worked out", lambda: work_out_months(timezone.localdate())),
    (
        "Organizations counted for this month",
        lambda: take_snapshots(timezone.localdate()),
    ),
    ("Papers and packs queued again", queue_overdue_again),
    ("Files of packs removed to make room", expire_packs),
    ("Stored files that are missing, altered or cannot be read", check_files),
    ("Unused files removed", remove_orphans),
    ("Re-scorings queued again", time_machine.queue_overdue_again),
    ("Re-scorings of earlier days removed", time_machine.forget_old),
    ("Imports queued again", imports.queue_overdue_again),
    ("Old import files removed", imports.forget_old),
    ("Changes of many use cases queued again", changing.queue_overdue_again),
    ("Old changes of many use cases removed", changing.forget_old),
    ("Tasks moved to the front", fair_queue.move_longest_waiting_to_front),
    ("Expired counts removed", rate_limits.forget_old),
    ("Old invitations removed", ended_invitations.forget_old),
    ("Drafts and old verdicts removed, as organizations chose", remove_old),
    ("Old sign-ins without their person from now on", forget_sign_ins),
    ("Closed organizations removed", remove_closed),
    ("Lines added late to records of events", write_late_lines),
    ("Records of events checked", check_records),
    ("Latest lines of records anchored", anchor_heads),
    ("Ended sessions removed", remove_ended_sessions),
    ("Old finished tasks removed", remove_old_tasks),
)


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every",
            type=int,
            metavar="SECONDS",
            help="Repeat with a pause of this many seconds.",
        )

    def handle(self, *_: Any, every: int | None, **__: Any) -> None:
        broken, answered = self._keep_house()
        while every:
            time.sleep(every if answered else min(every, PAUSE))
            close_old_connections()
            broken, answered = self._keep_house()
        if broken:
            message = f"Stopped early, see the log: {', '.join(broken)}."
            raise CommandError(message)

    def _keep_house(self) -> tuple[list[str], bool]:
        """Do every step, even if others fail.

        Returns the steps that failed, and whether the database answered. If it did not,
        the other steps wait.
        """
        broken = []
        for words, step in _STEPS:
            try:
                with stored_in_force():
                    found = step()
            except Exception as error:
                broken.append(words)
                if outage_of(error) is Outage.UNREACHABLE:
                    logger.warning("housekeeping waits for the database: %s", error)
                    connection.close()
                    return broken, False
                logger.exception("housekeeping stopped: %s", words)
            else:
                if found:
                    self.stdout.write(f"{words}: {found}")
        return broken, True
