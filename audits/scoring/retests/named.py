"""Which run of a newer results file tests a signed candidate again, by its name."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from audits.evaluations.runs import Run
from audits.scoring.scored.candidates import ScoredCandidate, ScoredKind
from audits.scoring.scored.from_runs import model_named


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResults:
    """A newer results file: its runs, and its SHA-256.

    `signed_runs` are the runs of the signed candidates, by their ids, where they are
    known; the ids of their cases are written as those of `runs`. `meant` are the names
    that candidates have in the file, by their ids, where somebody said so. `uploaded`
    is the day of upload of the signed ones, which counts where their files name no day.
    `steps` are the names of the runs that the verdict asked for, by what they test.
    """

    runs: Sequence[Run]
    digest: str
    signed_runs: Mapping[str, Run] = field(default_factory=dict)
    meant: Mapping[str, str] = field(default_factory=dict)
    uploaded: Mapping[str, date] = field(default_factory=dict)
    steps: Mapping[ScoredKind, str] = field(default_factory=dict)


def run_of(
    row: ScoredCandidate, new: NewResults, measured: Sequence[ScoredCandidate]
) -> int | None:
    """Return which run tests a candidate again; None if that is not certain.

    It has the candidate's name, or the one that somebody said it has. If several have
    it, it is the one in the same place. If none has, it may have the name but for the
    label of its prompt, or in other capitals, unless it is named as one of all the
    `measured` candidates.
    """
    runs = new.runs
    if row.sha256 == new.digest and row.run is not None and row.run < len(runs):
        return row.run
    wanted = new.meant.get(row.id, row.model)
    named = next(filter(None, _named(row, wanted, new, measured)), [])
    if len(named) == 1:
        return named[0]
    return row.run if row.run in named else None


def _named(
    row: ScoredCandidate,
    wanted: str,
    new: NewResults,
    measured: Sequence[ScoredCandidate],
) -> Iterator[list[int]]:
    """Yield the runs with a name: exactly, but for a label, and in other capitals."""
    names = [(number, model_named(run)) for number, run in enumerate(new.runs)]
    taken = {"", *(each.model for each in measured)}
    yield [number for number, name in names if wanted and name == wanted]
    bare = _bare_name(row, new)
    is_one = [_bare_name(each, new) for each in measured].count(bare) == 1
    yield [
        number
        for number, name in names
        if name not in taken
        and (wanted == new.runs[number].bare_name or (is_one and name == bare))
    ]
    yield [
        number
        for number, name in names
        if name.casefold() == wanted.casefold() and name not in taken
    ]


def _bare_name(row: ScoredCandidate, new: NewResults) -> str | None:
    """Return the name of a candidate without the label of its prompt, if it has one."""
    signed = new.signed_runs.get(row.id)
    is_named_so = signed is not None and row.model == model_named(signed)
    return signed.bare_name if signed and is_named_so else None
