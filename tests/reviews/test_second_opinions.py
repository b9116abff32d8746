"""A reviewer answers what decided without seeing it; who signs sees the difference."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.evaluations.statistics.kappa import kappa
from audits.frameworks.loading import loader
from audits.models import Audit, Event, Membership, Role, SecondOpinion, User
from audits.models.sign_offs.second_opinions import Counted
from audits.reviews.opinion_views import OpinionForm
from audits.scoring.summary.sureness import deciding_questions
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
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
    assess_inputs,
    assessment_of,
    framework_of,
)
from audits.templatetags.drawings import icon
from tests.casting import Cast, Tenant
from tests.conditions import decide
from tests.discussion.inboxes import of_kind
from tests.pages import html_of
from tests.reviews.conftest import client_of, signed, state_of
from tests.signed_in import sign_in

# Counts of two raters, by category: what each publication prints of them.
PUBLISHED = [
    # Fleiss, Levin, Paik: Statistical Methods for Rates and Proportions (2003), 18.1.
    (((75, 1, 4), (5, 4, 1), (0, 0, 10)), 0.68),
    # Cohen’s kappa, the worked examples of the encyclopaedia's article.
    (((20, 5), (10, 15)), 0.40),
    (((45, 15), (25, 15)), 0.13),
    (((25, 35), (5, 35)), 0.26),
]


def test_kappa_is_that_of_published_examples() -> None:
    for table, printed in PUBLISHED:
        pairs = [
            (str(a), str(b))
            for a, row in enumerate(table)
            for b, number in enumerate(row)
            for _ in range(number)
        ]
        found = kappa(pairs)
        assert found is not None
        assert round(found, 2) == printed


def second_reviewer(tenant: Tenant) -> User:
    person = User.objects.create_user("grace@northgate.example", None, name="Grace")
    Membership.objects.create(
        user=person, organization=tenant.organization, role=Role.REVIEWER
    )
    return person


def answers_to(audit: Audit, *, but_last: bool) -> tuple[dict[str, list[str]], str]:
    """Return the form of somebody who answers alike, except the last question."""
    asked = questions_of(audit)
    given = {**assessment_of(audit).codes, **audit.given_codes}
    sent: dict[str, list[str]] = {
        "read": [str(audit.submitted_at)],
        "knew": ["nothing"],
    }
    for each in asked:
        code = given[each.id]
        sent[f"q-{each.id}"] = [code] if isinstance(code, str) else [*code]
    if but_last:
        sent[f"q-{asked[-1].id}"] = ["unknown"]
    return sent, asked[-1].label


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


def before_the_first_question(client: Client, url: str) -> str:
    page = html_of(client.get(url)).partition("questions that decided,")[2]
    return " ".join(page.partition("</p>")[0].split())


def test_way_to_it_and_who_is_told_of_it(cast: Cast) -> None:
    ours = cast.ours
    audit, client = ours.submitted, Client()
    with scope(organization=ours.organization):
        sign_in(client, second_reviewer(ours))
        form, _ = answers_to(audit, but_last=True)
        number = len(questions_of(audit))
    url, review = (
        reverse(name, args=[audit.pk]) for name in ("second_opinion", "review")
    )

    for name in ("inbox", "use_cases"):
        assert url in html_of(client.get(reverse(name)))
        told = html_of(client.get(reverse(name))).partition("<main")[2]
        assert "Retrieval (RAG)" in told
    with scope(organization=ours.organization):
        ask_for_second_opinions(
            organization=ours.organization, by=ours.people[Role.ADMIN], asked=True
        )
    for name in ("inbox", "use_cases"):
        told = html_of(client.get(reverse(name))).partition("<main")[2]
        assert url in told
        assert "Retrieval (RAG)" not in told
    page = html_of(client.get(review))
    assert page.index(url) < page.index('id="page-one"')
    assert "You may sign only once somebody else has given one." in page
    client.post(url, form)

    signer = html_of(client_of(cast, Role.REVIEWER).get(review))
    assert "Anyone who gives one may still sign." in signer
    given = html_of(client.get(review))
    said = "Your second opinion is given. It cannot be changed."
    note = given.partition('id="opinion-first">')[2].partition("</p>")[0]
    assert str(icon("check")) in note
    assert str(icon("not-held")) not in note
    assert f"{said} You may sign only once somebody else" in given
    assert f"{number - 1} alike, 1 not known." in " ".join(given.split())
    assert url not in html_of(client.get(review))
    for name in ("inbox", "use_cases"):
        told = html_of(client.get(reverse(name))).partition("<main")[2].lower()
        assert url not in told
        assert "your second opinion is given" in told
    rest = html_of(client_of(cast, Role.REVIEWER).get(reverse("inbox")))
    assert url in rest
    for person in (ours.contributor, ours.people[Role.REVIEWER]):
        other = Client()
        sign_in(other, person)
        row = html_of(other.get(reverse("inbox"), {"show": "opinion"}))
        assert f": {number - 1} alike, 1 not known" in " ".join(row.split())
    counted = f"{number - 1} alike, 1 not known"
    assert counted in html_of(client_of(cast, Role.ADMIN).get(reverse("record")))
    path = html_of(client.get(reverse("timeline", args=[audit.pk])))
    assert f"1</a>: {counted}." in " ".join(path.split())
    for one in (client, client_of(cast, Role.VIEWER)):
        row = html_of(one.get(reverse("inbox"), {"show": "opinion"}))
        assert "gave a second opinion" not in row


def test_page_says_from_what_to_answer_and_that_a_list_may_have_told_the_verdict(
    cast: Cast,
) -> None:
    ours, client = cast.ours, client_of(cast, Role.REVIEWER)
    url = reverse("second_opinion", args=[ours.submitted.pk])

    assert before_the_first_question(client, url).endswith(
        "from what you know. This page shows neither the team’s answers nor the "
        "verdict; the lists that lead here show the verdict, so say first if you saw "
        "it. If you do not know an answer, say so: it counts as not known, and not as "
        "a difference."
    )
    with scope(organization=ours.organization):
        ask_for_second_opinions(
            organization=ours.organization, by=ours.people[Role.ADMIN], asked=True
        )
        own = Audit.objects.get(pk=ours.submitted.pk)
        notes = {questions_of(own)[0].id: {"value": "Counted twice."}}
        Audit.objects.filter(pk=own.pk).update(notes=notes)
    told = before_the_first_question(client, url)
    assert "from the notes, the evidence and what you know." in told
    assert "the lists that lead here" not in told


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


def test_options_say_what_their_names_do_not() -> None:
    gap = loader.current().question_by_id["quality_gap"]
    form = OpinionForm((gap,), "")
    labels = [label for _, label in form.fields["q-quality_gap"].choices]  # type: ignore[attr-defined]

    assert [label for label in labels if "points" in label]
    assert all(str(each.text).rstrip(".") in " ".join(labels) for each in gap.options)


def test_not_known_is_no_difference_whatever_counts_it() -> None:
    rows = [
        {"question": "a", "team": ["x"], "own": ["y"]},
        *({"question": q, "team": ["x"], "own": []} for q in "bcdefg"),
    ]
    both = {"question": "h", "team": [], "own": []}
    more = {"question": "i", "team": [], "own": ["x"]}

    assert Counted.of(rows).said == "0 alike, 1 differs, 6 not known"
    assert Counted.of([*rows, both, more]).said == "1 alike, 2 differ, 6 not known"


def test_opinion_says_which_other_verdict_its_answers_give(cast: Cast) -> None:
    ours, review = cast.ours, reverse("review", args=[cast.ours.submitted.pk])
    with scope(organization=ours.organization):
        audit = fresh_audit(ours.submitted)
        form, _ = answers_to(audit, but_last=False)
        own = {name.removeprefix("q-"): x for name, x in form.items() if "q-" in name}
        give_second_opinion(
            audit=audit,
            by=second_reviewer(ours),
            answers={**own, "goal": ["style"]},
            read=str(audit.submitted_at),
            knew="nothing",
        )
        given = {**audit.inputs.codes, "goal": ("style",)}
        inputs = replace(audit.inputs, codes=given)
        today = timezone.localdate()
        then = assess_inputs(framework_of(audit), inputs, today).named.name
        now = assessment_of(audit).named.name

    section = html_of(client_of(cast, Role.REVIEWER).get(review))

    assert then != now
    said = f"the verdict is another: {then} instead of {now}"
    assert said in " ".join(section.partition('id="opinions"')[2].split())
    gives = f"A second opinion gives another verdict: {then}, by Grace."
    grace, lead = Client(), Client()
    with scope(organization=ours.organization):
        sign_in(grace, User.objects.get(name="Grace"))
        sign_in(lead, ours.contributor)
    mine = f"Your second opinion gives another verdict: {then}."
    assert mine in html_of(grace.get(review))
    assert mine not in section
    assert gives in html_of(lead.get(reverse("result", args=[audit.pk])))
    page_one = " ".join(section.replace("\xa0", " ").replace("\u2060", "").split())
    assert gives in page_one.partition('id="page-1"')[2]
    [told] = of_kind(lead, "opinion")
    assert f"it gives another verdict: {then}" in " ".join(told.split())


def test_opinion_on_an_earlier_submission_stays_with_its_day(cast: Cast) -> None:
    ours, client = cast.ours, Client()
    audit, reviewer = ours.submitted, client_of(cast, Role.REVIEWER)
    with scope(organization=ours.organization):
        sign_in(client, second_reviewer(ours))
    review = reverse("review", args=[audit.pk])
    with scope(organization=ours.organization):
        before = timezone.now() - timedelta(days=6)
        Audit.objects.filter(pk=audit.pk).update(submitted_at=before)
        form, differs = answers_to(fresh_audit(audit), but_last=True)
        client.post(reverse("second_opinion", args=[audit.pk]), form)
        assert SecondOpinion.objects.get().submitted_at == before
        review_audit(
            audit=fresh_audit(audit),
            by=ours.people[Role.REVIEWER],
            outcome="sent_back",
            words="Say more.",
            submission=submission_of(fresh_audit(audit)),
        )
        submit_audit(audit=fresh_audit(audit), by=ours.contributor)
        assert fresh_audit(audit).submitted_at != before

    page = " ".join(html_of(reviewer.get(review)).split())
    section = page.partition('id="opinions"')[2].partition("</section>")[0]

    day = f"{timezone.localdate(before):%-d %B %Y}"
    nobody = "Nobody has answered the deciding questions of this submission a second"
    assert nobody in section
    assert f"<strong>On the submission of {day}:</strong> <bdi>Grace</bdi>" in section
    assert differs in section
    with scope(organization=ours.organization):
        assert not SecondOpinion.objects.of_submission(fresh_audit(audit)).exists()
        assert not SecondOpinion.objects.of_any_submission(ours.draft).exists()
        form, _ = answers_to(fresh_audit(audit), but_last=False)
    client.post(reverse("second_opinion", args=[audit.pk]), form)
    page = " ".join(html_of(reviewer.get(review)).split())
    section = page.partition('id="opinions"')[2].partition("</section>")[0]
    assert nobody not in section
    assert section.count("<bdi>Grace</bdi> answered") == 2
    assert section.count("On the submission of") == 1
    assert section.index("<bdi>Grace</bdi>") < section.index("On the submission of")
