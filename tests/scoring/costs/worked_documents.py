"""The use cases of docs/worked_costs.md on what is added to a call of today."""

from decimal import Decimal

from audits.scoring.money.of_assessment import money_of
from tests.scoring.costs.worked_decisions import (
    Numbers,
    assessed,
    of_today,
    price,
)
from tests.scoring.live_prompts import LIVE_FACTS
from tests.scoring.twelve_verdicts import ANSWERS


def v32() -> Numbers:
    facts = LIVE_FACTS | {"knowledge_size": "medium"}
    paper = assessed(facts, today="prompt", knowledge_tokens="100000")
    found = money_of(paper)
    assert found is not None
    today, chosen = of_today(found), found.chosen
    assert chosen.technique == "prompt_documents"
    assert found.saving_year is not None
    line = price(paper, "prompt_documents").line
    return {
        "today_month": today.month.expected,
        "today_year": today.year.expected,
        "advised_call": line.per_request,
        "advised_month": chosen.month.expected,
        "advised_year": chosen.year.expected,
        "more": Decimal(-1) * found.saving_year,
    }


def v34() -> Numbers:
    paper = assessed(ANSWERS["few_shot"], today="few_shot")
    fixed, varied = price(paper, "few_shot"), price(paper, "few_shot_retrieved")
    before = assessed(ANSWERS["few_shot"], today="prompt")
    return {
        "today_call": fixed.line.per_request,
        "today_month": fixed.month.expected,
        "varied_call": varied.line.per_request,
        "from_a_prompt": price(before, "few_shot").line.per_request,
    }
