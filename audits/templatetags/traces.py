"""The steps of a trace, as a page lists them."""

from collections.abc import Iterator, Sequence

from django import template

from audits.scoring.explaining import trace_runs
from audits.scoring.explaining.trace_shapes import ReasonStep, Step

register = template.Library()


@register.filter
def runs_of(
    steps: Sequence[ReasonStep | Step], kind: trace_runs.Kind
) -> Iterator[trace_runs.Run]:
    """Return reasons, blockers or rules one by one, or many in a row together."""
    return trace_runs.runs_of(steps, kind)
