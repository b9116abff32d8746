"""Who does not know an answer reads how to find out, and what the test must reach."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit
from audits.scoring.scored.candidates import Candidates
from audits.services.answers.candidates import (
    candidates_seen,
    save_candidates,
    with_target,
)
from tests.casting import Cast
from tests.pages import html_of
from tests.wizard.test_words_to_read import save

pytestmark = pytest.mark.once


def folds(cast: Cast, client: Client, name: str, of: str) -> dict[str, str]:
    """Return the folds of a page, by the question whose last option they follow."""
    page = html_of(client.get(reverse(name, args=[cast.ours.draft.pk, of])))
    found = re.findall(
        r'name="(\w+)"\s+value="unknown"(?:(?!</div>).)*</div>\s*'
        r'<details class="why find-out" open>(.*?)</details>',
        page,
        flags=re.DOTALL,
    )
    return {
        question: " ".join(strip_tags(fold.replace("<", " <")).split())
        for question, fold in found
    }


def test_each_question_of_a_section_says_how_and_what_the_test_must_reach(
    cast: Cast, client: Client
) -> None:
    save(cast, {"goal": ["style"], "state": "planned"}, {})
    asked = current().question_by_id

    found = folds(cast, client, "section", "purpose")

    assert {"goal", "tried", "eval"} <= found.keys()
    for question, said in found.items():
        test = asked[question].experiment
        assert said.startswith(f"How to find out {asked[question].find_out}")
        assert ("Pass mark: " in said) == (test is not None)


def test_pass_mark_is_the_target_once_it_is_stored(cast: Cast, client: Client) -> None:
    save(cast, {"goal": ["style"], "state": "planned"}, {})
    without = folds(cast, client, "next_question", "tried")["tried"]
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
        save_candidates(
            audit=audit,
            by=cast.ours.contributor,
            change=with_target(Candidates(target=Decimal("0.92"))),
            seen=candidates_seen(audit),
        )

    stored = folds(cast, client, "next_question", "tried")["tried"]

    assert without.endswith("Pass mark: Set the target first.")
    assert stored.endswith("Pass mark: 92 of 100 cases pass.")
