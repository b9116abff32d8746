"""Where what is called a stronger model does not show that it is one.

A verdict can rest on “even the strongest allowed model falls short”, and nobody but a
person knows which model is stronger. A reader is told what the results say of it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from audits.evaluations.comparing import compared
from audits.evaluations.runs import Run
from audits.evaluations.statistics.pairs import PassedPairs, is_gap
from audits.models import Audit
from audits.scoring.scored.candidates import ScoredCandidate, ScoredKind
from audits.scoring.scored.words import name_of, short_name
from audits.scoring.told.strongest_model import CALLED, Doubt
from audits.services.read_files.results_files import runs_behind


def doubtful_names(audit: Audit) -> tuple[str, ...]:
    """Return what speaks against each stronger model that counts, in sentences.

    Note: queries as for `doubts_of_names`.
    """
    return tuple(doubt.says for doubt in doubts_of_names(audit))


def doubts_of_names(audit: Audit) -> tuple[Doubt, ...]:
    """Return what speaks against each stronger model that counts.

    Each is compared with the best prompt of today that counts.

    Note: one query, and none without both.
    """
    prompts, stronger = (_counted(audit, kind) for kind in ("prompt", "stronger"))
    if not prompts or not stronger:
        return ()
    prompt = max(prompts, key=lambda row: row.score or 0.0)
    behind = runs_behind(audit, (prompt, *stronger))
    there = behind.get(prompt.id)
    return tuple(
        Doubt(candidate=row.id, says=f"{sentence}.", in_short=in_short)
        for row in stronger
        for sentence, in_short in zip(
            _said(_Named.fully(prompt, row), there, behind.get(row.id)),
            _said(_Named.shortly(prompt, row), there, behind.get(row.id)),
            strict=True,
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Named:
    """A stronger model and the prompt beside it, by what a sentence calls them."""

    row: ScoredCandidate
    prompt: ScoredCandidate
    name: str
    other: str

    @classmethod
    def fully(cls, prompt: ScoredCandidate, row: ScoredCandidate) -> "_Named":
        """Name both, and say who calls the model so."""
        name, other = f"“{name_of(row)}”, {CALLED},", f"“{name_of(prompt)}”"
        return cls(row=row, prompt=prompt, name=name, other=other)

    @classmethod
    def shortly(cls, prompt: ScoredCandidate, row: ScoredCandidate) -> "_Named":
        """Name both where there is little room."""
        name, other = f"“{short_name(row)}”", f"“{short_name(prompt)}”"
        return cls(row=row, prompt=prompt, name=name, other=other)


def _counted(audit: Audit, kind: ScoredKind) -> list[ScoredCandidate]:
    found = audit.given_candidates
    return [
        row
        for row in found.rows
        if row.kind == kind and not found.why_not(row, audit.codes)
    ]


def _said(both: _Named, there: Run | None, run: Run | None) -> Iterator[str]:
    """Yield what speaks against a stronger model beside the prompt."""
    if there is None or run is None:
        yield f"No file shows that {both.name} was run on the cases of {both.other}"
        return
    found = compared(run, there)
    if not found.shared or run.tool != there.tool:
        yield f"{both.name} was run on other cases than {both.other}"
        return
    if found.shared < max(both.row.cases, both.prompt.cases):
        yield f"Only {found.shared:,} cases are of both {both.name} and of {both.other}"
    if found.pairs and (found.pairs.difference <= 0 or not is_gap(found.pairs)):
        yield f"{both.name} {_no_better(found.pairs, both.other)}"


def _no_better(pairs: PassedPairs, other: str) -> str:
    """Say that it scores no better, or so little that chance may explain it."""
    passed, by_prompt = pairs.both + pairs.only_first, pairs.both + pairs.only_second
    both = f"{passed:,} and {by_prompt:,} of the same {pairs.n:,} cases passed"
    if pairs.difference <= 0:
        return f"scores no better than {other}: {both}"
    return f"scores better than {other}, but chance may explain that: {both}"
