"""The page says what changed between versions, from their files and stored scores."""

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from audits.frameworks.loading import loader
from audits.method.agreement import scores
from audits.method.history import changed
from tests.pages import html_of

pytestmark = pytest.mark.once


def test_what_came_and_went_is_told_with_counts_that_add_up() -> None:
    first, second = loader.published("fine_tuning", 1), loader.current()

    found = {each.what: each for each in changed(first, second)}

    for each in found.values():
        assert each.before - len(each.removed) + len(each.added) == each.after
    assert "Keep the tuned model" in found["Verdicts"].added
    assert found["Questions"].after == len(second.questions)
    assert found["Reasons to train"].removed == ()
    assert all(not (x.added or x.removed) for x in changed(second, second))


@pytest.mark.thorough
def test_each_case_that_moved_is_named_with_both_verdicts() -> None:
    page = re.sub(r"\s+", " ", unescape(html_of(Client().get(reverse("method")))))
    first, second = loader.published("fine_tuning", 1), loader.current()
    part = page.partition('id="m-moved"')[2].partition("</details>")[0]

    moved = [case for case in scores().shipped if case.before != case.now]
    assert f"{len(moved)} of the {len(scores().shipped)} cases of the demo" in page
    for case in moved:
        said = part.partition(f"{case.title}</th>")[2].partition("</tr>")[0]
        assert first.verdicts[case.before].name in said, case.id
        assert second.verdicts[case.now].name in said, case.id
        assert (case.differs or "Accepts it") in said, case.id
