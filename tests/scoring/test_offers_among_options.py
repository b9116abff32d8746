"""An offer is among the options of a paper, with what it is."""

from dataclasses import replace

from audits.scoring import Assessment
from audits.scoring.options.options import options
from tests.scoring.letters import FRAMEWORK, letters


def test_only_an_offer_to_train_is_what_the_verdict_rejects() -> None:
    found = letters()
    assert found.family == "rebuild"
    assert found.proposal
    of_prompt = replace(found.proposal.proposal, technique="prompt")
    other = replace(found.proposal, proposal=of_prompt, technique_name="Prompt")

    def why(assessment: Assessment) -> str:
        offer = "Offer: Tuned Letters"
        return next(
            x.why for x in options(FRAMEWORK, assessment) if x.name == offer
        ).partition(";")[0]

    assert why(found) == "Trains the language model, which the verdict rejects"
    assert why(replace(found, proposal=other)) == "“Prompt”"
