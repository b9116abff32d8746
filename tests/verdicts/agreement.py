"""How often the method says what two experts would accept, case by case.

The cases were collected from published sources, and tell only what was known when the
decision was taken. Somebody who did not know the rules coded them in the questions of
version 2. Two others, who knew neither the rules nor each other's lists, wrote down
which actions they would accept and which they would call a mistake.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from audits.frameworks.answering import answers, flow
from audits.frameworks.loading import loader
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Decision, decide
from audits.scoring.explaining.advice import Advice, advice

FOLDER = Path(__file__).parent / "batches"
FRAMEWORK = loader.published("fine_tuning", 2)
SIMPLE = frozenset({"prompt_long_context", "few_shot"})

_KINDS = {
    "contrastive": "tune_retriever_or_reranker",
    "cross_encoder": "tune_retriever_or_reranker",
    "small_classifier": "train_small_classifier",
    "small_extractor": "train_small_classifier",
    "rl_checker": "rl_tune",
    "preference": "preference_tune",
}
_STEPS = {
    "stronger_model": "stronger_model",
    "adopt_smaller": "smaller_hosted_model",
    "cache_then_smaller": "smaller_hosted_model",
    "cascade": "smaller_hosted_model",
    "score_allowed": "untuned_model",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How many cases of a batch agree, and what is put beside that.

    `always_simple` counts the cases in which the first expert accepts a prompt or
    examples: what a rule that always says so would score.
    """

    cases: int
    first: int
    second: int
    mistakes: int
    always_simple: int
    experts_overlap: int


def batches() -> list[int]:
    """Return the numbers of the batches, the first collected first."""
    return sorted(int(path.stem.split("_")[1]) for path in FOLDER.glob("batch_*.jsonl"))


def cases_of(batch: int) -> Iterator[dict[str, Any]]:
    """Yield the cases of a batch."""
    text = (FOLDER / f"batch_{batch}.jsonl").read_text("utf-8")
    yield from (json.loads(line) for line in text.splitlines())


def agreement_of(batch: int) -> Agreement:
    """Return how the cases of a batch agree with the rules of today."""
    cases = list(cases_of(batch))
    said = [actions_said(case) for case in cases]
    first = [set(case["first"]["acceptable"]) for case in cases]
    second = [set(case["second"]["acceptable"]) for case in cases]
    wrong = [set(case["first"]["wrong"]) for case in cases]
    return Agreement(
        cases=len(cases),
        first=sum(bool(a & b) for a, b in zip(said, first, strict=True)),
        second=sum(bool(a & b) for a, b in zip(said, second, strict=True)),
        mistakes=sum(
            bool(a & w) and not a & b
            for a, b, w in zip(said, first, wrong, strict=True)
        ),
        always_simple=sum(bool(accepted & SIMPLE) for accepted in first),
        experts_overlap=sum(bool(a & b) for a, b in zip(first, second, strict=True)),
    )


def actions_said(case: Mapping[str, Any]) -> set[str]:
    """Return what the method says of a case, in the words of the experts' lists."""
    codes = flow.relevant(FRAMEWORK, answers.read(FRAMEWORK, case["facts"]))
    under = Circumstances(levels=case["levels"], unmarked="documented")
    decision = decide(FRAMEWORK, codes, under)
    advised = advice(FRAMEWORK, decision)
    assert advised is not None
    return _actions(decision, advised)


def _actions(decision: Decision, advised: Advice) -> set[str]:
    kind = advised.training_kind.id if advised.training_kind else ""
    trained = _KINDS.get(kind, "fine_tune_sft")
    match decision.verdict:
        case "fine_tune":
            return {trained}
        case "fine_tune_after_mlops":
            return {"fine_tune_after_mlops", trained}
        case "distil":
            return {"distil", *([trained] if kind in _KINDS else [])}
        case "train_small_part":
            is_taught = advised.label_source.id == "teacher"
            return {trained, *(["distil"] if is_taught else [])}
        case _:
            return _untrained(decision, advised.step.id)


def _untrained(decision: Decision, step: str) -> set[str]:
    steps = {_STEPS[step]} if step in _STEPS else set()
    match decision.verdict:
        case "untuned_model":
            return {"untuned_model", "smaller_hosted_model"}
        case "keep":
            return {"keep_and_challenge"}
        case "migrate":
            return {"migrate_by_date"}
        case "stop_fine_tuning":
            return {"stop_fine_tuning", decision.context_layer, *steps}
        case verdict:
            return {verdict, *steps}
