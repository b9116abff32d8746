"""Training is approved alike everywhere, and only if it is shown and has a price."""

import html
from collections.abc import Collection, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit, PortfolioRow, Role
from audits.reports.context import build_paper
from audits.scoring.days import in_words
from audits.scoring.exchange import document
from audits.services.answers.answers import fresh_audit, save_entries
from audits.services.answers.merging import Sender, Sent
from audits.services.reviews.audits import submit_audit
from audits.services.reviews.drift import mark_due
from tests.casting import Cast, Tenant
from tests.examples import thorough
from tests.pages import html_of
from tests.proved import save_proved
from tests.replayed import replayed
from tests.reviews.conftest import read_of, signed
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS
from tests.signed_in import sign_in

PRICED = {
    "requests": "100000",
    "prefix_tokens": "6000",
    "variable_tokens": "500",
    "output_tokens": "300",
}
# Its tuning closes long before it could be ready, on any day of these tests.
CLOSING = PRICED | {
    "model": "gpt-6.2-sol",
    "tuned": "gpt-4.1-mini",
    "today": "prompt",
    "gpu": "L40S 48 GB",
}
CONFIRMS = (
    "Not ready for the board’s vote: a reviewer must first confirm that links and "
    "files support"
)
TO_REVIEWER = (
    "Before you sign off, open the evidence and confirm that links and files support"
)
# Each answer with a level has a link, and the link is the same.
SHOWN = len(TRAINING_LEVELS)
# The submission asks for these, also where no gate does and the case leaves them out.
OTHERS = {"regulatory": "internal", "error_cost": "low"}


def submitted(
    cast: Cast, *, unshown: Collection[str] = (), numbers: Any = PRICED
) -> Audit:
    """Submit a case to train; nothing shows the answers that are `unshown`."""
    levels = {q: x for q, x in TRAINING_LEVELS.items() if q not in unshown}
    with scope(organization=cast.ours.organization):
        _submit(cast.ours, levels=levels, numbers=numbers)
        return fresh_audit(cast.ours.draft)


@replayed
def _submit(tenant: Tenant, levels: Any, numbers: Any) -> None:
    lead, answers = tenant.contributor, OTHERS | TRAINING_CASE
    sent: Any = {("number", q): Sent(value=x) for q, x in numbers.items()}
    audit = save_proved(audit=tenant.draft, by=lead, answers=answers, levels=levels)
    save_entries(audit=audit, by=lead, sent=sent, sender=Sender())
    submit_audit(audit=fresh_audit(audit), by=lead)


def places(client: Client, cast: Cast, audit: Audit) -> Iterator[tuple[str, str]]:
    """Yield what each place says of the approval, by its name."""
    for name, role in (("result", Role.CONTRIBUTOR), ("review", Role.REVIEWER)):
        sign_in(client, cast.ours.people[role])
        page = html_of(client.get(reverse(name, args=[audit.pk])))
        yield name, html.unescape(page)
    with scope(organization=cast.ours.organization):
        yield "page 1", build_paper(audit).one.standing


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, f"{CONFIRMS} every answer called documented or measured."),
        # tests/scoring/test_one_answer_everywhere.py reads it without pages.
        thorough(({"numbers": {}}, "Do not approve yet: training has no price.")),
        thorough(({"unshown": ("data_rights",)}, "Do not approve yet: ")),
        ({"numbers": CLOSING}, "Do not approve yet: GPT-4.1 mini can be trained only"),
    ],
    ids=["shown", "no price", "not shown", "closing"],
)
def test_every_place_says_the_same_of_an_approval(
    client: Client, cast: Cast, given: Any, said: str
) -> None:
    audit = submitted(cast, **given)
    assert audit.verdict == "fine_tune"

    for name, words in places(client, cast, audit):
        told = said.replace(CONFIRMS, TO_REVIEWER) if name == "review" else said
        assert told in words, name
        assert "All checks for training pass" not in words, name
        if name == "result" and said.startswith(CONFIRMS):
            assert "can confirm the evidence and sign this off." in words


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("given", "asked"),
    [({}, "Once ready"), ({"numbers": {}}, "Decision needed")],
    ids=["a reviewer first", "no price"],
)
def test_paper_asks_for_no_vote_before_a_reviewer_has_confirmed(
    cast: Cast, given: Any, asked: str
) -> None:
    audit = submitted(cast, **given)

    with scope(organization=cast.ours.organization):
        assert build_paper(audit).one.asked == asked


def test_paper_asks_for_the_work_to_show_what_is_not_shown(cast: Cast) -> None:
    audit = submitted(cast, unshown=("data_rights", "example_quality"))

    with scope(organization=cast.ours.organization):
        one, row = build_paper(audit).one, PortfolioRow.objects.get(audit=audit)
    assert one.standing == (
        "Do not approve yet: these checks are answered without evidence: right to "
        "train; agreement of experts (A6); show them first."
    )
    asked = "hours of work to show 2 answers, then decide on training."
    assert asked in one.decision_asked
    assert "This asks for $" in one.decision_asked
    # Its title is what the amount pays for, and not the training.
    assert one.act == "prove the answers first, then decide"
    assert one.why_now == ""
    assert asked in row.ask
    assert audit.assessment
    advice = document.load(audit.assessment).advice
    assert advice
    assert advice.standing == "not_shown"
    assert current().question_by_id["data_rights"].label in advice.unproven_answers


@pytest.mark.on_both
def test_opened_links_approve_until_a_review_is_due(client: Client, cast: Cast) -> None:
    audit, reviewer = submitted(cast), cast.ours.people[Role.REVIEWER]
    sign_in(client, reviewer)
    sent = signed("approved", submission=read_of(audit)) | {"opened": "on"}
    client.post(reverse("review", args=[audit.pk]), sent)

    with scope(organization=cast.ours.organization):
        audit = fresh_audit(audit)
        before = build_paper(audit).one.standing
        mark_due(audit, "A newer test contradicts it.")
        audit = fresh_audit(audit)
        after = build_paper(audit).one.standing
        row = PortfolioRow.objects.get(audit=audit)

    today = in_words(timezone.localdate())
    assert before == "All checks for training pass: the board can approve it."
    assert after == (
        f"Signed off on {today}; review due, so decide again before spending."
    )
    assert row.approval == after.rstrip(".")
    page = html.unescape(html_of(client.get(reverse("result", args=[audit.pk]))))
    assert after in page
    assert "All checks for training pass" not in page


@pytest.mark.thorough
def test_same_link_behind_several_answers_is_said(client: Client, cast: Cast) -> None:
    said = f"The same link is given for {SHOWN} answers ("

    found = dict(places(client, cast, submitted(cast)))

    assert said in found["result"]
    assert said in found["review"]
