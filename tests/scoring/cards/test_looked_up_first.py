"""What is only looked up and changes the verdict comes before the first test."""

from datetime import date
from decimal import Decimal
from typing import Any

from audits.frameworks.answering.answers import read
from audits.frameworks.loading.loader import current
from audits.scoring import Assessment
from audits.scoring.assess_on import assess_on
from audits.scoring.inputs import Inputs
from audits.scoring.scored.candidates import Candidates
from audits.scoring.summary.plan import Plan, plan_of

FRAMEWORK, DAY = current(), date(2026, 12, 2)
# A plan to tune a model that answers mails about invoices; nothing is tested.
MAILS: dict[str, Any] = {
    "goal": ["knowledge", "style"],
    "state": "planned",
    "tried": ["demo"],
    "eval": "person_checks",
    "task_shape": "narrow_stable",
    "component": "generator",
    "examples": "unlabelled_logs",
    "knowledge_size": "unknown",
    "pairs": "unknown",
    "domain_vocab": "industry",
    "hosting": "unknown",
}
NUMBERS = {
    "requests": "40000",
    "prefix_tokens": "800",
    "variable_tokens": "400",
    "output_tokens": "300",
    "knowledge_tokens": "24000",
    "model": "gpt-5",
    "tuned": "gpt-4.1-mini",
    "today": "fine_tune_hosted",
}


def planned(
    target: str | None = "0.9", numbers: dict[str, str] = NUMBERS, **answers: Any
) -> tuple[Assessment, Plan]:
    share = None if target is None else Decimal(target)
    inputs = Inputs(
        codes=read(FRAMEWORK, MAILS | answers),
        numbers=numbers,
        candidates=Candidates(target=share),
    )
    found = assess_on(FRAMEWORK, inputs, DAY)
    return found, plan_of(FRAMEWORK, found, inputs)


def first(plan: Plan) -> list[str]:
    return [card.id for card in plan.first]


def test_one_hour_that_changes_the_verdict_comes_before_the_test_set() -> None:
    for target, before in ((None, ["set_target"]), ("0.9", [])):
        found, plan = planned(target)

        read = [*before, "knowledge_size", "hosting"]
        assert first(plan)[: len(before) + 3] == [*read, "eval"]
        [count] = [card for card in plan.first if card.id == "knowledge_size"]
        leads, stays = count.outcomes
        assert count.hours == 1
        assert leads.results == ("None", "Small", "Medium")
        assert (leads.verdict, stays.verdict) == ("prompt_long_context", found.verdict)


def test_what_is_answered_is_not_looked_up_again() -> None:
    assert "knowledge_size" not in first(planned(knowledge_size="small")[1])


def test_where_a_model_may_run_is_asked_before_one_is_tested() -> None:
    found, plan = planned()

    [flip] = [x for x in found.flips if x.changes[0].option == "self_host"]
    assert flip.depends_on
    assert first(plan)[:3] == ["knowledge_size", "hosting", "eval"]


def test_documents_that_were_entered_are_not_said_to_be_unknown() -> None:
    told, _ = planned()
    unknown, _ = planned(
        numbers={k: v for k, v in NUMBERS.items() if k != "knowledge_tokens"}
    )

    assert told.verdict == unknown.verdict == "rag"
    assert "the documents that were entered fit in the context window" in told.lead
    assert "nobody said how much text has to be searched" in told.lead
    assert "nothing shows that the text" in unknown.lead
