"""The deciding answers that page 1 counts are marked among all answers."""

from typing import Any

import pytest

from audits.reports.pdf_client import manuscript_of
from audits.scoring.summary.sureness import sureness
from tests.casting import Cast
from tests.examples import thorough
from tests.reports.test_appendix import paper
from tests.scoring.twelve_verdicts import ANSWERS

pytestmark = pytest.mark.once


@pytest.mark.parametrize("verdict", ["few_shot", thorough("distil")])
def test_as_many_answers_are_marked_as_page_one_counts(
    cast: Cast, verdict: str
) -> None:
    answers: dict[str, Any] = ANSWERS[verdict]
    made = paper(cast, answers)
    counted = sureness(made.framework, made.assessment).deciding
    assert counted

    printed = (
        manuscript_of(made).html.partition('id="a6"')[2].partition("</section>")[0]
    )

    assert sum(row.decides for row in made.answers) == counted
    assert printed.count("†</th>") == counted
    assert "A deciding answer:" in printed
    told = (
        "a rule, reason or blocker that applies here used it, or another answer would"
    )
    assert told in " ".join(printed.split())
    assert ("A5 lists up to four changes" in printed) is bool(made.changes)
