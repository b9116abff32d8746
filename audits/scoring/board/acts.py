"""What the title of a paper says to do: the act, in a few words."""

from collections.abc import Mapping

from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.board.advised_name import with_documents
from audits.scoring.days import in_words
from audits.scoring.explaining.advice_rows import (
    lower_first,
    model_end,
    waits_for_checks,
)
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.states import PlanState
from audits.scoring.moving.smaller import is_built_on_smaller, moves_to_smaller
from audits.scoring.options.if_nothing import is_advised

_SMALLER = "move to the smaller model"
_DOCUMENTS = "use a prompt with all its documents"
STAY_STOPPED = "stay stopped"
_IN_CYCLE, _LIVE = "in_cycle", "live_tuned"
_ON_THE_WAY = frozenset(("planned", _IN_CYCLE))
# The acts of verdicts that need no other word: while training is under way, and else.
_ALONE: Mapping[Verdict, tuple[str, str]] = {
    "gather_evidence": (
        "pause training, measure first",
        "measure first, then decide",
    ),
    "distil": ("train a small model instead", "train a small model"),
    "fine_tune": ("go on with training", "train a model"),
    "fine_tune_after_mlops": (
        "pause training, prepare to run a model",
        "prepare to run a model, train later",
    ),
}

_PAUSE = "pause training, "


def act_of(
    framework: Framework, assessment: Assessment, state: PlanState = "running"
) -> str:
    """Return what to do, as a title says it after the use case.

    It is the name of the verdict where that says the act.

    Args:
        framework: The framework, which has the words.
        assessment: What was decided.
        state: The state of the current plan's money.
    """
    if state == "stopped":
        return STAY_STOPPED
    named = lower_first(assessment.named.name)
    if assessment.prerequisite:
        return named
    verdict, at = assessment.verdict, assessment.codes.get("state")
    if first := _before_training(assessment):
        return f"{_PAUSE if at == _IN_CYCLE else ''}{first}, then decide"
    if alone := _ALONE.get(verdict):
        return alone[at != _IN_CYCLE]
    if verdict == "migrate":
        end = model_end(assessment)
        return f"{named} before {in_words(end[1])}" if end else named
    return _without_training(framework, assessment, state) or named


def _before_training(assessment: Assessment) -> str:
    """Return what is asked for before training can be; empty where that is asked for.

    A title that says to train, above an amount that only tests, would mislead.
    """
    advice = assessment.advice
    if waits_for_checks(assessment):
        return "close the open checks first"
    if advice and advice.standing == "closing":
        return "choose another model first"
    if advice and advice.standing == "not_shown":
        return "test first" if advice.testing_hours else "prove the answers first"
    if advice and advice.standing == "no_price":
        return "price training first"
    return "price the small part first" if assessment.family == "part" else ""


def _without_training(
    framework: Framework, assessment: Assessment, state: PlanState
) -> str:
    """Return what is used in place of training; empty where its name has to do."""
    layer, at = assessment.context_layer, assessment.codes.get("state")
    # Its name is that of rules and programs, too.
    if layer == "untuned_model":
        return ""
    use = f"use {framework.verdicts[layer].instead}"
    if with_documents(assessment):
        use = _DOCUMENTS
    if moves_to_smaller(assessment):
        use = _SMALLER
    elif is_built_on_smaller(assessment):
        use = f"{use} on the smaller model"
    if assessment.verdict == "stop_fine_tuning":
        before = {_IN_CYCLE: "stop training", _LIVE: "do not retrain"}
        return f"{before.get(str(at), 'do not train')}, {use}"
    if assessment.verdict != layer:
        return ""
    if is_advised(framework, assessment, state):
        return f"go on with {framework.verdicts[layer].instead}"
    return f"{use}, do not train" if at in _ON_THE_WAY else use
