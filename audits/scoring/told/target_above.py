"""A target that is above how often experts agree: told, and read by no rule."""

from collections.abc import Mapping

from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.scored.candidates import Candidates
from audits.scoring.step_facts import card_facts


def target_above(
    framework: Framework, codes: Mapping[str, Code], candidates: Candidates
) -> str:
    """Say that the target is above how often experts agree; empty if it is not known.

    Where experts disagree on more cases than may fail, the labels cannot show that a
    model reaches the target.

    Args:
        framework: The framework that asks.
        codes: The answers that count.
        candidates: What was scored, with the target.
    """
    if candidates.target is None:
        return ""
    must_pass = candidates.target * 100
    for known in card_facts().agreement:
        if codes.get(known.question) != known.answer or must_pass < known.below:
            continue
        label = framework.question_by_id[known.question].label
        said = framework.words(known.question, codes)
        return (
            "The target is above how often experts agree: "
            f"{must_pass.normalize():f} of 100 cases must pass, and “{label}” is "
            f"“{said}”."
        )
    return ""
