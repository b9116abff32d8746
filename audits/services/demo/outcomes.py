"""Gives use cases of the sample a signed paper of some months ago, and usage since.

The usage is synthetic, and marked as that.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from audits.models import Audit, Review, User
from audits.services.answers.answers import fresh_audit
from audits.services.read_files.outcome_files import count_models
from audits.services.read_files.usage_uploads import keep_usage
from audits.services.reviews.drafts.renewals import begin_again
from audits.services.reviews.reviews import review_audit, submission_of
from audits.usage.reading import values_of
from audits.usage.rows import Usage, UsageFile

_DAY = timedelta(days=1)
# What a month has of each, by the names that the sample gives them.
_PER_CALL = {
    "input": "input_tokens",
    "cached": "cached_tokens",
    "output": "output_tokens",
}


def follow_paper(*, audit: Audit, by: User, reviewer: User) -> Audit:
    """Sign off an audit two days after it was submitted, and begin the next one."""
    review = review_audit(
        audit=audit,
        by=reviewer,
        outcome=Review.Outcome.APPROVED,
        submission=submission_of(audit),
        opened=True,
    )
    signed = fresh_audit(audit)
    assert signed.submitted_at is not None  # noqa: S101 - it was submitted
    at = signed.submitted_at + timedelta(days=2)
    Review.objects.filter(pk=review.pk).update(at=at)
    Audit.objects.filter(pk=signed.pk).update(signed_off_at=at)
    return begin_again(audit=signed, by=by)


def add_sample_usage(*, audit: Audit, by: User, given: Mapping[str, Any]) -> None:
    """Let a synthetic usage file of the latest whole months count.

    Args:
        audit: A signed audit of the use case.
        by: Who uploads it.
        given: Its `name`, and `months` with what each used, the latest last: `calls`,
            tokens a call as `input`, `cached` of it and `output`, the `model`, and the
            `bill` in US dollars, if the file has bills.
    """
    found = _usage(given["months"], timezone.localdate())
    kept = keep_usage(
        audit=audit, by=by, found=found, name=given["name"], is_synthetic=True
    )
    count_models(audit=audit, by=by, kept=kept, models=found.models)


def _usage(months: list[Mapping[str, Any]], today: date) -> UsageFile:
    firsts = [today.replace(day=1)]
    for _ in months:
        firsts.append((firsts[-1] - _DAY).replace(day=1))
    firsts.reverse()
    rows = tuple(
        row
        for month, first, following in zip(months, firsts, firsts[1:], strict=False)
        for row in _days(month, first, following)
    )
    made = UsageFile(
        format="CSV",
        first=firsts[0],
        last=firsts[-1] - _DAY,
        rows=rows,
        currency="USD" if any(row.cost is not None for row in rows) else None,
    )
    text = json.dumps(values_of(made))
    return replace(made, digest=hashlib.sha256(text.encode()).hexdigest())


def _days(month: Mapping[str, Any], first: date, following: date) -> Iterator[Usage]:
    """Yield a month as its days, which have the same but for what is left over."""
    count = (following - first).days
    bill = month.get("bill")
    for number in range(count):
        calls = month["calls"] // count + (number < month["calls"] % count)
        yield Usage(
            day=first + number * _DAY,
            model=month["model"],
            requests=calls,
            cost=None if bill is None else Decimal(bill) * calls / month["calls"],
            **{field: month[key] * calls for key, field in _PER_CALL.items()},
        )
