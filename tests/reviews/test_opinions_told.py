"""What leads to a second opinion, what its page says, and who is told of it."""

from dataclasses import replace
from datetime import timedelta

from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.frameworks.loading import loader
from audits.models import Audit, Role, SecondOpinion, User
from audits.reviews.opinion_views import OpinionForm
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.opinions.second_opinions import (
    ask_for_second_opinions,
    give_second_opinion,
    questions_of,
)
from audits.services.reviews.reviews import review_audit, submission_of
from audits.services.verdicts.assessments import (
    assess_inputs,
    assessment_of,
    framework_of,
)
from audits.templatetags.drawings import icon
from tests.casting import Cast
from tests.discussion.inboxes import of_kind
from tests.pages import html_of
from tests.reviews.conftest import client_of
from tests.reviews.opinions import answers_to, second_reviewer
from tests.signed_in import sign_in


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


def test_options_say_what_their_names_do_not() -> None:
    gap = loader.current().question_by_id["quality_gap"]
    form = OpinionForm((gap,), "")
    labels = [label for _, label in form.fields["q-quality_gap"].choices]  # type: ignore[attr-defined]

    assert [label for label in labels if "points" in label]
    assert all(str(each.text).rstrip(".") in " ".join(labels) for each in gap.options)


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
