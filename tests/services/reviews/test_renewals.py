"""A signed-off audit is followed by a new one, and nothing of it is lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from audits.models import (
    AnswerRequest,
    Audit,
    Event,
    Evidence,
    PortfolioRow,
    Role,
    Version,
)
from audits.models.audits import values
from audits.services.answers.answers import (
    AuditLocked,
    fresh_audit,
    save_answers,
)
from audits.services.discussion.answer_requests import ask_colleague
from audits.services.papers.covers import save_cover
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drafts.discarding import NothingToGoBackTo, discard_draft
from audits.services.reviews.drafts.renewals import (
    NotSignedOff,
    begin_again,
    renewal_of,
)
from audits.services.reviews.reviews import review_audit, submission_of
from tests.casting import Cast
from tests.frameworks.edited_pack import NEWEST
from tests.pages import html_of
from tests.scoring.worked_cases import FIRM_FIRST_TRAINING_CASE, FIRM_RETRIEVAL_CASE
from tests.services.reviews.signing import row_of, sign
from tests.signed_in import sign_in
from tests.wizard.page_forms import hidden


@pytest.fixture
def second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Framework]:
    """Publish a third version, in which the wording of a question is another."""
    pack = tmp_path / "fine_tuning"
    pack.mkdir()
    first = loader.current()
    hint = next(q for q in first.questions if q.id == "change_rate").hint
    words, _, _ = hint.partition(", ")  # the rest is on another line of the file
    (pack / "v2.yaml").write_bytes((loader.PACKS / "fine_tuning/v2.yaml").read_bytes())
    text = NEWEST.replace("\nversion: 2\n", "\nversion: 3\n")
    assert text.count(words) == 1
    (pack / "v3.yaml").write_text(text.replace(words, f"Count them. {words}"), "utf-8")
    monkeypatch.setattr(loader, "PACKS", tmp_path)
    loader.published.cache_clear()
    monkeypatch.setattr(loader, "current", lambda: loader.published("fine_tuning", 3))
    yield loader.current()
    loader.published.cache_clear()


def test_new_draft_begins_with_all_that_was_given(cast: Cast, signed: Audit) -> None:
    new = begin_again(audit=signed, by=cast.ours.contributor)

    new.refresh_from_db()
    assert (new.state, new.supersedes_id) == (Audit.State.DRAFT, signed.pk)
    for kind in Version.Kind:
        assert values(new.entries(kind)) == values(signed.entries(kind)), kind
    assert values(new.answers) == FIRM_RETRIEVAL_CASE
    assert (new.verdict, new.assessment) == (signed.verdict, None)
    assert new.strength_before == signed.strength
    evidence = Evidence.objects.filter(audit=new).values_list("question", "link")
    assert list(evidence) == [
        ("change_rate", "https://wiki.example/changes"),
        ("goal", ""),
    ]


def test_what_was_given_keeps_its_author_and_has_a_history(
    cast: Cast, signed: Audit
) -> None:
    admin = cast.ours.people[Role.ADMIN]

    new = begin_again(audit=signed, by=admin)

    given = signed.answers["change_rate"]
    assert new.answers["change_rate"]["by"] == given["by"] == cast.ours.contributor.pk
    assert new.answers["change_rate"]["at"] == given["at"]
    first = Version.objects.get(audit=new, kind="answer", item="change_rate")
    assert (first.number, first.value, first.by_id) == (1, "weekly", given["by"])
    saved, _ = save_answers(audit=new, by=admin, answers={"change_rate": "daily"})
    assert saved.answers["change_rate"]["version"] == 2


def test_old_one_stays_in_force_and_as_it_was(cast: Cast, signed: Audit) -> None:
    before = row_of(signed)

    new = begin_again(audit=signed, by=cast.ours.contributor)

    old = fresh_audit(signed)
    assert old.state == Audit.State.SIGNED_OFF
    same = ("assessment", "answers", "verdict", "signed_off_at", "valid_until")
    assert [getattr(old, f) for f in same] == [getattr(signed, f) for f in same]
    assert row_of(old) == before | {"renewal_id": new.pk, "renewal_state": "draft"}
    in_force = Audit.objects.current().filter(use_case=old.use_case_id)
    assert list(in_force) == [old]
    with pytest.raises(AuditLocked):
        save_answers(audit=old, by=cast.ours.contributor, answers={"state": "none"})
    event = Event.objects.get(verb="audit.begun_again")
    assert (event.subject, event.details["supersedes"]) == (str(new.pk), str(old.pk))


@pytest.mark.on_both
def test_twice_is_as_good_as_once(cast: Cast, signed: Audit) -> None:
    first = begin_again(audit=signed, by=cast.ours.contributor)

    assert begin_again(audit=signed, by=cast.ours.contributor) == first
    assert Event.objects.filter(verb="audit.begun_again").count() == 1


@pytest.mark.thorough
def test_only_a_signed_off_audit_is_followed(cast: Cast, signed: Audit) -> None:
    lead = cast.ours.contributor
    with pytest.raises(NotSignedOff):
        begin_again(audit=cast.ours.draft, by=lead)
    new = submit_audit(audit=begin_again(audit=signed, by=lead), by=lead)
    assert begin_again(audit=signed, by=lead) == new
    sign(cast, new)
    with pytest.raises(NotSignedOff):
        begin_again(audit=signed, by=lead)


@pytest.mark.thorough
def test_discarding_leaves_the_other_in_force(cast: Cast, signed: Audit) -> None:
    lead = cast.ours.contributor
    before = PortfolioRow.objects.filter(audit=signed).values().get()
    new = begin_again(audit=signed, by=lead)
    save_answers(audit=new, by=lead, answers={"change_rate": "daily"})

    back = discard_draft(audit=new, by=lead)

    assert back == signed
    assert fresh_audit(signed).state == Audit.State.SIGNED_OFF
    assert fresh_audit(new).state == Audit.State.SUPERSEDED
    assert (
        PortfolioRow.objects.filter(use_case=signed.use_case_id).values().get()
        == before
    )
    assert Event.objects.get(verb="audit.discarded").subject == str(new.pk)
    again = begin_again(audit=signed, by=lead)
    assert again.pk != new.pk
    assert values(again.answers) == FIRM_RETRIEVAL_CASE


def test_first_draft_and_submission_are_not_discarded(
    cast: Cast, signed: Audit
) -> None:
    lead = cast.ours.contributor
    new = submit_audit(audit=begin_again(audit=signed, by=lead), by=lead)

    for audit in (cast.ours.draft, new, signed):
        with pytest.raises(NothingToGoBackTo):
            discard_draft(audit=audit, by=lead)


@pytest.mark.thorough
def test_new_audit_is_signed_off_in_its_turn(cast: Cast, signed: Audit) -> None:
    lead = cast.ours.contributor
    new = submit_audit(audit=begin_again(audit=signed, by=lead), by=lead)

    reviewer = cast.ours.people[Role.REVIEWER]
    review_audit(
        audit=new, by=reviewer, outcome="approved", submission=submission_of(new)
    )

    states = Audit.objects.filter(use_case=signed.use_case_id).order_by("created_at")
    assert [audit.state for audit in states] == ["superseded", "signed_off"]
    assert renewal_of(fresh_audit(new)).before == signed  # type: ignore[union-attr]


@pytest.mark.thorough
def test_new_version_names_what_it_asks_otherwise(
    cast: Cast, signed: Audit, second: Framework
) -> None:
    new = begin_again(audit=signed, by=cast.ours.contributor)

    renewal = renewal_of(new)
    assert new.framework_version == 3
    assert new.framework_hash == second.content_hash
    assert renewal
    assert [(c.question.id, c.said) for c in renewal.changed] == [
        ("change_rate", "The wording changed")
    ]
    assert renewal.files == ()


@pytest.mark.thorough
def test_new_audit_after_version_1_begins_with_moved_answers(cast: Cast) -> None:
    tenant, lead = cast.ours, cast.ours.contributor
    with scope(organization=tenant.organization):
        Audit.objects.filter(pk=tenant.draft.pk).update(framework_version=1)
        save_answers(audit=tenant.draft, by=lead, answers=FIRM_FIRST_TRAINING_CASE)
        audit = submit_audit(audit=tenant.draft, by=lead)
        reviewer = tenant.people[Role.REVIEWER]
        review_audit(
            audit=audit,
            by=reviewer,
            outcome="approved",
            submission=submission_of(audit),
        )

        new = begin_again(audit=audit, by=reviewer)

        new.refresh_from_db()
        assert new.framework_version == 2
        assert values(new.answers) == FIRM_FIRST_TRAINING_CASE | {
            "tried": ["instructions", "examples", "stronger_model"],
            "eval": "solid_set",
            "component": "generator",
        }
        assert new.answers["tried"]["by"] == lead.pk
        assert new.answers["component"]["by"] == reviewer.pk
        assert Version.objects.filter(audit=new, kind="answer").count() == 14
        old = fresh_audit(audit)
        assert (old.framework_version, old.verdict) == (1, "fine_tune")
        assert values(old.answers) == FIRM_FIRST_TRAINING_CASE
        renewal = renewal_of(new)
        assert renewal
        said = {c.question.id: c.said for c in renewal.changed}
        assert said["component"] == said["checker"] == "New"


@pytest.mark.thorough
def test_pages_lead_from_one_to_the_other(cast: Cast, signed: Audit) -> None:
    client = Client()
    sign_in(client, cast.ours.contributor)
    assert "Start a new audit" in html_of(
        client.get(reverse("result", args=[signed.pk]))
    )

    tasks = client.post(reverse("again", args=[signed.pk]), follow=True)

    page = html_of(tasks)
    new = Audit.objects.get(supersedes=signed)
    assert "Answered before" in page
    assert reverse("result", args=[signed.pk]) in page
    assert "stays with the earlier audit" not in page
    assert "Links and files behind its answers come along." in page
    old = html_of(client.get(reverse("result", args=[signed.pk])))
    assert "This verdict stays in force until the new one is signed off." in old
    assert f'<a href="{reverse("tasks", args=[new.pk])}">Continue the new' in old
    assert "Start a new audit" not in old
    url = reverse("discard", args=[new.pk])
    assert "Discard this draft?" in html_of(client.get(url))
    discarded = client.post(url, hidden(client, url))
    assert discarded["Location"] == reverse("result", args=[signed.pk])
    gone = html_of(client.get(reverse("result", args=[new.pk])))
    assert "A newer audit has replaced this one" not in old
    assert "This draft was discarded. The audit before it is in force." in gone
    assert "A newer audit has replaced this one" not in gone
    assert f'<a href="{reverse("result", args=[signed.pk])}">Read the current' in gone


def test_page_one_of_a_superseded_audit_is_not_written_any_more(
    cast: Cast, signed: Audit, client: Client
) -> None:
    lead = cast.ours.contributor
    new = submit_audit(audit=begin_again(audit=signed, by=lead), by=lead)
    sign(cast, new)
    before = row_of(signed)

    with pytest.raises(AuditLocked):
        save_cover(audit=signed, by=lead, fields={"sponsor": "R. Adeyemi"})
    page = reverse("cover", args=[signed.pk])
    answers = [client.get(page), client.post(page, {"purpose": "decision"})]

    assert [answer["Location"] for answer in answers] == [
        reverse("result", args=[signed.pk])
    ] * 2
    assert row_of(signed) == before
    assert before["audit_id"] == new.pk


@pytest.mark.thorough
def test_words_for_page_one_that_come_late_leave_the_sign_off_standing(
    cast: Cast,
) -> None:
    with scope(organization=cast.ours.organization):
        as_read = fresh_audit(cast.ours.submitted)
        reviewer = cast.ours.people[Role.REVIEWER]
        review_audit(
            audit=as_read,
            by=reviewer,
            outcome="approved",
            submission=submission_of(as_read),
        )

        save_cover(
            audit=as_read, by=cast.ours.contributor, fields={"sponsor": "R. Adeyemi"}
        )

        found = PortfolioRow.objects.get(use_case=as_read.use_case_id)
        assert found.state == Audit.State.SIGNED_OFF
        assert found.due_on == fresh_audit(as_read).valid_until


def test_discarding_a_draft_leaves_nothing_asked_of_anybody(
    cast: Cast, signed: Audit
) -> None:
    lead, reviewer = cast.ours.contributor, cast.ours.people[Role.REVIEWER]
    draft = begin_again(audit=signed, by=lead)
    ask = ask_colleague(audit=draft, by=lead, of=reviewer, section="purpose")

    discard_draft(audit=draft, by=lead)

    assert not AnswerRequest.objects.open().filter(audit=draft).exists()
    assert Event.objects.filter(verb="ask.closed", subject=str(ask.pk)).count() == 1
