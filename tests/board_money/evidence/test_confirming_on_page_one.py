"""Page 1 and the steps say alike that a test confirms the advice."""

from dataclasses import replace

from audits.frameworks.loading.loader import current
from audits.models import Cover
from audits.scoring.cards.tests_of_results import ADVISED_TEST
from audits.scoring.inputs import Inputs
from audits.services.papers.next_date import next_date
from tests.board_money.evidence.test_confirming import of
from tests.scoring.costs.worked_decisions import GIVEN
from tests.scoring.scored.test_candidates import candidates, scored
from tests.scoring.twelve_verdicts import ANSWERS
from tests.scoring.what_if.test_changes import DAY, inputs_of

SETTLED: Inputs = replace(
    inputs_of(
        ANSWERS["rag"] | {"task_shape": "broad", "component": "generator"}, {}, **GIVEN
    ),
    candidates=candidates(scored("prompt", 44, 60)),
)


def test_page_one_and_steps_say_alike_that_nothing_decides() -> None:
    assessment, plan = of(SETTLED)
    assert [card.id for card in plan.first] == [ADVISED_TEST]

    assert plan.says.startswith(
        "2 open questions may add a first step: Agreement of experts, Oversight. What "
        "is advised is untested: test it before you pay for it."
    )
    assert next_date(current(), assessment, Cover(), DAY) == (
        "Not set. First: before you spend, test retrieval on the same 60 cases, about "
        "40 h."
    )
