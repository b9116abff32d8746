"""Page 1 is one page: where it is too full, Attune's own words give way in order."""

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django_scopes import scope

from audits.frameworks.loading.loader import current
from audits.models import Audit
from audits.reports.context import Paper, build_paper
from audits.reports.pdf_client import manuscript_of, print_paper, to_html
from audits.reports.typesetting.branding import Branding
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates, ScoredCandidate
from tests.casting import Cast
from tests.examples import some_of, thorough
from tests.printed import Printed
from tests.reports.papers import front_of, pdf_of, print_of
from tests.reports.test_appendix import DAY
from tests.reports.test_budgets import PNG, at_its_fullest, filled
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.worked_cases import TRAINING_CASE, TRAINING_LEVELS

pytestmark = pytest.mark.once

# 40,000 invoices a month, each for one of 120 cost accounts.
INVOICES: dict[str, Any] = {
    **TRAINING_CASE,
    "state": "none",
    "tried": ["instructions", "examples"],
    "quality_gap": "small",
    "component": "classifier",
    "error_cost": "moderate",
    "regulatory": "personal",
    "data_rights": "unknown",
    "team": "borrowed",
    "mlops": ["versioned"],
}
NUMBERS = {
    "requests": "40000",
    "prefix_tokens": "400",
    "variable_tokens": "500",
    "output_tokens": "20",
    "model": "mistral-medium-3-5",
    "today": "prompt",
    "label_cost": "1.5",
    "proposal_by": "Northwind",
    "proposal_technique": "fine_tune",
    "proposal_currency": "EUR",
    "proposal_once": "24000",
}
SCORED = Candidates(
    rows=(
        ScoredCandidate(id="c1", kind="prompt", cases=200, passed=168, sha256="a" * 64),
        ScoredCandidate(
            id="c2", kind="examples", cases=200, passed=181, sha256="a" * 64, run=1
        ),
    ),
    target=Decimal("0.95"),
)
SIGNED = (
    "Signed off with 2 conditions. Condition: Two bookkeepers agree on at least 45 of "
    "50 invoices before anything is trained, by 18 December 2026; 1 more in A8."
)


# The longest sentence about one number that a question has a part of.
WRONG = (
    "“Tokens that answers come from” is 1,200,000 tokens, but the answer to “Volume of "
    "the documents” is “Fits in a window”, up to half of what the model with the "
    "largest context window reads (500,000 tokens). "
    "“Large” fits the number. And 2 more."
)
CHECKS = tuple(
    f"Check {n}, which somebody has to do before it is built" for n in "1234"
)


def invoices(cast: Cast, **more: Any) -> Paper:
    """Return the paper of a case whose author wrote nothing on page 1."""
    answers = INVOICES | more
    codes = {q: tuple(x) if isinstance(x, list) else x for q, x in answers.items()}
    with scope(organization=cast.ours.organization):
        audit = Audit.objects.get(pk=cast.ours.submitted.pk)
        given = Inputs(
            codes=codes, levels=TRAINING_LEVELS, numbers=NUMBERS, candidates=SCORED
        )
        audit.assessment = document.dump(assess_on(current(), given, DAY))
        return replace(build_paper(audit), sign_off=SIGNED)


@pytest.mark.thorough
def test_full_page_one_leaves_out_options_that_the_appendix_then_has(
    cast: Cast,
) -> None:
    paper = replace(invoices(cast), summary=filled("en", 240))
    made = print_of(paper)

    first, second, *rest = Printed(made.pdf).words
    appendix = " ".join(rest)
    assert (made.notice, len(rest)) == ("", 4)
    assert second.startswith("A1 ")
    assert "For lack of room, the appendix has" not in first
    for kept in (
        "Train a small part No price",
        "Few-shot 16,076 9,206–29,410 Used meanwhile",
        "Few-shot by search 28,016 16,632–60,017 Feasible, but costs no less",
        "Offer: Northwind At least 26,813",
        "Do nothing",
        "Target 95 of 100, tested 84 (168 of 200).",
    ):
        assert kept in first
    named = "Tuned open model (123,529); Distilled model ("
    assert f"Also compared (appendix): {named}" in first
    assert "; Tuned hosted model; Retrieval (37,672)" in first
    assert first.count("Distilled model") == first.count("Tuned open model") == 1
    # The table of A4 has their ranges, and the row below it says why not.
    assert re.search(
        r"Tuned open model [0-9,]+ [0-9,]+ 123,529 78,091 293,720", appendix
    )
    needs = "Only a small part needs training"
    assert f"Tuned open model, Distilled model: {needs}" in appendix
    adds = "Adds facts, and facts are not what is wrong; costs no less"
    assert f"Retrieval: {adds}" in appendix
    # A short decision and short notes leave the risks their room.
    assert "further risks" not in first
    assert "Further risks." not in appendix
    assert manuscript_of(invoices(cast)) == manuscript_of(invoices(cast))


