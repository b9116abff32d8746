"""The techniques that verdicts name, and the ways to pay for each."""

from collections.abc import Mapping

from audits.frameworks.questions import Technique
from audits.frameworks.rules import Verdict
from audits.scoring.costs.cost_numbers import PricedTechnique

# What a verdict has to pay for. An untuned model and a small part have no list price.
TECHNIQUE_OF: Mapping[Verdict, Technique] = {
    "prompt_long_context": "prompt",
    "few_shot": "few_shot",
    "rag": "rag",
    "distil": "distil",
    "fine_tune": "fine_tune",
    "fine_tune_after_mlops": "fine_tune",
}
# The ways to pay for one technique.
WAYS: Mapping[Technique, tuple[PricedTechnique, ...]] = {
    "prompt": ("prompt", "prompt_smaller", "prompt_documents", "prompt_tested"),
    "few_shot": ("few_shot", "few_shot_retrieved"),
    "rag": ("rag",),
    "distil": ("distil",),
    "fine_tune": ("fine_tune_hosted", "fine_tune_own"),
}
