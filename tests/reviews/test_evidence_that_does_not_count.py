"""A reviewer signs no link behind an answer that does not count."""

from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Evidence, Role
from audits.services.verdicts.assessments import assessment_of
from tests.casting import Cast
from tests.outcomes.signed import submitted
from tests.pages import html_of
from tests.signed_in import sign_in


def test_links_behind_an_answer_that_does_not_count_are_only_named(
    client: Client, cast: Cast
) -> None:
    audit = submitted(cast.ours)
    with scope(organization=cast.ours.organization):
        counting = assessment_of(audit).codes
        hidden = next(x for x in current().questions if x.id not in counting)
        known = next(x for x in current().questions if x.id in counting)
        behind = Evidence.objects.filter(audit=audit)
        assert behind.update(question=known.id)
    sign_in(client, cast.ours.people[Role.REVIEWER])
    address = reverse("review", args=[audit.pk])
    said = "You do not sign the links behind"

    before = html_of(client.get(address))
    with scope(organization=cast.ours.organization):
        behind.update(question=hidden.id)
    after = html_of(client.get(address)).partition("Evidence you vouch for")[2]

    assert said not in before
    told = " ".join(after.partition("</section>")[0].split())
    assert f"{said} “{hidden.label}”: that answer does not count here." in told
