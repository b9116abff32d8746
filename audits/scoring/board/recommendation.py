"""What page 1 recommends, in sentences after the name of the verdict."""

import re

from audits.frameworks.schema import Framework
from audits.scoring.cards.faults import left_in_short
from audits.scoring.explaining.advice_rows import lower_first
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.for_board import for_board
from audits.scoring.sentences.once_resumed import once_resumed

_MEASURE = "Measure first"
# What a headline begins with that says the name of the verdict again.
_SAID_AGAIN = re.compile(
    r"(?P<also>.+) (?:and|to) (?P<verb>[a-z-]+)"
    r"|Use (?:an? )?(?:written )?(?P<noun>[a-z ]+)"
)


def recommendation(
    framework: Framework, assessment: Assessment, *, has_stopped: bool
) -> str:
    """Return what follows the name of the verdict, and the faults that it leaves.

    It begins with a space or a full stop, as the name is printed before it.

    Args:
        framework: The framework, which has the words.
        assessment: What was decided.
        has_stopped: Whether the use case has stopped.
    """
    left = "" if assessment.prerequisite else left_in_short(framework, assessment)
    said = once_resumed(
        for_board(_after_name(framework, assessment)), has_stopped=has_stopped
    )
    return f"{said} {left}".rstrip()


def _after_name(framework: Framework, assessment: Assessment) -> str:
    """Return the headline as it goes on after the name of the verdict."""
    prepare = framework.verdicts[assessment.verdict].prepare
    name = assessment.named.name
    if assessment.prerequisite or name != assessment.verdict_name:
        return name_once(name, assessment.headline)
    return name_once(name, assessment.headline, prepare or "")


def name_once(name: str, headline: str, prepare: str = "") -> str:
    """Return how a headline goes on after a name, which it does not say again.

    Args:
        name: The name of the verdict, which is printed before it.
        headline: The headline in full.
        prepare: How its headline begins while it is not approved yet.

    >>> name_once("Distil", "Distil: train it."), name_once("Prompt", "Stay with it.")
    (': train it.', '. Stay with it.')
    >>> name_once("Prompt", "Use a prompt: test it."), name_once("Distil", "Go ahead \
and distil: train it.")
    (': test it.', ', and go ahead: train it.')
    >>> name_once("Distil", "Prepare to distil: train it, once.", "Prepare to distil")
    ', but only prepare it now: train it, once.'
    >>> name_once("Tune", "Prepare it; do not approve it yet: train.", "Prepare it")
    ', but do not approve it yet: train.'
    >>> name_once("Fine-tune later", "Pause training. Fine-tune later: train it.")
    ', and pause training: train it.'
    >>> name_once("Train a small part", "Train only a small part, not all: do it.")
    ', not all: do it.'
    >>> name_once("Gather evidence first", "Measure first (9 hours), then decide.")
    ' (9 hours), then decide.'
    """
    if headline.startswith(name):
        return headline.removeprefix(name)
    if name.endswith(" first") and headline.startswith(_MEASURE):
        return headline.removeprefix(_MEASURE)
    opening, colon, rest = headline.partition(":")
    goes_on = _without_name(name, opening, prepare) if colon else None
    return f". {headline}" if goes_on is None else f"{goes_on}:{rest}"


def _without_name(name: str, opening: str, prepare: str) -> str | None:
    """Return how an opening goes on after a name; None if it says no name again."""
    if prepare and opening.startswith(prepare):
        waits = opening.removeprefix(prepare).removeprefix("; ")
        return f", but {waits or 'only prepare it now'}"
    if opening.endswith(f". {name}"):
        return f", and {lower_first(opening.removesuffix(f'. {name}'))}"
    words = name.split()
    if opening.startswith(f"{words[0]} ") and f" {words[-1]}" in opening:
        return opening.partition(f" {words[-1]}")[2]
    found = _SAID_AGAIN.fullmatch(opening)
    if found and found["noun"] and found["noun"] in name.casefold():
        return ""
    if found and found["verb"] == lower_first(name):
        return f", and {lower_first(found['also'])}"
    return None
