from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import AnswerRequest, Audit, Event, Role, User
from audits.services.answers.answers import save_answers
from audits.services.discussion.answer_requests import (
    ask_colleague,
    close_answered,
    close_ask,
    colleagues_to_ask,
    open_asks,
    why_not_asked,
)
from tests.casting import Cast

FORMAT = {"format_need": "free"}


def ask(cast: Cast, of: User | None = None, **what: Any) -> AnswerRequest:
    tenant = cast.ours
    given: dict[str, Any] = {
        "audit": tenant.draft,
        "by": tenant.contributor,
        "of": of or tenant.people[Role.ADMIN],
        "section": "cost",
    }
    return ask_colleague(**given | what)


def answer(cast: Cast, **answers: Any) -> Audit:
    """Answer where cost or speed is at fault, so that those questions apply."""
    given = {"goal": ["cost_latency"], **answers}
    audit, _ = save_answers(
        audit=cast.ours.draft, by=cast.ours.contributor, answers=given
    )
    return audit


def is_open(made: AnswerRequest) -> bool:
    return AnswerRequest.objects.open().filter(pk=made.pk).exists()


def earlier(made: AnswerRequest, **ago: int) -> None:
    made.at -= timedelta(**ago)
    made.save(update_fields=["at"])


def test_ask_is_stored_and_recorded_with_ids_only(cast: Cast) -> None:
    tenant = cast.ours
    admin = tenant.people[Role.ADMIN]
    with scope(organization=tenant.organization):
        made = ask(cast, question="latency", message=" By Friday\r\n")
        event = Event.objects.latest("number")

    assert (made.of, made.by, made.is_open) == (admin, tenant.contributor, True)
    assert (made.section, made.question, made.message) == (
        "cost",
        "latency",
        "By Friday",
    )
    assert (event.verb, event.subject) == ("ask.made", str(made.pk))
    assert event.details == {
        "audit": str(tenant.draft.pk),
        "section": "cost",
        "question": "latency",
        "of": admin.pk,
    }


