"""The check names the deciding answers that nothing shows, as a result counts them."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from audits.models import Audit
from audits.wizard.submitting.asserted import lacking
from tests.casting import Cast
from tests.pages import html_of
from tests.proved import save_proved
from tests.scoring.worked_cases import (
    FIRM_RETRIEVAL_CASE,
    RETRIEVAL_CASE,
    TRAINING_CASE,
)

SAYS = r"(\d+) of (\d+) deciding answers are only asserted"
LACK = r"(\d+) of (\d+) deciding answers (?:has|have) no evidence: (?:it is|they are) "
ALL = r"All \d+ deciding answers have no evidence: they are asserted, or no level is"


def at(cast: Cast, name: str, *more: str) -> str:
    return reverse(name, args=[cast.ours.draft.pk, *more])


def save(cast: Cast, answers: dict[str, object], levels: dict[str, str]) -> None:
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.draft.pk)
        by = cast.ours.contributor
        save_proved(audit=audit, by=by, answers=answers, levels=levels)


def fold_of(page: str) -> str:
    """Return the fold of the check that names such answers."""
    return page.partition('<details id="asserted">')[2].partition("</details>")[0]


@pytest.mark.thorough
def test_check_names_each_deciding_answer_that_the_result_calls_asserted(
    cast: Cast, ana: Client
) -> None:
    settled = {"example_quality": "consistent", "regulatory": "low"}
    save(cast, FIRM_RETRIEVAL_CASE | settled, {"goal": "documented"})

    result = html_of(ana.get(at(cast, "result")))
    check = html_of(ana.get(at(cast, "check")))

    [(few, many)] = {*re.findall(SAYS, result)}
    fold = fold_of(check)
    [said] = re.findall(LACK, fold.partition("</summary>")[0])
    assert said == (few, many)
    assert 0 < int(few) < int(many)
    links = re.findall(r'<li><a href="([^"]+)#level-(\w+)">', fold)
    named = [question for _, question in links]
    assert len(named) == len({*named}) == int(few)
    assert "goal" not in named
    assert all(where == at(cast, "question", one) for where, one in links)
    for where, one in links:
        assert f'id="level-{one}' in html_of(ana.get(where))
    assert at(cast, "submit") in check


@pytest.mark.thorough
def test_answer_with_evidence_is_named_no_more(cast: Cast, ana: Client) -> None:
    save(cast, RETRIEVAL_CASE, {})
    before = fold_of(html_of(ana.get(at(cast, "check"))))
    named = re.findall(r"#level-(\w+)", before)

    save(cast, {}, dict.fromkeys(named, "documented"))

    check = html_of(ana.get(at(cast, "check")))
    assert named
    assert 'id="asserted"' not in check


def test_one_answer_that_lacks_evidence_is_said_in_the_singular() -> None:
    said = [lacking(*each) for each in ((1, 1), (1, 3), (2, 3), (3, 3))]

    assert [each.partition(" evidence:")[0] for each in said] == [
        "The only deciding answer has no",
        "1 of 3 deciding answers has no",
        "2 of 3 deciding answers have no",
        "All 3 deciding answers have no",
    ]


@pytest.mark.thorough
def test_what_training_needs_is_named_beside_all_that_decides(
    cast: Cast, ana: Client
) -> None:
    save(cast, TRAINING_CASE, {})

    check = html_of(ana.get(at(cast, "check")))

    assert re.search(ALL, fold_of(check).partition("</summary>")[0])
    assert check.count("Strength of evidence</h3>") == 1
