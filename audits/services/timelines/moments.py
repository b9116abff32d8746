"""One thing that happened with a use case."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from audits.frameworks.named import NamedVerdict
from audits.models import User
from audits.services.reviews.drafts.origin import Origin
from audits.services.timelines.changes import Change
from audits.services.timelines.contributions import AnswerTold

type Kind = Literal[
    "started",
    "copied",
    "submitted",
    "taken_back",
    "put_back",
    "approved",
    "conditions",
    "sent_back",
    "opinion",
    "overridden",
    "override_ended",
    "shared",
    "share_ended",
    "condition_met",
    "condition_confirmed",
    "condition_open",
    "board",
    "board_step",
    "board_back",
    "due",
    "market",
    "discarded",
    "results",
    "results_read",
    "results_removed",
    "result_changed",
    "results_back",
    "checked",
    "usage",
    "usage_read",
    "usage_removed",
    "paper",
    "page_one",
    "changed",
    "imported",
    "changed_by_import",
    "asked",
    "asked_answered",
    "answered",
    "notes",
    "numbers",
    "offer",
    "typed",
    "both_answered",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One thing that happened.

    `number` is that of its audit, counted from 1 in the order in which the audits of
    the use case began; it and `audit` are None where it belongs to none. `other`,
    `about`, `named` and `count` are those of a contribution; `about` is the id of a
    condition, whose words are its `name`; of page 1 it is the parts that changed. Else
    `name` is a file's name, empty for an inventory that is gone, `verdict` what was
    submitted, `words` what a reviewer wrote, what a submitter answered or why a review
    is due, and `origin` what the use case was copied from. `changes` are those of the
    use case itself, and `count` then how many others changed with it. Of entries,
    `verdict` is what they led to and `before` the verdict before them, if it is another
    one, and `answers` says each answer. Of an override, `verdict` is what counts and
    `named` what was computed; of a second opinion, `named` says how it compares; of
    a share, `name` is for whom, `about` the id of the paper, and `named` of a link.
    """

    kind: Kind
    at: datetime
    by: User | None = None
    audit: UUID | None = None
    number: int | None = None
    name: str = ""
    verdict: NamedVerdict | None = None
    words: str = ""
    origin: Origin | None = None
    other: User | None = None
    about: str = ""
    named: str = ""
    count: int = 0
    changes: tuple[Change, ...] = ()
    answers: tuple[AnswerTold, ...] = ()
    before: NamedVerdict | None = None
