"""That what was tested is charged as if it still had to be built."""

from collections.abc import Sequence
from typing import Protocol

from audits.scoring.costs.building_costs import BUILD_RETRIEVAL
from audits.scoring.costs.cost_calendar import OneOff
from audits.scoring.explaining.assessment import Assessment


class _Paid(Protocol):
    """What has lines that are paid once."""

    @property
    def one_offs(self) -> Sequence[OneOff]: ...


def tested_set_up(assessment: Assessment, paid: _Paid | None) -> str:
    """Say that a retrieval is charged which answers say was tested; empty if none is.

    A test does not say whether what was tested can go live: see decision 0118.

    Args:
        assessment: What was decided.
        paid: What is paid once for a technique; None without money.
    """
    advice = assessment.advice
    is_kept = advice is not None and advice.step.id == "keep"
    if not is_kept or paid is None or assessment.context_layer != "rag":
        return ""
    if not any(x.amount and x.what == BUILD_RETRIEVAL for x in paid.one_offs):
        return ""
    return (
        "The price assumes that the tested retrieval must be built again to go live. "
        "If not, enter 0 days to build retrieval."
    )
