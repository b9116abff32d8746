"""The two or three sentences that stand first: what decided, what carries the context.

The sentences are those of the reasons and rules; which of them are said is tested.
"""

from collections.abc import Mapping

import pytest

from audits.frameworks.evaluation import Code
from audits.frameworks.loading.loader import published
from audits.scoring import assess

FRAMEWORK = published("fine_tuning", 1)
SCORED: dict[str, Code] = {"tried": "prompt_measured", "eval": "solid_set"}
SLOW: dict[str, Code] = {"latency": "hard", "latency_evidence": "missed"}
STRANGE: dict[str, Code] = {"domain_vocab": "private", "domain_evidence": "base_fails"}
DEAR: dict[str, Code] = {"unit_economics": "too_high", "volume": "gt_10m"}
STYLE: dict[str, Code] = {"goal": ("style",)}

# What each sentence is of: the words of a reason, or the text of a rule.
SENTENCES = {
    **{f"{r.id} measured": r.words.measured for r in FRAMEWORK.reasons},
    **{f"{r.id} claimed": r.words.claimed for r in FRAMEWORK.reasons},
    **{r.id: r.text for r in FRAMEWORK.verdict_rules + FRAMEWORK.context_rules},
}


def lead(answers: Mapping[str, Code]) -> list[str]:
    """Return what the sentences of a lead are of, in order."""
    text = assess(FRAMEWORK, answers, flip_size=0).lead
    said = {name: text.index(s) for name, s in SENTENCES.items() if s in text}
    assert " ".join(SENTENCES[name] for name in sorted(said, key=said.__getitem__)) == (
        text
    )
    return sorted(said, key=said.__getitem__)


@pytest.mark.parametrize(
    ("answers", "sentences"),
    [
        # No reason: the rule speaks, then the layer, which is all there is.
        (STYLE, ["no_training", "examples_teach"]),
        # A measured reason speaks first.
        (SCORED | SLOW, ["X2 measured", "train_later", "instructions"]),
        # A claimed one is told as a claim.
        (
            SCORED | {"latency": "hard", "state": "planned"},
            ["X2 claimed", "claims_first", "instructions"],
        ),
        # What was measured, but proves nothing yet, is not told as unmeasured.
        (SLOW, ["X2 measured", "train_later", "instructions"]),
        (
            SLOW | {"tried": "nothing"},
            ["X2 measured", "claims_first", "instructions"],
        ),
        # Two reasons are told of three.
        (
            SCORED | SLOW | STRANGE | DEAR,
            ["C2 measured", "C3 measured", "train_later", "instructions"],
        ),
    ],
)
def test_lead_says_the_reasons_then_the_rule_then_the_layer(
    answers: Mapping[str, Code], sentences: list[str]
) -> None:
    assert lead(answers) == sentences
