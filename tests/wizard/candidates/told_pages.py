"""What all who read a verdict are told of its test results."""

from typing import Any

from django.test import Client
from django.urls import reverse

from audits.models import Audit, Role
from audits.reports.context import build_paper
from audits.services.answers.answers import fresh_audit
from audits.services.reviews.audits import submit_audit
from tests.casting import Cast
from tests.examples import is_everyday
from tests.pages import html_of
from tests.signed_in import sign_in

# What is told is one function of the assessment, and each page prints all of it.
OF_EVERY_RUN = ("result", "paper")


def told_pages(
    client: Client, draft: Audit, cast: Cast, *, are_all: bool = False
) -> dict[str, str]:
    """Submit a draft; return what its check, result and review say, and A6.

    A normal run reads the result and A6, unless a test asks for all of them.
    """
    are_all = are_all or not is_everyday()
    said: dict[str, Any] = {
        name: html_of(client.get(reverse(name, args=[draft.pk]), follow=True))
        for name in ("check", "result")
        if are_all or name in OF_EVERY_RUN
    }
    submit_audit(audit=fresh_audit(draft), by=draft.use_case.owner)
    if are_all:
        reviewer = Client()
        sign_in(reviewer, cast.ours.people[Role.REVIEWER])
        said["review"] = html_of(reviewer.get(reverse("review", args=[draft.pk])))
    said["paper"] = " ".join(build_paper(fresh_audit(draft)).results_told)
    return said
