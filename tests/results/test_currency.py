"""The money of a result in the currency of its amounts."""

from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from itertools import count, repeat
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.landscape import in_force
from audits.landscape.loader import built_in
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from audits.scoring.money.currency import money_line
from audits.scoring.money.of_assessment import money_of
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.exchange.made_attachments import DAY
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.scoring.worked_numbers import ON_OWN_GPUS

pytestmark = pytest.mark.once

# A frozen assessment is read once for each revision of an audit.
_REVISIONS = count(1000)


def without_rates() -> AbstractContextManager[None]:
    bare = replace(built_in(), exchange_rates=(), sha256="0" * 64)
    return in_force.using(partial(next, repeat(bare)))


def result(cast: Cast, client: Client, assessment: Any) -> str:
    audit = cast.ours.submitted
    with scope(organization=cast.ours.organization):
        audit.assessment = document.dump(assessment)
        audit.revision = next(_REVISIONS)
        audit.save(update_fields=["assessment", "revision"])
    return html_of(client.get(reverse("result", args=[audit.pk])))


def assessed(**numbers: str) -> Any:
    codes: Any = {
        q: tuple(x) if isinstance(x, list) else x for q, x in RETRIEVAL_CASE.items()
    }
    return assess_on(current(), Inputs(codes=codes, numbers=ON_OWN_GPUS | numbers), DAY)


def test_result_has_its_sums_in_euros_and_says_why_tables_are_in_dollars(
    cast: Cast, client: Client
) -> None:
    assessment = assessed(fte_cost="90000", currency="EUR")
    line = money_line(assessment, money_of(assessment, "planned"))
    page = result(cast, client, assessment)

    assert line.startswith("In euros at 1.1172 US dollars (European Central Bank,")
    why = "Tables are in US dollars, because models are priced in them."
    assert page.count(f"{line} {why}") == 1
    assert why not in result(cast, client, assessed(fte_cost="90000"))


def test_result_without_a_rate_says_why_nothing_is_priced(
    cast: Cast, client: Client
) -> None:
    with without_rates():
        assessment = assessed(fte_cost="90000", currency="EUR")
    page = result(cast, client, assessment)

    assert assessment.costs is None
    assert (
        "Nothing is priced, because the market facts have no exchange rate of Euro "
        "(EUR) for 24 November 2026."
    ) in page
