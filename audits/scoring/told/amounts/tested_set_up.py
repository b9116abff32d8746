"""That what was tested is charged as if it still had to be built."""

from collections.abc import Sequence
from typing import Protocol

from audits.scoring.costs.cost_calendar import OneOff
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.money.may_be_there import is_retrieval_there, of_retrieval


class _Paid(Protocol):
    """What has lines that are paid once."""

    @property
    def one_offs(self) -> Sequence[OneOff]: ...


def tested_set_up(assessment: Assessment, paid: _Paid | None) -> str:
    """Say that a retrieval is charged which answers say was tested; empty if none is.

    Args:
        assessment: What was decided.
        paid: What is paid once for a technique; None without money.
    """
    if paid is None or not is_retrieval_there(assessment):
        return ""
    if not of_retrieval(paid.one_offs):
        return ""
    return (
        "The price assumes that the tested retrieval must be built again to go live. "
        "If not, enter 0 days to build and test retrieval."
    )
