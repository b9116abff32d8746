"""A reviewer answers what decided without seeing it; who signs sees the difference."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Event, Role, SecondOpinion
from audits.models.sign_offs.second_opinions import Counted
from audits.scoring.summary.sureness import deciding_questions
from audits.services.reviews.opinions.agreement import Agreements, agreements
from audits.services.reviews.opinions.overrides import why_not_override
from audits.services.reviews.opinions.second_opinions import (
    LacksOpinion,
    NotBlind,
    ask_for_second_opinions,
    give_second_opinion,
    lacks_opinion,
    questions_of,
    why_no_opinion,
)
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.verdicts.assessments import (
    assessment_of,
    framework_of,
)
from tests.casting import Cast
from tests.conditions import decide
from tests.pages import html_of
from tests.reviews.conftest import client_of, signed, state_of
from tests.reviews.opinions import answers_to, second_reviewer
from tests.signed_in import sign_in


def assert_counted(told: Agreements, number: int, not_known: str) -> None:
    assert told.all.counted.said == f"{number - 1} alike, 1 not known"
    assert (told.all.pairs, told.all.share) == (number - 1, 100)
    assert told.all.kappa is None
    last = told.questions[-1]  # nobody answered it twice
    assert last.share is None
    assert last.label.startswith(not_known)


def test_opinion_is_blind_and_its_difference_is_shown_before_the_signature(
    cast: Cast,
) -> None:
    ours = cast.ours
    audit, client = ours.submitted, Client()
    with scope(organization=ours.organization):
        sign_in(client, second_reviewer(ours))
        form, differs = answers_to(audit, but_last=True)
        number = len(questions_of(audit))
        verdict = framework_of(audit).verdicts[audit.verdict].name  # type: ignore[index]
        before = submission_of(audit)
    url, review = (
        reverse(name, args=[audit.pk]) for name in ("second_opinion", "review")
    )

    page = html_of(client.get(url)).partition("<main")[2]
    assert "checked" not in page
    assert f">{verdict}<" not in page.replace('class="form-check-label"', "")[:2000]
    unfinished = client.post(url, {**form, "knew": []})
    assert unfinished.status_code == 422
    assert "Say what you had read before" in html_of(unfinished)
    stored = client.post(url, form)

    assert stored.headers["Location"] == review
    counted = f"{number - 1} alike, 1 not known"
    assert f"Your second opinion is stored: {counted}." in html_of(client.get(review))
    with scope(organization=ours.organization):
        found = SecondOpinion.objects.get()
        assert (found.asked, found.alike) == (number, number - 1)
        assert [row["label"] for row in found.apart] == [differs]
        line = Event.objects.get(verb="audit.second_opinion")
        assert line.details == {
            "asked": number,
            "alike": number - 1,
            "differ": 0,
            "not_known": 1,
            "knew": "nothing",
        }
        # Who read the page before has not seen it.
        assert submission_of(audit) != before
        told = agreements(SecondOpinion.objects.select_related("audit"))
    assert_counted(told, number, differs)
    seen = html_of(client_of(cast, Role.REVIEWER).get(review))
    section = seen.partition('id="opinions"')[2].partition("</section>")[0]
    assert "Grace" in section
    assert "says to have read neither the answers nor the verdict before" in section
    assert differs in section
    assert "Not known" in section
    same = f"With these answers, the verdict is the same: {verdict}."
    kept = f"Not known to Grace: “{differs}”, which keeps the answer of the team."
    assert f"<strong>{same} {kept}</strong>" in " ".join(section.split())
    client_of(cast, Role.REVIEWER).post(review, signed("approved", submission=before))
    assert state_of(audit) == Audit.State.IN_REVIEW
    again = client.post(url, form, follow=True)
    assert again.redirect_chain == [(f"{review}#opinions", 302)]
    refusal = "You have given your second opinion on this submission."
    assert f"{refusal} It cannot be changed." in html_of(again)
    with scope(organization=ours.organization):
        assert SecondOpinion.objects.get() == found
    shown = html_of(client.get(reverse("second_opinions")))
    shares = f"{number - 1} alike, 1 not known: 100% of {number - 1} pairs are alike."
    assert shares in " ".join(shown.split())


def test_rule_alone_makes_a_sign_off_wait_for_somebody_elses_opinion(
    cast: Cast,
) -> None:
    ours = cast.ours
    reviewer, audit = ours.people[Role.REVIEWER], ours.submitted
    with scope(organization=ours.organization):
        ask_for_second_opinions(
            organization=ours.organization, by=ours.people[Role.ADMIN], asked=True
        )
        audit.refresh_from_db()
        with pytest.raises(LacksOpinion):
            review_audit(
                audit=audit,
                by=reviewer,
                outcome="approved",
                submission=submission_of(audit),
            )
        form, _ = answers_to(audit, but_last=False)
        client = Client()
        sign_in(client, second_reviewer(ours))
    page = html_of(
        client_of(cast, Role.REVIEWER).post(
            reverse("review", args=[audit.pk]), signed("approved")
        )
    )
    assert "asks for that before a sign-off" in page
    client.post(reverse("second_opinion", args=[audit.pk]), form)
    with scope(organization=ours.organization):
        decide(audit, reviewer, outcome="approved")
    assert state_of(audit) == Audit.State.SIGNED_OFF


def test_opinion_is_of_who_neither_submitted_nor_answered_nor_gave_one(
    cast: Cast,
) -> None:
    ours, audit = cast.ours, cast.ours.submitted
    lead, reviewer = ours.contributor, ours.people[Role.REVIEWER]
    admin = ours.people[Role.ADMIN]
    with scope(organization=ours.organization):
        second = second_reviewer(ours)
        Audit.objects.filter(pk=audit.pk).update(submitted_by=admin)
        audit = Audit.objects.get(pk=audit.pk)
        everybody = (lead, admin, reviewer, second)

        def may() -> list[bool]:
            return [not why_no_opinion(audit, person) for person in everybody]

        assert may() == [False, False, True, True]
        given: dict[str, Any] = {"read": str(audit.submitted_at), "knew": "nothing"}
        for person in (lead, admin):
            with pytest.raises(NotBlind):
                give_second_opinion(audit=audit, by=person, answers={}, **given)
        give_second_opinion(audit=audit, by=reviewer, answers={}, **given)
        assert may() == [False, False, False, True]
        # Their own lets nobody sign, and who answered or submitted overrides nothing.
        audit.organization.second_opinion_since = audit.submitted_at
        assert lacks_opinion(audit, reviewer)
        assert not lacks_opinion(audit, second)
        assert [bool(why_not_override(audit, x)) for x in everybody] == [
            *(True, True, False, False),
        ]
        why = why_no_opinion(audit, admin)
    page = reverse("second_opinion", args=[audit.pk])
    refused = client_of(cast, Role.ADMIN).get(page)
    assert (refused.status_code, why in html_of(refused)) == (403, True)


def test_each_deciding_question_is_asked_and_only_what_two_people_answered_counts(
    cast: Cast,
) -> None:
    ours = cast.ours
    audit, reviewer = ours.submitted, ours.people[Role.REVIEWER]
    with scope(organization=ours.organization):
        deciding = deciding_questions(framework_of(audit), assessment_of(audit))
        assert {each.id for each in questions_of(audit)} == deciding
        gone = next(iter(sorted(deciding & audit.given_codes.keys())))
        # As if a price had given the answer, and no person.
        del audit.answers[gone]
        Audit.objects.filter(pk=audit.pk).update(answers=audit.answers)
        assert {each.id for each in questions_of(audit)} == deciding
        given = {
            question: [code] if isinstance(code, str) else [*code]
            for question, code in assessment_of(audit).codes.items()
        }
        found = give_second_opinion(
            audit=audit,
            by=reviewer,
            answers=given,
            read=str(audit.submitted_at),
            knew="verdict",
        )
        assert (found.asked, found.alike) == (len(deciding), len(deciding))
        assert [x["question"] for x in found.rows if x.get("worked_out")] == [gone]
        told = agreements(SecondOpinion.objects.select_related("audit"))
        assert (told.all.pairs, told.knew_verdict) == (len(deciding) - 1, 1)
        SecondOpinion.objects.update(knew="answers")
        told = agreements(SecondOpinion.objects.select_related("audit"))
    assert (told.all.opinions, told.all.pairs, told.not_counted) == (0, 0, 1)
    shown = html_of(client_of(cast, Role.VIEWER).get(reverse("second_opinions")))
    assert "1 more is not counted" in " ".join(shown.split())


def test_not_known_is_no_difference_whatever_counts_it() -> None:
    rows = [
        {"question": "a", "team": ["x"], "own": ["y"]},
        *({"question": q, "team": ["x"], "own": []} for q in "bcdefg"),
    ]
    both = {"question": "h", "team": [], "own": []}
    more = {"question": "i", "team": [], "own": ["x"]}

    assert Counted.of(rows).said == "0 alike, 1 differs, 6 not known"
    assert Counted.of([*rows, both, more]).said == "1 alike, 2 differ, 6 not known"
