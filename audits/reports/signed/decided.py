"""Page 1 of a paper that is made after the board has decided."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from audits.models import Audit, Cover, Review
from audits.reports.page_one import PageOne
from audits.scoring.board.paper_words import said_since
from audits.scoring.options.if_nothing import IF_NOTHING
from audits.services.due.board_decisions import said_by_board
from audits.services.due.contradictions import due_since
from audits.services.papers.next_date import (
    condition_due,
    next_after_board,
    still_written,
)


def as_decided(
    one: PageOne, audit: Audit, cover: Cover, on: date | None, last: Review | None
) -> PageOne:
    """Return page 1 with what the board decided in place of what waits for it.

    That is its purpose, its meeting, the proposed approval, and the next date. What
    was approved is no longer a choice, so doing nothing is not doing it. Once steps of
    it are done, computed words that held at the sign-off give way to what holds now.

    Args:
        one: Page 1 as it was before.
        audit: The audit.
        cover: The author's words.
        on: The day of the paper; without it, today.
        last: The last review of the audit.
    """
    board = said_by_board(audit)
    if board is None:
        return one
    following = next_after_board(
        *(board, cover, on or timezone.localdate()),
        valid_until=audit.valid_until,
        review_due=due_since(audit),
        condition_due=condition_due(last),
    )
    words = said_since(board, one.if_nothing).items()
    since: dict[str, Any] = {name: x for name, x in words if name not in one.written}
    gone = () if still_written(board, cover) else ("next_date",)
    return replace(
        one,
        purpose=board.head,
        meeting="",
        by_board=board.in_short,
        granted=board.granted,
        is_decided=True,
        is_deferred=one.asking == "asked",
        nothing_head=board.if_nothing,
        options=tuple(
            replace(each, why=each.why.replace(IF_NOTHING, board.if_nothing))
            for each in one.options
        ),
        standing=one.standing if one.conditions else "",
        next_date=following,
        back="",  # of what it put off it hears no result
        written=tuple(name for name in one.written if name not in gone),
        **since,
    )
