"""Where documents do not fit, a paper says how much the team's model reads."""

from audits.landscape.catalogue import catalogue
from audits.scoring.sentences.window_of_model import window_too_small
from tests.scoring.letters import NUMBERS, letters

FACTS = {"goal": ["knowledge"], "tried": ["nothing"], "knowledge_size": "large"}


def test_window_that_documents_exceed_is_that_of_the_model_of_the_team() -> None:
    few, many = (
        letters(answers=FACTS, numbers=NUMBERS | {"knowledge_tokens": tokens})
        for tokens in ("20000", "9000000")
    )
    assert many.costs
    model = catalogue(many.costs.plan.on).models[many.numbers["model"]]
    window = int(model.context_window.value)

    said = window_too_small(many)

    assert said.startswith(f"They do not fit in {model.name}: its context window has ")
    assert f" has {window:,} tokens, of which " in said
    usable = int(said.partition("of which ")[2].split()[0].replace(",", ""))
    assert 0 < usable <= window // 2
    assert window_too_small(few) == ""
