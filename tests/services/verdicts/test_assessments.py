"""What an audit's entries amount to, kept for a while."""

from typing import Any

import pytest
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.access.audits import audit_with_notices
from audits.frameworks.loading import loader
from audits.frameworks.loading.cases import published_cases
from audits.models import Audit
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import reopen_audit, submit_audit
from audits.services.verdicts.assessments import (
    assess_today,
    assessment_of,
    panel_assessment_of,
)
from tests.casting import Cast
from tests.examples import is_everyday

CASES = [
    {q: x for q, x in case["facts"].items() if q in loader.current().answerable}
    for case in published_cases()
]


def given(cast: Cast, answers: dict[str, object]) -> Audit:
    audit = Audit(
        organization=cast.ours.organization,
        framework=cast.ours.draft.framework,
        framework_version=cast.ours.draft.framework_version,
    )
    audit.answers = {q: {"value": value} for q, value in answers.items()}
    return audit


@pytest.mark.thorough
@pytest.mark.once
def test_panel_says_what_the_whole_assessment_says(cast: Cast) -> None:
    for case in CASES[:: 6 if is_everyday() else 1]:
        for left in (len(case), len(case) // 2, 1):
            audit = given(cast, dict(list(case.items())[:left]))
            panel, whole = panel_assessment_of(audit), assess_today(audit)

            for part in ("verdict", "completeness", "trace", "codes", "answered"):
                assert getattr(panel, part) == getattr(whole, part)
            assert [
                (unknown.label, unknown.could_become[0])
                for unknown in panel.decisive_unknowns
            ] == [
                (unknown.label, unknown.could_become[0])
                for unknown in whole.decisive_unknowns
            ]


@pytest.mark.on_both
def test_equal_inputs_are_assessed_once(cast: Cast) -> None:
    first = assess_today(given(cast, CASES[0]))

    assert assess_today(given(cast, dict(CASES[0]))) is first


@pytest.mark.once
@pytest.mark.parametrize("entries", ["answers", "levels", "numbers"])
def test_every_entry_is_told_apart(cast: Cast, entries: str) -> None:
    other: dict[str, dict[str, Any]] = {
        "answers": {"goal": ["style"]},
        "levels": {"goal": "measured"},
        "numbers": {"requests": "1000", "model": "gpt-4.1"},
    }
    audit, changed = given(cast, CASES[0]), given(cast, CASES[0])
    kept = getattr(changed, entries)
    kept |= {item: {"value": value} for item, value in other[entries].items()}

    with scope(organization=cast.ours.organization):
        assert assess_today(audit) != assess_today(changed)


@pytest.mark.once
def test_stored_assessment_is_read_once_while_its_audit_is_there(cast: Cast) -> None:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        other = Audit.objects.get(pk=audit.pk)

    first = assessment_of(audit)

    assert panel_assessment_of(audit) is assessment_of(audit) is first
    assert assessment_of(other) == first


@pytest.mark.on_both
def test_text_of_a_frozen_assessment_is_asked_for_once(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    lead, audit = cast.ours.contributor, cast.ours.submitted
    with scope(organization=cast.ours.organization):
        member = lead.memberships.get()
        audit = submit_audit(audit=reopen_audit(audit=audit, by=lead), by=lead)
        audits = [audit_with_notices(member, audit.pk) for _ in range(2)]
        with django_assert_num_queries(1):
            first = assessment_of(audits[0])

        with django_assert_num_queries(0):
            second = assessment_of(audits[1])

    assert second is first
    assert second == assessment_of(audit)


@pytest.mark.on_both
def test_what_is_submitted_again_is_another_assessment(cast: Cast) -> None:
    lead, audit = cast.ours.contributor, cast.ours.submitted
    with scope(organization=cast.ours.organization):
        member = lead.memberships.get()
        first = assessment_of(audit_with_notices(member, audit.pk))
        draft = reopen_audit(audit=audit, by=lead)
        draft, _ = save_answers(audit=draft, by=lead, answers={"goal": ["style"]})
        of_draft = assessment_of(audit_with_notices(member, audit.pk))
        submitted = submit_audit(audit=draft, by=lead)
        again = assessment_of(audit_with_notices(member, audit.pk))

        assert of_draft == assess_today(draft) != first
        assert again == assessment_of(submitted) != first
