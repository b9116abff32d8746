"""What page 1 recommends, in sentences after the name of the verdict."""

from audits.frameworks.schema import Framework
from audits.scoring.cards.faults import left_in_short
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.explaining.for_board import for_board
from audits.scoring.sentences.once_resumed import once_resumed


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
    said = once_resumed(for_board(_after_name(assessment)), has_stopped=has_stopped)
    return f"{said} {left}".rstrip()


def _after_name(assessment: Assessment) -> str:
    """Return the headline as it goes on after the name of the verdict."""
    name, headline = assessment.named.name, assessment.headline
    if headline.startswith(name):
        return headline.removeprefix(name)
    return f". {headline}"
