"""Page 1: what is the author's, what is the framework's, and how much fits."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit, Cover
from audits.reports.context import Paper, build_paper
from audits.reports.page_one import ROOM
from audits.reports.pdf_client import manuscript_of
from audits.services.answers.answers import save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.due.covers import cover_of
from audits.services.papers.covers import save_cover
from audits.services.papers.page_one_words import words_of_page_one
from audits.services.papers.reports import request_report
from audits.services.reviews.audits import submit_audit
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import show
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

FULL = {
    "purpose": "decision",
    "meeting": "Board of directors, 9 December 2026",
    "sponsor": "R. Adeyemi, Claims",
    "decision_asked": "Approve $36,362 over 12 months to rebuild on retrieval.",
    "why_now": "The next training run starts in January.",
    "risk_1": "The wrong page is found: a handler confirms every draft.",
    "owner_1": "M. Okafor, Claims",
    "next_date": "10 March 2027: result on the 240 cases.",
}


@pytest.fixture
def url(cast: Cast) -> str:
    return reverse("cover", args=[cast.ours.submitted.pk])


def paper(cast: Cast) -> Paper:
    with scope(organization=cast.ours.organization):
        return build_paper(Audit.objects.get(pk=cast.ours.submitted.pk))


def submitted(cast: Cast, **levels: str) -> Paper:
    """Submit the draft as a case for training, with how some answers are known."""
    sent = {("answer", q): Sent(value=value) for q, value in TRAINING_CASE.items()}
    sent |= {("level", q): Sent(value=level) for q, level in TRAINING_LEVELS.items()}
    sent |= {("level", q): Sent(value=level) for q, level in levels.items()}
    tenant = cast.ours
    with scope(organization=tenant.organization):
        audit = Audit.objects.get(pk=tenant.draft.pk)
        show(audit, tenant.contributor, TRAINING_LEVELS | levels)
        save_entries(audit=audit, by=tenant.contributor, sent=sent, sender=Sender())
        return build_paper(submit_audit(audit=audit, by=tenant.contributor))


@pytest.mark.thorough
@pytest.mark.once
def test_without_an_author_the_words_of_the_verdict_stand(cast: Cast) -> None:
    one = paper(cast).one

    assert one.title == "Northgate handbook: use retrieval"
    assert (
        one.decision_asked
        == "Agree to build or improve retrieval, and to spend nothing on training."
    )
    assert one.if_nothing == (
        "Nothing changes; nobody entered a plan or what it costs."
    )
    assert one.risks == ()


@pytest.mark.once
def test_rule_and_reasons_come_with_the_weakest_level_behind_them(cast: Cast) -> None:
    paper = submitted(cast, quality_gap="measured", tried="documented")
    one = paper.one

    assert [(row.condition, row.holds) for row in one.why] == [
        ("Need shown, ready to run it", "Holds"),
        ("Skill", "Holds"),
    ]
    assert one.why[1].found == (
        "Untuned results miss the target by over 5 points, "
        "and the fault is wrong judgement in one job"
    )
    # The reason reads an answer that nobody marked, which counts as asserted.
    assert [row.level for row in one.why] == ["documented", "asserted"]
    # As on the result, where other answers behind it are better known.
    assert ">Partly asserted<" in manuscript_of(paper).html


@pytest.mark.thorough
@pytest.mark.once
def test_nothing_found_is_said_as_such(cast: Cast) -> None:
    one = paper(cast).one

    assert one.why[-1].found == "None of the 11 reasons is proved"


@pytest.mark.thorough
@pytest.mark.once
def test_options_name_what_is_recommended_and_doing_nothing(cast: Cast) -> None:
    options = submitted(cast).one.options

    assert [option.name for option in options if option.is_chosen] == [
        "Fine-tune (recommended)"
    ]
    assert options[1].name == "Prompt alone"
    assert options[-1].name == "Do nothing"
    assert options[-1].why == "See “If we do nothing” above"


@pytest.mark.thorough
def test_author_writes_what_is_theirs(cast: Cast, client: Client, url: str) -> None:
    response = client.post(url, FULL)

    one = paper(cast).one
    assert response["Location"] == reverse("result", args=[cast.ours.submitted.pk])
    assert one.meeting == FULL["meeting"]
    assert one.decision_asked == FULL["decision_asked"]
    assert one.risks == ((FULL["risk_1"], FULL["owner_1"]),)
    assert FULL["next_date"] in html_of(client.get(url))


@pytest.mark.once
def test_what_does_not_fit_is_refused_and_stays_on_the_page(
    cast: Cast, client: Client, url: str
) -> None:
    names = ("decision_asked", "if_nothing", "why_now", "next_date")
    rooms = {name: ROOM[name] for name in names}
    rooms |= {"risk_2": ROOM["risk"], "owner_1": ROOM["owner"]}

    long = {field: "y" * (room + 1) for field, room in rooms.items()}
    refused = client.post(url, FULL | long)
    fits = {field: "x" * room for field, room in rooms.items()}
    kept = client.post(url, FULL | fits)

    form, text = refused.context["form"], html_of(refused)
    assert refused.status_code == 422
    assert {*form.errors} == {*rooms}
    for field, room in rooms.items():
        [said] = form.errors[field]
        assert said.startswith(f"Enter {room} characters or fewer; it has {room + 1} n")
        assert said in text
        assert form[field].value() == long[field]
        assert long[field] in text
    assert kept.status_code == 302


@pytest.mark.once
def test_owner_without_a_risk_is_asked_about(client: Client, url: str) -> None:
    response = client.post(url, {**FULL, "owner_3": "Somebody"})

    assert "Enter the risk, or clear its owner" in html_of(response)


@pytest.mark.once
def test_page_follows_while_one_writes_and_nothing_is_stored(
    cast: Cast, client: Client, url: str
) -> None:
    response = client.post(url, FULL, headers={"HX-Request": "true"})

    text = html_of(response)
    assert "<html" not in text
    assert FULL["why_now"] in text
    with scope(organization=cast.ours.organization):
        assert not Cover.objects.exists()


@pytest.mark.thorough
@pytest.mark.once
def test_author_corrects_what_happens_if_nobody_does_anything(
    cast: Cast, client: Client, url: str
) -> None:
    words = "Handlers go on searching the handbook by hand, 20 minutes a case."
    computed = paper(cast).one.if_nothing

    client.post(url, {**FULL, "if_nothing": words})

    one = paper(cast).one
    assert one.if_nothing == words
    assert "if_nothing" in one.written
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        found = words_of_page_one(audit, assessment_of(audit)).fields
    [field] = [each for each in found if each.label == "If we do nothing"]
    assert field.lines == (words,)
    assert field.instead_of == (computed,)


@pytest.mark.once
def test_draft_has_no_page_one(cast: Cast, client: Client) -> None:
    response = client.get(reverse("cover", args=[cast.ours.draft.pk]))

    assert response["Location"] == reverse("result", args=[cast.ours.draft.pk])


def test_other_words_make_another_paper(cast: Cast) -> None:
    tenant = cast.ours
    with scope(organization=tenant.organization):
        before, _ = request_report(audit=tenant.submitted, by=tenant.contributor)
        fields: dict[str, Any] = {"why_now": "The budget is due."}
        save_cover(audit=tenant.submitted, by=tenant.contributor, fields=fields)

        after, to_make = request_report(audit=tenant.submitted, by=tenant.contributor)

        assert cover_of(tenant.submitted).why_now == "The budget is due."
    assert (before.pk != after.pk, to_make) == (True, True)


@pytest.mark.once
@pytest.mark.parametrize(
    "risks",
    [
        [{"text": "x" * (ROOM["risk"] + 1), "owner": ""}],
        [{"text": "It drifts.", "owner": "x" * (ROOM["owner"] + 1)}],
        [{"text": "It drifts.\x00", "owner": ""}],
        [{"text": "It drifts.", "owner": "Ada"}] * 4,
    ],
)
def test_risks_that_have_no_room_are_refused_whoever_gives_them(
    cast: Cast, risks: list[dict[str, str]]
) -> None:
    tenant = cast.ours
    fields = {"why_now": "The contract ends.", "risks": risks}
    with scope(organization=tenant.organization):
        with pytest.raises(ValidationError):
            save_cover(audit=tenant.submitted, by=tenant.contributor, fields=fields)

        assert not Cover.objects.exists()


def test_risks_are_kept_clean_and_at_their_full_room(cast: Cast) -> None:
    tenant = cast.ours
    fullest = {"text": "x" * ROOM["risk"], "owner": "y" * ROOM["owner"]}
    given = [fullest, {"text": " e\u0301 \r\n", "owner": ""}]
    with scope(organization=tenant.organization):
        save_cover(
            audit=tenant.submitted, by=tenant.contributor, fields={"risks": given}
        )

        assert Cover.objects.get().risks == [fullest, {"text": "é", "owner": ""}]
