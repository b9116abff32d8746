"""An answer that is computed counts on every page while the team does not know it."""

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.services.answers.answers import save_entries
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sender, Sent
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.deciding.test_rule_cases import UNTESTED
from tests.scoring.test_computed_answers import NUMBERS
from tests.signed_in import sign_in


def answered(cast: Cast, platform: str) -> None:
    answers = {**UNTESTED, "platform": platform}
    sent: dict[Key, Sent] = {("answer", q): Sent(value=x) for q, x in answers.items()}
    sent |= {("number", name): Sent(value=x) for name, x in NUMBERS.items()}
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
        by = cast.ours.contributor
        save_entries(audit=audit, by=by, sent=sent, sender=Sender())


def test_service_that_closes_is_known_on_every_page(cast: Cast, client: Client) -> None:
    answered(cast, "unknown")
    sign_in(client, cast.ours.contributor)
    pk = cast.ours.draft.pk

    asked = html_of(client.get(reverse("question", args=[pk, "platform"])))
    check = html_of(client.get(reverse("check", args=[pk])))
    result = html_of(client.get(reverse("result", args=[pk])))

    assert "Computed from your numbers: <strong>It is closing</strong>" in asked
    assert "GPT-4.1 mini, until 6 January 2027" in asked
    for page in (check, result):
        assert "Move off the tuned model" in page
        assert "Not known: Tuning service" not in page
        assert "If “Tuning service” were" not in page


def test_page_of_a_question_says_nothing_that_is_not_computed(
    cast: Cast, client: Client
) -> None:
    answered(cast, "unknown")
    sign_in(client, cast.ours.contributor)

    page = reverse("question", args=[cast.ours.draft.pk, "goal"])

    assert "Computed from your numbers" not in html_of(client.get(page))
