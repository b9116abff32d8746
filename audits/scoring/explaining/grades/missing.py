"""What is missing for a reason to train: what was answered, against what is needed."""

from collections.abc import Iterator

from audits.frameworks import conditions as c
from audits.frameworks.evaluation import EvaluationContext, holds
from audits.frameworks.questions import UNKNOWN
from audits.frameworks.rules import Reason
from audits.frameworks.schema import Framework

_NAMED = 2  # options that are needed
_ASSERTED = " is only asserted, and has to be shown"
_NOT_KNOWN = " is not known"
_NEEDED = "would have to be"
type _Leaf = c.Is | c.In | c.Includes | c.Only | c.AtLeast


def missing(framework: Framework, reason: Reason, at: EvaluationContext) -> str:
    """Say what keeps a reason from holding, in a sentence; empty if it cannot be said.

    Args:
        framework: The framework, which has the words.
        reason: A reason that does not hold.
        at: What was answered.
    """
    if not framework.findings:
        return ""
    said = _all_said(framework, reason, at)
    if not said and isinstance(reason.unless, c.In | c.Includes | c.Is):
        said = [_answered(framework, reason.unless, at)]
    if not said:
        return ""
    others = len(said) - 1
    not_met = "condition is not met" if others == 1 else "conditions are not met"
    more = f" {others} more {not_met}." if others else ""
    return f"{said[0][:1].upper()}{said[0][1:]}.{more}"


def only_asserted(framework: Framework, reason: Reason, at: EvaluationContext) -> str:
    """Say which answer has to be shown, where all that lacks is proof of answers.

    Empty where a question has no answer that is known.

    Args:
        framework: The framework, which has the words.
        reason: A reason of which nobody knows yet whether it holds.
        at: What was answered.
    """
    said = _all_said(framework, reason, at) if framework.findings else []
    lacks = any(_NOT_KNOWN in each for each in said)
    is_asserted = bool(said) and said[0].endswith(_ASSERTED)
    return missing(framework, reason, at) if is_asserted and not lacks else ""


def _all_said(framework: Framework, reason: Reason, at: EvaluationContext) -> list[str]:
    """Return what each part that does not hold lacks."""
    found = dict.fromkeys(_failing(framework, reason.when, at))
    said = []
    for part in found:
        words = _said(framework, part, at)
        if _NEEDED in words and _is_one_way(framework, reason.when, part):
            words = f"{words}, for example"
        said.append(words)
    return list(dict.fromkeys(filter(None, said)))


def _is_one_way(
    framework: Framework, condition: c.Condition, part: c.Condition
) -> bool:
    """Return whether another way to a condition names other options of a question."""
    match condition:
        case c.FactHolds(fact):
            return _is_one_way(framework, framework.facts_by_id[fact].when, part)
        case c.All(parts):
            return any(_is_one_way(framework, each, part) for each in parts)
        case c.Any(parts):
            ways = [{*_named(framework, each)} for each in parts]
            if not isinstance(part, c.In) or not any(part in way for way in ways):
                return False
            others = (x for way in ways if part not in way for x in way)
            return any(x.question == part.question for x in others)
        case _:
            return False


def _named(framework: Framework, condition: c.Condition) -> Iterator[c.In]:
    """Yield the parts of a condition that name options, at any depth."""
    match condition:
        case c.FactHolds(fact):
            yield from _named(framework, framework.facts_by_id[fact].when)
        case c.All(parts) | c.Any(parts):
            for part in parts:
                yield from _named(framework, part)
        case c.In():
            yield condition
        case _:
            return


def _failing(
    framework: Framework, condition: c.Condition, at: EvaluationContext
) -> Iterator[c.Condition]:
    """Yield the smallest parts that do not hold, those that are known not to first."""
    parts = [*_parts(framework, condition, at)]
    yield from sorted(parts, key=lambda part: not _is_known(framework, part, at))


def _is_known(framework: Framework, part: c.Condition, at: EvaluationContext) -> bool:
    """Return whether a part is known not to hold, by answers that are known."""
    read = (x for x in framework.read_by(part) if x in framework.answerable)
    return holds(part, None, at) is False and all(map(at.knows, read))


def _parts(
    framework: Framework, condition: c.Condition, at: EvaluationContext
) -> Iterator[c.Condition]:
    if holds(condition, None, at) is True:
        return
    match condition:
        case c.All(parts):
            for part in parts:
                yield from _parts(framework, part, at)
        case c.FactHolds(fact) if isinstance(framework.facts_by_id[fact].when, c.Any):
            yield condition
        case c.FactHolds(fact):
            yield from _parts(framework, framework.facts_by_id[fact].when, at)
        case c.Any(parts):
            # The way to it that lacks least.
            ways = [[*_parts(framework, part, at)] for part in parts]
            yield from min(ways, key=len)
        case _:
            yield condition


def _said(framework: Framework, part: c.Condition, at: EvaluationContext) -> str:
    match part:
        case c.FactHolds(fact):
            return f"not shown: “{framework.facts_by_id[fact].text}”"
        case c.Proven(test):
            if holds(test, None, at):
                label = framework.answerable[test.question].label
                return f"“{label}”{_ASSERTED}"
            return _needed(framework, test, at)
        case c.In() | c.Includes() | c.Is():
            return _needed(framework, part, at)
        case c.Lacks(test):
            return _answered(framework, test, at)
        case _:
            return ""


def _needed(framework: Framework, test: _Leaf, at: EvaluationContext) -> str:
    """Say what was answered, and which answers are needed."""
    asked = framework.answerable.get(test.question)
    if asked is None:
        return _answered(framework, test, at)
    codes = (test.option,) if isinstance(test, c.Is) else getattr(test, "options", ())
    names = [f"“{option.name}”" for x in codes if (option := asked.option(x))]
    if not names:
        return _answered(framework, test, at)
    *others, last = [*names[:_NAMED], *(["another"] if len(names) > _NAMED else [])]
    needed = f"{', '.join(others)} or {last}" if others else last
    found = _answered(framework, test, at)
    return f"{found}; “{asked.label}” {_NEEDED} {needed}"


def _answered(framework: Framework, test: _Leaf, at: EvaluationContext) -> str:
    """Say what was answered, in the words of a finding where there are some."""
    question, code = test.question, at.answers.get(test.question, UNKNOWN)
    label = framework.answerable[question].label
    if code == UNKNOWN:
        return f"“{label}”{_NOT_KNOWN}"
    words = framework.findings.get(question)
    picked = (code,) if isinstance(code, str) else code
    if words is None or any(x not in words.answers for x in picked):
        return f"{label}: {framework.words(question, at.answers)}"
    found = [words.answers[x] for x in picked]
    option = framework.answerable[question].option(picked[0])
    *others, last = found
    if not others and option and (option.alone or option.not_yet):
        return last
    told = f"{', '.join(others)} and {last}" if others else last
    return words.frame.format(told)
