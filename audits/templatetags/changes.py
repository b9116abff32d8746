"""What answers would change a verdict."""

from django import template

from audits.frameworks.schema import Framework
from audits.scoring import Assessment
from audits.scoring.deciding.flips import Change, Flip
from audits.scoring.summary import changes_said
from audits.scoring.what_if import alone

register = template.Library()


@register.filter
def changed_alone(assessment: Assessment, framework: Framework) -> str:
    """Say which answers alone would change a verdict."""
    return alone.changed_alone(framework, assessment, more_in="")


@register.filter
def by_doing(flip: Flip, framework: Framework) -> str:
    """Say how people bring about what would change a verdict."""
    return changes_said.by_doing(framework, flip)


@register.simple_tag
def answers_alike(change: Change, assessment: Assessment, framework: Framework) -> str:
    """Name an answer and those that would do the same."""
    return changes_said.either(
        (change.then, *changes_said.alike(framework, assessment, change))
    )
