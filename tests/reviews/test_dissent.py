"""Whose opinion, and on which submission, is said to give another verdict."""

from datetime import timedelta

from django_scopes import scope

from audits.models import Audit, Role, SecondOpinion, User
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.opinions.own_verdict import dissent_on
from audits.services.reviews.opinions.second_opinions import give_second_opinion
from tests.casting import Cast, Tenant
from tests.reviews.opinions import answers_to, second_reviewer

DIFFERS = {"goal": ["style"]}


def give(audit: Audit, by: User, **differs: list[str]) -> None:
    form, _ = answers_to(audit, but_last=False)
    own = {name.removeprefix("q-"): x for name, x in form.items() if "q-" in name}
    read = str(audit.submitted_at)
    give_second_opinion(
        audit=audit, by=by, answers={**own, **differs}, read=read, knew="nothing"
    )


def two_opinions(ours: Tenant) -> tuple[User, User]:
    """Let one reviewer agree and another one differ, in this order."""
    grace, agrees = second_reviewer(ours), ours.people[Role.REVIEWER]
    audit = fresh_audit(ours.submitted)
    give(audit, agrees)
    give(audit, grace, **DIFFERS)
    return grace, agrees


def test_nobody_is_told_that_somebody_elses_opinion_is_theirs(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        grace, agrees = two_opinions(cast.ours)
        audit = fresh_audit(cast.ours.submitted)

        assert dissent_on(audit, agrees) == ""
        assert dissent_on(audit, cast.ours.contributor) == ""
        assert dissent_on(audit, grace).startswith("Your second opinion gives another")
        assert dissent_on(audit).endswith(", by Grace.")


def test_opinion_speaks_of_the_submission_that_it_read_alone(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        grace, _ = two_opinions(cast.ours)
        audit = fresh_audit(cast.ours.submitted)
        opinions, at = SecondOpinion.objects.filter(audit=audit), audit.submitted_at
        assert at is not None
        assert dissent_on(audit)

        opinions.update(submitted_at=at - timedelta(days=1))
        assert (dissent_on(audit), dissent_on(audit, grace)) == ("", "")

        opinions.update(submitted_at=at, audit=cast.ours.draft)
        assert (dissent_on(audit), dissent_on(audit, grace)) == ("", "")