@pytest.mark.thorough
def test_full_page_one_is_printed_again_the_same(cast: Cast) -> None:
    paper = invoices(cast)

    assert pdf_of(paper) == print_paper(paper).pdf


@pytest.mark.thorough
def test_offer_without_running_costs_is_at_least_and_says_what_it_is(
    cast: Cast,
) -> None:
    made = invoices(cast)

    [offer] = [each for each in made.one.options if each.name == "Offer: Northwind"]
    assert offer.cost == "At least 26,813"
    assert offer.why == (
        "Trains the language model, which the verdict rejects; at least $10,737 more "
        "than “Few-shot” (meanwhile); €24,000 once (A4)"
    )


def test_first_two_pages_say_the_target_today_and_what_is_measured(cast: Cast) -> None:
    printed = Printed(pdf_of(invoices(cast)))

    first, second, *_ = printed.words
    today = "Tested, “Written prompt”: 168 of 200 passed, between 78 and 88 of 100."
    assert f"The target is 95 of 100. {today}" in second
    small = "Untuned results miss the target by up to 5 points"
    assert re.search(rf" of 100\. {small} Partly asserted", first)
    assert printed.overhanging == ()


def test_reasons_that_have_no_room_are_told_beside_those_that_have(cast: Cast) -> None:
    html = to_html(invoices(cast), "s100")

    reasons = html.partition("Why this verdict")[2].partition("</section>")[0]
    assert re.search(r'data-instead="7" hidden[^>]*>\s*More in the\sappendix<', reasons)
    assert "further reasons" not in html


@pytest.mark.thorough
@pytest.mark.parametrize("is_letter", [thorough(False), True])
def test_longest_words_of_an_author_leave_page_one_on_one_page(
    cast: Cast, *, is_letter: bool
) -> None:
    made = invoices(cast)
    full = at_its_fullest(made.one, "en")
    branding = Branding(is_letter=is_letter, accent="", logo=PNG)

    printed = front_of(
        replace(made, summary=filled("en", 240), one=full, branding=branding)
    )

    first, second, *_ = Printed(printed.pdf).words
    assert (printed.notice, second[:3]) == ("", "A1 ")
    assert full.risks[2][0].split()[0] in first
    assert " ," not in first


@pytest.mark.thorough
def test_what_cannot_be_right_stands_on_page_one_beside_the_longest_words(
    cast: Cast,
) -> None:
    made = invoices(cast)
    full = replace(at_its_fullest(made.one, "en"), not_consistent=WRONG)

    printed = front_of(replace(made, summary=filled("en", 240), one=full))

    first, second, *_ = Printed(printed.pdf).words
    assert (printed.notice, second[:3]) == ("", "A1 ")
    assert f"Correct before the vote: {WRONG}" in first


@pytest.mark.thorough
@pytest.mark.parametrize("verdict", some_of(["distil", "fine_tune", "gather_evidence"]))
def test_own_words_fit_beside_results_an_offer_and_a_condition(
    cast: Cast, verdict: str
) -> None:
    more = {"error_cost": "moderate", "regulatory": "personal"}
    made = invoices(cast, **(ANSWERS[verdict] | more))
    one = replace(made.one, standing="Only once", conditions=CHECKS)

    printed = print_paper(replace(made, summary=filled("en", 240), one=one))

    assert printed.notice == ""
    assert Printed(printed.pdf).words[1].startswith("A1 ")
