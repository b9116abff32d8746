"""The single answers that would change the verdict of a scenario, each as one too."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from audits.scoring.deciding.flips import Flip
from audits.scoring.summary.actions import changes_in_order
from audits.scoring.what_if.changes import Changes, changed, changes_of
from audits.scoring.what_if.reading import parameters_of
from audits.services.verdicts.assessments import assess_inputs

if TYPE_CHECKING:
    from audits.results.scenarios import Scenarios

# So many are shown before a fold.
_FIRST = 4


@dataclass(frozen=True, slots=True)
class Other:
    """An answer that alone would change the verdict, and the query of that scenario."""

    flip: Flip
    query: str


@dataclass(frozen=True, slots=True)
class Others:
    """All such answers, in the order of a result; the later ones are folded."""

    first: tuple[Other, ...]
    later: tuple[Other, ...]


def would_change(page: "Scenarios", letter: str) -> Others:
    """Return which single answers would change the verdict of a scenario.

    They are those that were tried and did change it when it was assessed.

    Args:
        page: The original and its scenarios.
        letter: The scenario.
    """
    given = page.reads[letter].changes
    inputs = changed(page.inputs, given)
    assessment = assess_inputs(page.framework, inputs, given.on or page.on)
    kept = page.pairs("a" if letter == "b" else "b")
    found = []
    for flip in changes_in_order(page.framework, assessment):
        if len(flip.changes) > 1:
            continue
        changes = _with(given, changes_of(page.framework, assessment, flip))
        pairs = parameters_of(page.inputs, changes, page.market)
        own = tuple((f"{letter}.{name}", text) for name, text in pairs)
        found.append(Other(flip, page.query(letter, *sorted((own, kept)))))
    return Others(tuple(found[:_FIRST]), tuple(found[_FIRST:]))


def _with(given: Changes, more: Changes) -> Changes:
    """Return the changes of a scenario with one more answer."""
    return replace(
        given,
        answers={**given.answers, **more.answers},
        levels={**given.levels, **more.levels},
    )
