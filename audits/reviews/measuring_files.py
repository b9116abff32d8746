"""The results files that answers count on, as a reviewer reads them."""

from collections.abc import Iterable
from dataclasses import dataclass

from audits.models import Audit, ResultsFile
from audits.services.read_files.measured_answers import MeasuredAnswer


@dataclass(frozen=True, slots=True)
class MeasuringFile:
    """A results file that answers count on: what it `shows`, and its row, if kept."""

    name: str
    shows: tuple[str, ...]
    kept: ResultsFile | None


def measuring_files(
    audit: Audit, measured: Iterable[MeasuredAnswer]
) -> tuple[MeasuringFile, ...]:
    """Return each results file behind these answers once, with all that it measured.

    Note: one query, and none where no file measured anything.
    """
    shows: dict[tuple[str, str], list[str]] = {}
    for each in measured:
        for file in each.files:
            shows.setdefault(file, []).append(each.answer.label)
    if not shows:
        return ()
    own = ResultsFile.objects.filter(use_case=audit.use_case_id)
    found = own.filter(digest__in=[digest for digest, _ in shows])
    kept = {x.digest: x for x in found.select_related("added_by").defer("runs")}
    return tuple(
        MeasuringFile(name=name, shows=tuple(labels), kept=kept.get(digest))
        for (digest, name), labels in shows.items()
    )
