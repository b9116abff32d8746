"""The ladder of remedies is in a fold of the result, as a list."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from audits.scoring.ladder.rungs import ladder_rungs
from tests.casting import Cast
from tests.pages import html_of
from tests.results.test_first import answered, explained_of
from tests.scoring.worked_cases import RETRIEVAL_CASE
from tests.signed_in import sign_in

pytestmark = pytest.mark.once


def test_fold_lists_every_rung_in_order_with_its_state_in_words(
    cast: Cast, client: Client
) -> None:
    audit = answered(cast, RETRIEVAL_CASE)
    sign_in(client, cast.ours.contributor)

    page = html_of(client.get(reverse("result", args=[audit.pk])))

    found = explained_of(audit).ladder
    assert found is not None
    [listed] = re.findall(r'<ol class="ladder">.*?</ol>', page, re.DOTALL)
    rungs = re.findall(r"<li class=\"rung.*?</li>", listed, re.DOTALL)
    said = [html.unescape(re.sub(r"<[^>]+>", " ", each)) for each in rungs]
    for row, words in zip(found.rows, said, strict=True):
        for told in (row.name, row.said, row.in_use, row.advised):
            assert told in words
    assert len(rungs) == len(found.rows)
    assert found.rows[0].id == ladder_rungs().rungs[0].id
    before = page[: page.index('<ol class="ladder">')]
    assert before.rfind("<details") > before.rfind("</details>")
    assert sum('rung-next"' in each for each in rungs) == 1