@pytest.mark.on_both
def test_asked_twice_is_asked_once(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        first = ask(cast, message="First")
        lines = Event.objects.count()

        again = ask(cast, by=cast.ours.people[Role.REVIEWER], message="Second")

        assert again == first
        assert (again.message, again.by, again.at) == ("First", first.by, first.at)
        assert Event.objects.count() == lines


def test_asked_anew_once_the_first_is_closed(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        first = ask(cast)
        close_ask(ask=first, by=first.of)

        assert ask(cast) != first


def test_one_question_is_another_ask_than_its_section(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        whole, part = ask(cast), ask(cast, question="latency")

        assert open_asks(cast.ours.draft) == {
            "purpose": [cast.ours.ask],
            "cost": [part, whole],
        }


@pytest.mark.on_both
def test_only_others_who_may_answer_can_be_asked(cast: Cast) -> None:
    tenant = cast.ours
    left = tenant.people[Role.ADMIN]
    with scope(organization=tenant.organization):
        all_names = [
            user.name
            for user in colleagues_to_ask(audit=tenant.draft, by=tenant.contributor)
        ]
        left.is_active = False
        left.save()
        names = [
            user.name
            for user in colleagues_to_ask(audit=tenant.draft, by=tenant.contributor)
        ]

    assert all_names == ["Northgate admin", "Northgate reviewer"]
    assert names == ["Northgate reviewer"]


@pytest.mark.parametrize("who", ["viewer", "stranger", "nobody", "oneself", "closed"])
def test_nobody_else_can_be_asked(cast: Cast, who: str) -> None:
    tenant = cast.ours
    people = {
        "viewer": tenant.people[Role.VIEWER],
        "stranger": cast.theirs.people[Role.ADMIN],
        "nobody": cast.unassigned,
        "oneself": tenant.contributor,
        "closed": tenant.people[Role.REVIEWER],
    }
    if who == "closed":
        User.objects.filter(pk=people[who].pk).update(is_active=False)
    with scope(organization=tenant.organization):
        with pytest.raises(ValidationError) as refusal:
            ask(cast, of=people[who])

        assert refusal.value.messages == [
            "Choose a colleague in your organization who may answer"
        ]
        assert AnswerRequest.objects.get() == tenant.ask


def test_why_nobody_is_asked_names_active_people_of_the_organization_alone(
    cast: Cast,
) -> None:
    ours, theirs = cast.ours, cast.theirs
    viewer, reviewer = ours.people[Role.VIEWER], ours.people[Role.REVIEWER]
    reviewer.is_active = False
    reviewer.save()
    admin = f"Ask an administrator: Northgate admin ({ours.people[Role.ADMIN].email})"
    with scope(organization=ours.organization):
        member = ours.contributor.memberships.get()
        told = [
            why_not_asked(x.email.upper(), member=member) for x in (viewer, reviewer)
        ]
    with scope(organization=theirs.organization):
        told.append(why_not_asked(theirs.contributor.email, member=member))

    nobody = "Nobody in Northgate Mutual has the address "
    assert told[0] == f"Northgate viewer may read but not answer. {admin}"
    assert (told[1].startswith(nobody), told[1].endswith(admin)) == (True, True)
    assert (told[2].startswith(nobody), "Ask those who run" in told[2]) == (True, True)


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ({"section": "weather"}, "Choose a section or one of its questions"),
        ({"question": "weather"}, "Choose a section or one of its questions"),
        ({"question": "goal"}, "Choose a section or one of its questions"),
        (
            {"message": "x" * 1001},
            "Use 1,000 characters or fewer; you used 1,001, 1 too many",
        ),
    ],
)
def test_what_does_not_fit_is_not_asked(
    cast: Cast, what: dict[str, Any], message: str
) -> None:
    with scope(organization=cast.ours.organization):
        with pytest.raises(ValidationError) as refusal:
            ask(cast, **what)

        assert refusal.value.messages == [message]
        assert AnswerRequest.objects.get() == cast.ours.ask


def test_locked_answers_are_asked_of_nobody(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        with pytest.raises(ValidationError) as refusal:
            ask(cast, audit=cast.ours.submitted)

        assert refusal.value.messages == [
            "The answers are locked. Reopen them, then ask"
        ]
        assert AnswerRequest.objects.get() == cast.ours.ask


def test_ask_is_closed_once(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        stale = AnswerRequest.objects.get()
        close_ask(ask=tenant.ask, by=tenant.ask.of)
        closed_at = AnswerRequest.objects.get().closed_at
        close_ask(ask=stale, by=tenant.contributor)
        events = Event.objects.filter(verb="ask.closed")

        assert (
            AnswerRequest.objects.get().closed_at == closed_at == tenant.ask.closed_at
        )
        assert [event.actor for event in events] == [tenant.ask.of]


def test_no_open_ask_costs_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with scope(organization=cast.ours.organization):
        close_ask(ask=cast.ours.ask, by=cast.ours.ask.of)
        audit = answer(cast, **FORMAT)

        with django_assert_num_queries(1):
            assert close_answered(audit=audit) == []


def test_answer_closes_what_was_asked_of_its_question(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        made, other = ask(cast, question="latency"), ask(cast, question="volume")

        answer(cast, latency="tight")
        event = Event.objects.latest("number")

        assert not is_open(made)
        assert is_open(other)
        assert is_open(tenant.ask)
    assert (event.verb, event.subject) == ("ask.answered", str(made.pk))
    assert event.actor == tenant.contributor


def test_i_do_not_know_from_before_leaves_the_ask_open(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = answer(cast, latency="unknown")
        made = ask(cast, question="latency")
        earlier(made, minutes=-1)

        assert close_answered(audit=audit) == []
        assert is_open(made)


def test_i_do_not_know_given_since_closes_the_ask(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        made = ask(cast, question="latency")

        answer(cast, latency="unknown")

        assert not is_open(made)


def test_known_answer_that_is_to_be_checked_leaves_the_ask_open(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        audit = answer(cast, latency="tight")
        made = ask(cast, question="latency")
        earlier(made, minutes=-1)

        assert close_answered(audit=audit) == []


def test_section_is_met_by_all_its_questions_that_apply(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        before = answer(cast, volume="lt_10k")
        made = ask(cast)
        earlier(made, seconds=1)
        assert close_answered(audit=before) == []
        # It makes the question about its measurement apply.
        answer(cast, unit_economics="acceptable", latency="tight")
        assert is_open(made)

        answer(cast, latency_evidence="missed")

        assert not is_open(made)


def test_answer_that_is_taken_back_leaves_the_ask_open(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        answer(cast, latency="tight")
        made = ask(cast, question="latency")

        assert close_answered(audit=answer(cast, latency=None)) == []
        assert is_open(made)


def test_question_that_does_not_apply_is_not_met(cast: Cast) -> None:
    with scope(organization=cast.ours.organization):
        made = ask(cast, question="latency_evidence")

        assert close_answered(audit=answer(cast, latency="relaxed")) == []
        assert is_open(made)
