"""What page 1 of the verdict before says, proposed to the page 1 of a new audit."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.text import get_text_list

from audits.models import Audit, Cover
from audits.scoring.days import in_words
from audits.services.due.meeting_day import meeting_day, without_day
from audits.services.papers.page_one_words import LABELS, in_history

# Words that replace computed ones would say the old verdict's reasons and amounts.
_OF_THE_VERDICT = ("decision_asked", "if_nothing", "why_now")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """Words of an earlier page 1 that wait to be checked, and the day of its paper.

    `left` names the fields that had words as well, which are not proposed.
    """

    before: Audit
    day: date
    words: dict[str, Any]
    left: tuple[str, ...]

    @property
    def source(self) -> str:
        """Where the words come from."""
        return f"the paper of {in_words(self.day)}"

    @property
    def labels(self) -> str:
        """The fields that have words, in a row."""
        return get_text_list([f"“{LABELS[x]}”" for x in self.words], "and")

    @property
    def lines(self) -> tuple[tuple[str, str], ...]:
        """The words, each with the label of its field."""
        words = Cover(**self.words).as_stored
        return tuple((LABELS[x], in_history(x, words[x])) for x in self.words)


def proposed_words(audit: Audit) -> Proposed | None:
    """Return what an earlier page 1 proposes; None once somebody saved this one.

    Nothing of it is on page 1 before that, so nobody signs it unseen.

    Note: none or two queries.
    """
    if audit.supersedes_id is None or Cover.objects.filter(audit=audit.pk).exists():
        return None
    earlier = Cover.objects.filter(audit=audit.supersedes_id).select_related("audit")
    cover = earlier.first()
    if cover is None or cover.audit.signed_off_at is None:
        return None
    words = {x: y for x, y in _still_to_say(cover, timezone.localdate()).items() if y}
    if not words:
        return None
    return Proposed(
        before=cover.audit,
        day=timezone.localdate(cover.audit.signed_off_at),
        words=words,
        left=tuple(LABELS[x] for x in _OF_THE_VERDICT if getattr(cover, x)),
    )


def _still_to_say(cover: Cover, today: date) -> dict[str, Any]:
    """Return the words that do not depend on the verdict, without days that passed."""
    meeting, following = meeting_day(cover.meeting), meeting_day(cover.next_date)
    is_over = meeting is not None and meeting < today
    has_passed = following is not None and following < today
    return {
        "meeting": without_day(cover.meeting) if is_over else cover.meeting,
        "sponsor": cover.sponsor,
        "risks": cover.risks,
        "decide_by": None if cover.is_late(today) else cover.decide_by,
        "next_date": "" if has_passed else cover.next_date,
    }
