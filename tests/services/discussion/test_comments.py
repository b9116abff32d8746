import pytest
from django.core.exceptions import ValidationError
from django_scopes import scope
from pytest_django import DjangoAssertNumQueries

from audits.models import Comment, Event, Role
from audits.services.discussion.comments import (
    add_comment,
    discussion_of,
    reopen_comment,
    resolve_comment,
)
from tests.casting import Cast


def last_event(cast: Cast) -> Event:
    return Event.objects.filter(organization=cast.ours.organization).latest("number")


def test_comment_is_stored_clean_and_recorded(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        comment = add_comment(
            audit=tenant.draft,
            by=tenant.contributor,
            question="eval",
            text="  Two\r\nlines \x07\n",
        )
        event = last_event(cast)
        stored = Comment.objects.select_related("audit").get(pk=comment.pk)

    assert stored.text == "Two\nlines"
    assert (stored.audit, stored.by, stored.is_resolved) == (
        tenant.draft,
        tenant.contributor,
        False,
    )
    assert (event.verb, event.subject) == ("comment.added", str(comment.pk))
    assert event.details == {"audit": str(tenant.draft.pk), "question": "eval"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Enter a comment"),
        (" \r\n\t ", "Enter a comment"),
        ("x" * 2001, "Use 2,000 characters or fewer; you used 2,001, 1 too many"),
        ("\x00", "Some characters cannot be stored. Remove them, then save again."),
        ("\ud800", "Some characters cannot be stored. Remove them, then save again."),
    ],
)
def test_text_that_does_not_fit_is_refused(cast: Cast, text: str, message: str) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        with pytest.raises(ValidationError) as refusal:
            add_comment(
                audit=tenant.draft, by=tenant.contributor, question="eval", text=text
            )

        assert refusal.value.messages == [message]
        assert Comment.objects.get() == tenant.comment


@pytest.mark.on_both
def test_longest_text_is_kept_whole(cast: Cast) -> None:
    tenant = cast.ours
    text = "é\n" * 1000
    with scope(organization=tenant.organization):
        comment = add_comment(
            audit=tenant.draft,
            by=tenant.contributor,
            question="eval",
            text=f"{text.strip()}x\r\n",
        )

        assert Comment.objects.get(pk=comment.pk).text == f"{text.strip()}x"


def test_resolve_and_open_again_are_noted_once(cast: Cast) -> None:
    tenant = cast.ours
    reviewer = tenant.people[Role.REVIEWER]
    with scope(organization=tenant.organization):
        before = last_event(cast).number
        resolve_comment(comment=tenant.comment, by=reviewer)
        resolved = resolve_comment(comment=tenant.comment, by=tenant.contributor)
        assert (resolved.resolved_by, resolved.is_resolved) == (reviewer, True)

        reopen_comment(comment=tenant.comment, by=reviewer)
        opened = reopen_comment(comment=tenant.comment, by=reviewer)
        assert (opened.resolved_by, opened.is_resolved) == (None, False)

        lines = Event.objects.filter(number__gt=before)
        assert [(line.verb, line.subject) for line in lines] == [
            ("comment.resolved", str(tenant.comment.pk)),
            ("comment.reopened", str(tenant.comment.pk)),
        ]


def test_comments_of_a_question_come_in_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        later = add_comment(
            audit=tenant.draft, by=tenant.contributor, question="goal", text="Then"
        )
        add_comment(
            audit=tenant.draft, by=tenant.contributor, question="eval", text="There"
        )
        resolve_comment(comment=later, by=tenant.contributor)
        with django_assert_num_queries(1):
            found = discussion_of(tenant.draft, "goal")
            shown = (*found.open, *found.resolved)
            assert {str(c.by) for c in shown} == {tenant.contributor.name}

    assert (found.open, found.resolved) == ((tenant.comment,), (later,))
    assert (found.count, found.count_resolved, found.has_older) == (2, 1, False)


@pytest.mark.on_both
def test_page_sent_twice_adds_one_comment_and_reads_no_other(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):

        def say(text: str, shown: int) -> Comment:
            return add_comment(
                audit=tenant.draft,
                by=tenant.contributor,
                question="goal",
                text=text,
                shown=shown,
            )

        first = say("Twice", 1)
        say("Between", 2)

        with django_assert_max_num_queries(5):
            assert say("Twice", 1) == first
        assert say("Twice", 3) != first
        assert say("Twice", 0) == Comment.objects.filter(text="Twice").latest("pk")
        assert Comment.objects.filter(text="Twice").count() == 2
