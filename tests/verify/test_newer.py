"""What is told of a paper that something came after: each condition alone.

`python -m tests.mutation.access` takes away each of them.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_scopes import scope

from audits.models import Audit, Override, Role
from audits.scoring.days import in_words
from audits.verify.newer import newer_verdict
from tests.casting import Cast

DAY = timedelta(days=1)


@pytest.mark.once
def test_newer_verdict_is_of_the_same_use_case_open_and_submitted_since(
    cast: Cast,
) -> None:
    report, states = cast.ours.report, Audit.State
    asked = report.requested_at
    with scope(organization=cast.ours.organization):
        own = Audit.objects.filter(pk=report.audit_id)
        rest = Audit.objects.exclude(pk=report.audit_id)
        told = []
        for audits, state, at in (
            (own, states.IN_REVIEW, asked + DAY),
            (own, states.SIGNED_OFF, asked + DAY),
            (own, states.DRAFT, asked + DAY),
            (own, states.IN_REVIEW, asked),
            (rest, states.SIGNED_OFF, asked + DAY),
        ):
            audits.update(state=state, submitted_at=at)
            told.append(newer_verdict(report))

    on = in_words(timezone.localdate(asked + DAY))
    said = f"This use case has a newer verdict than this paper, submitted on {on}"
    assert [each.startswith(said) for each in told] == [True, True, *[False] * 3]
    assert told[2:] == [""] * 3


@pytest.mark.once
def test_last_override_since_a_paper_is_told_and_one_taken_back(cast: Cast) -> None:
    ours, report = cast.ours, cast.ours.report
    by, asked, told = ours.people[Role.REVIEWER], report.requested_at, []
    with scope(organization=ours.organization):
        [other] = {ours.draft.pk, ours.submitted.pk} - {report.audit_id}
        Audit.objects.update(submitted_at=asked)
        for audit, number, at, verdict in (
            (other, 1, asked + DAY, "fine_tune"),
            (report.audit_id, 1, asked, "fine_tune"),
            (report.audit_id, 2, asked + DAY, "fine_tune"),
            (report.audit_id, 3, asked + DAY, ""),
        ):
            Override.objects.create(
                organization=ours.organization,
                audit_id=audit,
                number=number,
                verdict=verdict,
                by=by,
                at=at,
            )
            told.append(newer_verdict(report))

    on, late = in_words(timezone.localdate(asked + DAY)), "This paper is out of date: "
    assert told == [
        *("", "", f"{late}{by} overrode it with “Fine-tune” on {on}."),
        f"{late}{by} took an override back on {on}.",
    ]
