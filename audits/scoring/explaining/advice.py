"""What goes with a verdict: step, kind of training, serving, standing, gates, triggers.

None of it changes the verdict.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from audits.frameworks.answering.meanings import picked
from audits.frameworks.evaluation import EvaluationContext, holds, is_certain
from audits.frameworks.rules import AdviceRow, Destination, Prerequisite, StepRule
from audits.frameworks.schema import LIVE, Framework
from audits.scoring.best_tested import BestTested, best_tested
from audits.scoring.chances.met import BY_CHANCE, beside_name
from audits.scoring.deciding.circumstances import Circumstances
from audits.scoring.deciding.decision import Decision
from audits.scoring.explaining.grades.strength import (
    BY_HAND,
    MARKED_IN_SHORT,
    MARKS_IN_SHORT,
    NO_FILE,
    TYPED_ALONE,
    in_short,
)
from audits.scoring.unproven import (
    answers_to_show,
    applying,
    open_gates,
)

Standing = Literal["approve", "closing", "subject_to", "not_shown", "no_price"]
Claim = Literal["claimed", "unknown", "absent"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The row of a table that matched, and its words."""

    id: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What goes with a verdict.

    `component` is the part of the use case that it is about, `step_headline` the
    sentence of a step that speaks for itself, `prerequisite` what is said of one that
    comes before all else. `training_kind` and `serving` are None where no model is
    trained, `standing` where none is trained now, `destination` where none is moved.
    `subject_to` are the open gates of all `checks` that apply. `unproven_answers` are
    the labels of the answers that checks rest on by word of mouth alone, and of the
    measurements that nothing shows, and `unproven` is how many they are; to show these
    takes `showing_hours`, and the open tests of cheaper ways `testing_hours`.
    Training is approved only if the standing is “approve” (`standing_of`), and
    `is_priced` says whether it has a price, or none is needed. `closes` says why the
    model to train would not be ready, and `stay_open` names others; empty if it would.
    `ruled_out` says which techniques cannot be chosen, whatever they cost, and why;
    `ways` are those whose price the words mean, of a technique that has several.
    `best` is what scored best, and serves though it misses the target.
    `triggers` say when to look again: where the verdict does not tell, what would bring
    training back, by reason.
    """

    component: str | None
    step: Said
    step_headline: str | None
    prerequisite: Prerequisite | None
    training_kind: Said | None
    serving: Said | None
    standing: Standing | None
    subject_to: tuple[Said, ...]
    destination: Said | None
    interim: Said
    label_source: Said
    deadline: Said
    strength: Said
    triggers: tuple[Said, ...]
    ruled_out: Mapping[str, str] = field(default_factory=dict)
    ways: tuple[str, ...] = ()
    checks: int = 0
    unproven: int = 0
    unproven_answers: tuple[str, ...] = ()
    showing_hours: int = 0
    testing_hours: int = 0
    is_priced: bool = True
    closes: str = ""
    stay_open: tuple[str, ...] = ()
    best: BestTested | None = None

    @property
    def is_approved(self) -> bool:
        """Whether training is approved: all checks are shown, and it has a price."""
        return self.standing == "approve"

    @property
    def is_compared(self) -> bool:
        """Whether a successor is compared with something that is not trained."""
        return self.destination is not None and self.destination.id == "bake_off"


def standing_of(
    subject_to: Sequence[Said],
    unproven: Sequence[str],
    *,
    is_priced: bool = True,
    closes: str = "",
) -> Standing:
    """Return whether training is approved, or else what it waits for first.

    Nothing else approves training: its model can be trained in time, every check is
    answered, something shows each of the answers, and training has a price.

    Args:
        subject_to: The checks that no answer closes.
        unproven: The answers behind checks that nothing shows.
        is_priced: Whether it has a price, or needs none.
        closes: Why its model would not be ready; empty if it would.

    >>> standing_of((), ()), standing_of((), ("Right to train",))
    ('approve', 'not_shown')
    >>> test = Said(id="test_cheaper", says="once the team has tested the job split")
    >>> standing_of([test], ()), standing_of([test], ("Right to train",))
    ('subject_to', 'not_shown')
    >>> standing_of((), (), is_priced=False)
    'no_price'
    >>> standing_of((), (), closes="A can be trained only until 6 January 2027")
    'closing'
    """
    if closes:
        return "closing"
    if unproven and not any(_is_gate(check) for check in subject_to):
        return "not_shown"
    if subject_to:
        return "subject_to"
    return "approve" if is_priced else "no_price"


# Checks that no rule has: none of them is in the place of what has to be shown.
TO_SHOW = "to_show"
STRONGER_TEST, WAY_TEST = "test_stronger", "test_cheaper"
MOVED_TARGET, BARRED, REMOVED = "moved_target", "barred", "removed_result"
NEAR_COPY = "near_copy"
_CHOSEN = (MOVED_TARGET, BARRED, REMOVED, NEAR_COPY)
_NO_GATES = (TO_SHOW, STRONGER_TEST, WAY_TEST, *_CHOSEN)


def _is_gate(check: Said) -> bool:
    return check.id not in _NO_GATES


# What the rules call a candidate that meets the target, before it has a name.
_KEPT = "use what you tested"
_NAMED_KEPT = re.compile(
    "Use (“[^”]*”|the “[^”]*” (that passed [0-9,]+ of [0-9,]+|with a mean score of "
    "[0-9.e+-]*[0-9])): it meets the target"
)
_MET = re.compile("[Tt]he target is met( without it)?|meets? the target")
_LIMIT = re.compile(r", but not the limit of [0-9,]+ ms \([0-9,]+ ms\)")


def naming_kept(decision: Decision, words: str) -> str:
    """Return words of a rule, with the name of the candidate to keep.

    Its words say what chance may explain, and which time limit it misses.
    """
    kept = decision.under.kept
    if kept:
        for use in ("use", "Use"):
            words = words.replace(f"{use}{_KEPT[3:]}", f"{use} {kept}")
    chance = beside_name(kept, decision.under.by_chance)
    # Said once, however often words are put together.
    if (added := f"{chance}{decision.under.limit_missed}") and added not in words:
        words = _MET.sub(rf"\g<0>{added}", words, count=1)
    return words


def as_decided(words: str) -> str:
    """Return words without what is no part of a decision: chance, limits and a name.

    >>> as_decided("Use “A”: it meets the target (9 needed, so check it in live use).")
    'Use what you tested: it meets the target.'
    >>> as_decided("Use “A”: it meets the target, but not the limit of 9 ms (12 ms).")
    'Use what you tested: it meets the target.'
    >>> as_decided("Use the “A” that passed 55 of 60: it meets the target.")
    'Use what you tested: it meets the target.'
    """
    plain = _LIMIT.sub("", BY_CHANCE.sub("", words))
    return _NAMED_KEPT.sub(f"{_KEPT.capitalize()}: it meets the target", plain)


def advice(framework: Framework, decision: Decision) -> Advice | None:
    """Return what goes with a verdict; None where the framework does not say."""
    if not framework.steps:
        return None
    at = decision.at
    trains = trains_a_model(framework, decision)
    destination = None
    if decision.verdict == "migrate":
        destination = _first(framework.destinations, at)
    trains_on = destination is not None and destination.trains
    has_model = trains or trains_on
    step = _first(framework.step_rules, at)
    serving = _said(framework.servings, at) if has_model else None
    before_all = _prerequisite(step, framework, decision)
    gates = open_gates(framework, decision) if trains else ()
    subject_to = tuple(Said(id=gate.id, says=gate.says) for gate in gates)
    to_show = answers_to_show(framework, decision) if trains else ()
    labels = tuple(each.label for each in to_show)
    return Advice(
        component=_component(framework, at),
        step=Said(id=step.step, says=naming_kept(decision, framework.steps[step.step])),
        step_headline=step.headline,
        prerequisite=before_all,
        training_kind=_said(framework.training_kinds, at) if has_model else None,
        serving=serving,
        standing=standing_of(subject_to, labels) if trains else None,
        subject_to=subject_to,
        destination=_as_said(destination) if destination else None,
        interim=_said(framework.interim, at),
        label_source=_said(framework.label_sources, at),
        deadline=_said(framework.deadlines, at),
        strength=_strength(framework, decision),
        triggers=_triggers(framework, decision, before_all),
        ruled_out=_ruled_out(framework, at, decision.under.narrow),
        ways=_ways(framework, decision, None if trains_on else step, serving),
        checks=len(applying(framework, at)) if trains else 0,
        unproven=len(labels),
        unproven_answers=labels,
        showing_hours=sum(each.hours for each in to_show),
        best=best_tested(framework, decision),
    )


def advised_step(
    framework: Framework, decision: Decision
) -> tuple[str, tuple[str, ...]]:
    """Return the id of the step that goes with a verdict, and the ways it means."""
    step = _first(framework.step_rules, decision.at)
    return step.step, _ways(framework, decision, step, None)


# What no candidate shows: only an answer by hand says it.
_BEYOND = ("solid_test", "live_outcomes")
# A solid test set has so many cases; results that have fewer say how many they have.
_SOLID = 200
_SOLID_SAID, _SMALL_SAID = "200 or more test cases", "30 or more test cases"
_IN_NUMBER = re.compile("([0-9,]+) test cases")
# What is said of a score that results files are there for, and do not settle.
_NOBODY, UNSETTLED = "nobody has shown it", "results do not settle it"
# What is said to be shown: by results, or by hand alone.
_SHOWN = (*_BEYOND, "small_test")


def _strength(framework: Framework, decision: Decision) -> Said:
    """Return the strength, marked where only an answer by hand or typed results say it.

    Every page and paper has these words from here, so none of them makes ticks look
    like a results file.
    """
    found = _in_cases(_said(framework.strengths, decision.at), decision.under)
    has_results = decision.under.failed is not None
    if found.id == "said" and has_results and not decision.under.is_typed:
        return replace(found, says=found.says.replace(_NOBODY, UNSETTLED))
    if found.id not in (_BEYOND if has_results else _SHOWN):
        is_typed = decision.under.is_typed and found.id in _SHOWN
        return replace(found, says=f"{found.says}{TYPED_ALONE}") if is_typed else found
    has_file = has_results and not decision.under.is_typed
    nothing = "" if has_file else NO_FILE
    return replace(found, says=f"{found.says}{BY_HAND}{nothing}")


def _in_cases(found: Said, under: Circumstances) -> Said:
    """Say how many cases results have, where the words have only the fewest."""
    most = under.most_cases
    if most is None:
        return found
    said = f"{most:,} test cases"
    says = found.says.replace(_SMALL_SAID, said)
    if found.id == "solid_test" and most < _SOLID:
        says = says.replace(_SOLID_SAID, said)
    return replace(found, says=says)


def strength_in_short(advised: Advice | None) -> str:
    """Return the strength in short, marked if no file shows it; empty if not told."""
    if advised is None:
        return ""
    found = advised.strength
    marks = (short for mark, short in MARKS_IN_SHORT.items() if mark in found.says)
    mark, number = next(marks, ""), _IN_NUMBER.match(found.says)
    if number and found.id != "live_outcomes":
        return f"{number[1]} cases{mark}"
    short = in_short(found.id)
    return f"{MARKED_IN_SHORT.get(found.id, short)}{mark}" if mark else short


def _ruled_out(
    framework: Framework, at: EvaluationContext, narrow: Collection[str]
) -> dict[str, str]:
    """Return what cannot be chosen and why, by technique."""
    found: dict[str, str] = {}
    for row in framework.ruled_out:
        if is_certain(row.when, at):
            by_chance = (x for way, x in row.by_chance.items() if way in narrow)
            says = next(by_chance, row.says)
            found |= {way: says for way in row.ways if way not in found}
    return found


def _ways(
    framework: Framework,
    decision: Decision,
    step: StepRule | None,
    serving: Said | None,
) -> tuple[str, ...]:
    """Return the techniques with a price that the words of an advice mean.

    The step is None where the words leave it out, as beside a successor.
    """
    priced = framework.priced_as
    meant = priced.steps.get(step.step, ()) if step else ()
    if step and not meant and not trains_a_model(framework, decision):
        meant = priced.context_rules.get(decision.context_rule.id, ())
    runs = priced.servings.get(serving.id, ()) if serving else ()
    return (*meant, *runs)


def _prerequisite(
    step: StepRule, framework: Framework, decision: Decision
) -> Prerequisite | None:
    """Return what comes before all else; nothing does while something runs."""
    family = framework.verdicts[decision.verdict].family
    options = picked(framework, decision.at.answers)
    runs = family in LIVE or (family == "stop" and any(each.runs for each in options))
    return None if runs else framework.prerequisites.get(step.step)


def claims(framework: Framework, decision: Decision) -> dict[str, Claim]:
    """Return the standing of reasons that are not measured, if claims are believed.

    This is for words alone: what is only claimed decides nothing.
    """
    return {
        reason.id: _CLAIMS[holds(reason.when, reason.unless, decision.believed)]
        for reason in framework.reasons
        if decision.at.reasons[reason.id] != "measured"
    }


_CLAIMS: dict[bool | None, Claim] = {True: "claimed", None: "unknown", False: "absent"}


def trains_a_model(framework: Framework, decision: Decision) -> bool:
    """Return whether a verdict trains a model, small parts included."""
    return framework.trains(decision.verdict)


def _component(framework: Framework, at: EvaluationContext) -> str | None:
    question = framework.component_question
    code = at.answers.get(question) if question else None
    return code if isinstance(code, str) else None


def _triggers(
    framework: Framework, decision: Decision, before_all: Prerequisite | None
) -> tuple[Said, ...]:
    if before_all:
        return (Said(id="prerequisite", says=f"{before_all.is_met}."),)
    if trains_a_model(framework, decision):
        return ()
    if told := framework.verdicts[decision.verdict].come_back:
        return tuple(_as_said(x) for x in told if holds(x.when, None, decision.at))
    standing = claims(framework, decision)
    return tuple(
        Said(id=reason.id, says=reason.trigger)
        for reason in framework.reasons
        if reason.trigger and standing.get(reason.id) in ("claimed", "unknown")
    )


def _said(rows: Sequence[AdviceRow], at: EvaluationContext) -> Said:
    return _as_said(_first(rows, at))


def _as_said(row: AdviceRow | Destination) -> Said:
    return Said(id=row.id, says=row.says)


def _first[Row: (AdviceRow, Destination, StepRule)](
    rows: Sequence[Row], at: EvaluationContext
) -> Row:
    return next(row for row in rows if holds(row.when, None, at))
