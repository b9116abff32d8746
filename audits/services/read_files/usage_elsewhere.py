"""Finds usage of a file that counts for another use case as well."""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.landscape import in_force
from audits.models import UsageUpload, UseCase
from audits.services.read_files.outcomes import counted_usage, usage_in
from audits.usage.repeated import figures
from audits.usage.rows import Usage
from audits.usage.spellings import meant, renamed


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """A file that counts for another use case, and has usage of this one.

    `days` counts the days on which both have the same row; None if it is the same file.
    """

    use_case: UseCase
    name: str
    days: int | None

    @property
    def sentence(self) -> str:
        """Say so, with the name of the use case, for a page of its organization."""
        whose = f"the use case “{self.use_case.name}”"
        if self.days is None:
            return f"This file counts for {whose} already."
        days = "1 day" if self.days == 1 else f"{self.days:,} days"
        return f"The usage of {days} is also in {self.name}, which counts for {whose}."


def counted_elsewhere(kept: UsageUpload) -> Iterator[Elsewhere]:
    """Yield what of a usage file counts for other use cases of its organization.

    Two use cases may use one model on one day. So only rows count as the same that
    have the same day and figures, and the same model where these are few: anybody can
    give a model another name.
    """
    others = (
        UsageUpload.objects.counted()
        .filter(first__lte=kept.last, last__gte=kept.first)
        .exclude(use_case=kept.use_case_id)
        .select_related("use_case")
    )
    usage = renamed(usage_in(kept), kept.meant_models)
    own = {_row(row) for row in usage.rows if _is_used(row)}
    for other in others.order_by("added_at", "pk").iterator(chunk_size=1):
        if other.digest == kept.digest:
            yield Elsewhere(use_case=other.use_case, name=other.name, days=None)
            continue
        there = counted_usage(other).rows
        if days := {row.day for row in there if _is_used(row) and _row(row) in own}:
            yield Elsewhere(use_case=other.use_case, name=other.name, days=len(days))


def _is_used(row: Usage) -> bool:
    return bool(row.requests or row.input_tokens)


def _row(row: Usage) -> tuple[object, ...]:
    if (own := figures(row)) is not None:
        return (row.day, own)
    model = meant(row.model, in_force.current().models)
    return (row.day, model, row.requests, row.input_tokens, row.output_tokens)
