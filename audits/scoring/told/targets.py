"""What is said of the target: whether experts agree so often, and today's score."""

from collections.abc import Mapping

from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.scoring.chances.chance import may_be_chance
from audits.scoring.scored.candidates import Candidates, ScoredKind
from audits.scoring.scored.todays import todays_result
from audits.scoring.step_facts import card_facts

_HUNDRED = 100  # the scale of a target


def target_above(
    framework: Framework, codes: Mapping[str, Code], candidates: Candidates
) -> str:
    """Say that the target is above how often experts agree, or may be; else empty.

    No rule reads it. Where experts disagree on more cases than may fail, the labels
    cannot show that a model reaches the target.

    Args:
        framework: The framework that asks.
        codes: The answers that count.
        candidates: What was scored, with the target.
    """
    if candidates.target is None:
        return ""
    must_pass = candidates.target * 100
    for known in card_facts().agreement:
        below = known.below
        is_near = must_pass > known.least if below is None else must_pass >= below
        if codes.get(known.question) != known.answer or not is_near:
            continue
        label = framework.question_by_id[known.question].label
        said = framework.words(known.question, codes)
        wanted = f"{must_pass.normalize():f} of 100 cases must pass"
        if below is None:
            return (
                f"The target may be above how often experts agree: {wanted}, and "
                f"“{label}” is “{said}”. Check that they agree that often."
            )
        return (
            f"The target is above how often experts agree: {wanted}, and “{label}” is "
            f"“{said}”."
        )
    return ""


def _beside_target(passed: int, cases: int) -> str:
    """Return a score on the scale of the target, and as it was counted.

    A half is rounded up, but never to a whole number that was not reached.

    >>> _beside_target(197, 240), _beside_target(90, 100), _beside_target(20, 30)
    ('82.1 (197 of 240)', '90 of 100', '66.7 (20 of 30)')
    >>> _beside_target(2207, 2400)
    '91.9 (2,207 of 2,400)'
    """
    counted = f"{passed:,} of {cases:,}"
    if cases == _HUNDRED:
        return counted
    tenths = (passed * 2000 // cases + 1) // 2
    is_reached = tenths % 10 or tenths * cases <= passed * 1000
    return f"{(tenths if is_reached else tenths - 1) / 10:g} ({counted})"


def both_in_short(
    found: Candidates | None,
    codes: Mapping[str, Code],
    today: str = "",
    *,
    runs: bool = True,
    first: ScoredKind | None = None,
) -> str:
    """Return both where there is little room; empty unless both are known.

    Args:
        found: The candidates.
        codes: The answers that count beside them.
        today: The technique that runs today, as the numbers name it.
        runs: Whether anything runs yet: what is planned has no today.
        first: As for `todays_result`.
    """
    row = todays_result(found, codes, today, first=first) if found else None
    if found is None or found.target is None or row is None or not row.with_score:
        return ""
    if row.passed is None:
        score = f"a mean of {float(row.mean or 0):.3g}"
    else:
        score = _beside_target(row.passed, row.with_score)
    when = "today" if runs else "tested"
    chance = ", which chance may explain" if may_be_chance(row, found.target) else ""
    return f"Target {float(found.target) * 100:g} of 100, {when} {score}{chance}."
