"""The price of a prompt says which documents it leaves out."""

from dataclasses import replace
from types import SimpleNamespace
from uuid import UUID

from django.template.loader import render_to_string

from audits.scoring.inputs import Inputs
from audits.scoring.money.of_assessment import money_of
from audits.scoring.options.option_reasons import why_not
from audits.scoring.sentences.documents import (
    LACKING,
    documents_apart,
    without_documents,
)
from audits.scoring.what_if.comparison import outcome_of
from tests.scoring.letters import FRAMEWORK, NUMBERS, letters

SAID = "without the 360,000 tokens of documents"
NEW = {
    **{name: said for name, said in NUMBERS.items() if name != "today"},
    "knowledge_tokens": "360000",
}
FACTS = {"goal": ["knowledge"], "tried": ["nothing"], "knowledge_size": "large"}


def test_a_prompt_beside_a_search_says_what_it_leaves_out() -> None:
    found = letters(answers=FACTS, numbers=NEW)
    money = money_of(found, "planned")

    assert found.costs
    assert found.verdict == "rag"
    assert without_documents(found, "prompt") == SAID
    assert without_documents(found, "rag") == ""
    assert why_not(found)["prompt"].startswith(f"Costs less {SAID}, but answers need ")
    rows = render_to_string(
        "results/money/rows.html", {"assessment": found, "money": money}
    )
    assert rows.count(SAID) == 1
    panel = SimpleNamespace(audit=UUID(int=1), documents=SAID, lacking=LACKING)
    panel.prices = [x for x in found.costs.plan.techniques if x.price][:3]
    panel.plan = found.costs.plan
    shown = render_to_string("wizard/panel/prices.html", {"panel": panel})
    assert f"{SAID[0].upper()}{SAID[1:]}" in shown
    # What holds them, or needs none, leaves nothing out.
    for answers in ({"tried": ["in_prompt"]}, {"goal": ["style"]}):
        assert documents_apart(letters(answers=FACTS | answers, numbers=NEW)) == ""
    assert documents_apart(replace(found, numbers=NUMBERS)) == ""


def test_a_prompt_before_anybody_counted_says_that_it_has_no_documents() -> None:
    found = letters(
        answers={"goal": ["none_counted"], "tried": ["nothing"]}, numbers=NEW
    )
    money = money_of(found, "planned")

    assert money
    assert money.chosen.technique == "prompt"
    assert (
        "The price of “Prompt” leaves out the documents that answers come from."
        in money.note
    )
    inputs = Inputs(codes=found.codes, numbers=NEW)
    assert f", {SAID}" in outcome_of(FRAMEWORK, found, inputs).money
