"""Copies a use case: a new draft that starts from the answers of another."""

from collections.abc import Container, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from audits.frameworks.answering.moving import moved
from audits.models import Audit, Stage, User, Version
from audits.models.audits import values
from audits.scoring.inputs import codes_of
from audits.scoring.numbers import numbers
from audits.services.portfolio.rows import update_portfolio_row
from audits.services.record import events
from audits.services.use_cases.use_cases import register_use_case
from audits.services.verdicts.assessments import (
    SCORE_FIELDS,
    assess_today,
    framework_of,
    store_score,
)

_COPY_OF = "Copy of "
LONGEST = 80
# Nothing about a copy was documented or measured yet.
_KEPT_LEVEL = "asserted"


@transaction.atomic
def copy_use_case(
    *, audit: Audit, by: User, shown: int | None = None, name: str = ""
) -> Audit:
    """Register a use case with the answers, numbers and notes of another.

    Files and links, test results, levels above “asserted”, comments and signatures
    stay with the other: they are about that one. Answers that the current framework no
    longer accepts are left out. The person who copies owns it, and gives its answers.
    The copy keeps which audit it is from. It is planned, whatever the stage of the
    other: what runs, is being trained or has stopped is that one alone.

    Args:
        audit: The audit whose answers are copied.
        by: Who copies it.
        shown: The last number given when the page was opened, as registering has it:
            a page that is sent twice makes one copy.
        name: What the copy is called; “Copy of …” if empty.

    Returns:
        The new draft.
    """
    use_case = audit.use_case
    new = register_use_case(
        organization=audit.organization,
        by=by,
        owner=by,
        team=use_case.team,
        name=name or name_of_copy(use_case.name),
        summary=use_case.summary,
        stage=Stage.PLANNED,
        tags=use_case.tags,
        own=use_case.own,
        shown=shown,
    )
    if new.revision or new.answers:  # the page was sent before
        return new
    _fill(new, audit, by)
    Version.objects.bulk_create(versions_of(new))
    assessment = assess_today(new)
    store_score(new, assessment)
    new.save(
        update_fields=[
            *("answers", "levels", "numbers", "notes", "revision"),
            *("copied_from", "copied_number"),
            *SCORE_FIELDS,
        ]
    )
    update_portfolio_row(new, assessment)
    events.record(
        organization=audit.organization,
        actor=by,
        verb="use_case.copied",
        subject=new.use_case.reference,
        of=use_case.reference,
    )
    return new


def name_of_copy(name: str) -> str:
    """Return the name of a copy; a long one ends in “…”."""
    copied = f"{_COPY_OF}{name}"
    return copied if len(copied) <= LONGEST else f"{copied[: LONGEST - 1]}…"


def _fill(new: Audit, old: Audit, by: User) -> None:
    """Put the answers, numbers and notes of one audit into another."""
    framework = framework_of(new)
    at = timezone.now().isoformat(timespec="seconds")
    codes = moved(framework_of(old), framework, codes_of(values(old.answers)))
    levels = {q: x for q, x in values(old.levels).items() if x == _KEPT_LEVEL}
    answers = {q: x if isinstance(x, str) else list(x) for q, x in codes.items()}

    def entries(given: dict[str, Any], wanted: Container[str]) -> dict[str, Any]:
        start = {"version": 1, "by": by.pk, "at": at, "tab": "", "seq": 0}
        return {
            item: start | {"value": x} for item, x in given.items() if item in wanted
        }

    new.answers = entries(answers, answers)
    new.levels = entries(levels, codes)
    new.notes = entries(values(old.notes), framework.question_by_id)
    new.numbers = entries(values(old.numbers), numbers.KEYS)
    new.revision = 1
    new.copied_from, new.copied_number = old, old.use_case.number


def versions_of(audit: Audit) -> Iterator[Version]:
    """Yield the first versions of what a new audit has from another one."""
    for kind in Version.Kind:
        for item, entry in audit.entries(kind).items():
            yield Version(
                organization_id=audit.organization_id,
                audit=audit,
                kind=kind,
                item=item,
                number=1,
                value=entry["value"],
                by_id=entry["by"],
                at=datetime.fromisoformat(entry["at"]),
            )
