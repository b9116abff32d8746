"""The runs of a results file beside the candidates that are there."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from django.http import QueryDict

from audits.evaluations.runs import Run
from audits.models import Audit, ResultsFile
from audits.scoring.results_behind.replaced_results import lacks
from audits.scoring.scored.candidates import ScoredCandidate, ScoredKind, of_file
from audits.scoring.scored.from_runs import why_no_candidate
from audits.scoring.scored.kinds import CHOICE_NAMES
from audits.scoring.scored.words import name_of, result
from audits.scoring.told.left_out_runs import held_by_left_out
from audits.services.read_files.results_files import (
    Earlier,
    candidate_from,
    earlier_of,
    runs_of,
    scored_again,
)
from audits.wizard.candidates.forms import LEFT_OUT, RunsForm
from audits.wizard.candidates.guesses import guessed_kind, guessed_kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """A candidate that gets a new result: its name, the file, both results in words.

    `lacks` says what the new one has not, and `is_better` that its score is higher.
    """

    name: str
    file: ResultsFile
    before: str
    after: str
    lacks: tuple[str, ...]
    is_better: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OlderRun:
    """A run that is older than the result of its candidate.

    If it is chosen, it replaces that, or else counts beside it.
    """

    name: str
    why: str
    is_chosen: bool
    replaces: bool


@dataclass(frozen=True, kw_only=True)
class FileRuns:
    """The runs of a file, and what each already is or scores again."""

    audit: Audit
    kept: ResultsFile
    runs: Sequence[Run] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "runs", runs_of(self.kept))

    def saved_as(self, number: int) -> ScoredCandidate | None:
        """Return the candidate that a run is already."""
        rows = self.audit.given_candidates.rows
        wanted = self.kept.digest, number
        return next((row for row in rows if (row.sha256, row.run) == wanted), None)

    @cached_property
    def earlier(self) -> Mapping[int, Earlier]:
        """The candidates of other files that runs score again."""
        return {
            number: each
            for number, each in earlier_of(self.audit, self.kept).items()
            if not self.saved_as(number) and not why_no_candidate(self.runs[number])
        }

    def form(self, sent: QueryDict) -> RunsForm:
        """Return the form, as it was sent or as it is at first.

        Earlier results are replaced at first, unless the kind that was said with the
        file is that of no candidate it scores again.
        """
        said = sent.get("kind", "")
        kinds = {each.row.kind for each in self.earlier.values()}
        again = (not said or said in kinds) if self.earlier else None
        initial = [
            LEFT_OUT
            if self.why_older(number)
            else (not self.saved_as(number) and said) or kind or self._unnamed
            for number, kind in enumerate(self._kinds)
        ]
        data = sent if "kind-0" in sent else None
        return RunsForm(self.runs, initial, data, again=again)

    def why_older(self, number: int) -> str:
        """Return why a run is older than the result of its candidate; may be empty."""
        before = self.earlier.get(number)
        return before.why_older(self.runs[number]) if before else ""

    @cached_property
    def _unnamed(self) -> str:
        """What is chosen of a run of which nothing is known.

        If others of its file were saved, somebody left it out.
        """
        is_saved = any(map(self.saved_as, range(len(self.runs))))
        return LEFT_OUT if is_saved else ""

    def rows_left_out(self, form: RunsForm) -> list[ScoredCandidate]:
        """Return the runs that are left out and hold back what they contradict.

        What a run is that has no telling name nobody knows, so it is read as a prompt,
        as most are.
        """
        there = {
            row.run: row
            for row in of_file(self.audit.given_candidates, self.kept.digest)
        }
        runs = [*enumerate(zip(self.runs, form.choices(), strict=True))]
        chosen = [run for _, (run, choice) in runs if choice not in ("", LEFT_OUT)]
        chosen += [
            self.runs[n]
            for n, row in there.items()
            if n is not None and not row.is_left_out
        ]
        left = (
            (self._as_candidate(number), run)
            for number, (run, choice) in runs
            if choice == LEFT_OUT
            and not (why_no_candidate(run) or self.why_older(number))
        )
        held = held_by_left_out(left, chosen)
        return [row for row in held if row.run not in there]

    def _as_candidate(self, number: int) -> ScoredCandidate:
        """Return a run as the candidate that it most likely is."""
        run = self.runs[number]
        kind = self._known(number) or guessed_kind(run.candidate) or "prompt"
        fields = candidate_from(run, number, self.kept)
        return ScoredCandidate(id="", kind=kind, **fields)

    @cached_property
    def _kinds(self) -> list[ScoredKind | None]:
        """What each run is so far: as it was called before, or guessed."""
        known = [self._known(number) for number in range(len(self.runs))]
        names = [
            None if kind or why_no_candidate(run) else run.candidate
            for run, kind in zip(self.runs, known, strict=True)
        ]
        guessed = guessed_kinds(names, known)
        return [kind or guess for kind, guess in zip(known, guessed, strict=True)]

    def _known(self, number: int) -> ScoredKind | None:
        """Return what a run was called before: in this file or in an earlier one."""
        before = self.earlier.get(number)
        row = self.saved_as(number) or (before.row if before else None)
        return row.kind if row and not row.is_left_out else None

    def like_another(self, number: int, form: RunsForm) -> str:
        """Return what a run looks like that another one is; empty once it is chosen."""
        guess = guessed_kind(self.runs[number].candidate)
        if guess is None or self._kinds[number] or form.choices()[number]:
            return ""
        return CHOICE_NAMES[guess]

    def rows(self, form: RunsForm) -> list[ScoredCandidate]:
        """Return the candidates that the runs are said to be, if that is new.

        One that is there keeps everything that was typed; one that was removed is put
        back. One that is scored again as the same kind keeps its place.
        """
        found = []
        for number, (run, kind) in enumerate(zip(self.runs, form.kinds(), strict=True)):
            if kind is None or why_no_candidate(run):
                continue
            there = self.saved_as(number)
            before = self._replaced(number, kind, form)
            if before:
                row = scored_again(before, run, number, self.kept)
            else:
                row = there or ScoredCandidate(
                    id="", kind=kind, **candidate_from(run, number, self.kept)
                )
            row = replace(
                row, kind=kind, is_removed=False, is_left_out=False, wrong=None
            )
            if row != there:
                found.append(row)
        return found

    def _replaced(
        self, number: int, kind: ScoredKind | None, form: RunsForm
    ) -> Earlier | None:
        """Return the candidate that gets the result of a run; of another kind, none."""
        before = self.earlier.get(number) if form.replaces else None
        return before if before and before.row.kind == kind else None

    def replaced(self, form: RunsForm) -> Iterator[Replaced]:
        """Yield the candidates that get a new result."""
        for number, kind in enumerate(form.kinds()):
            if before := self._replaced(number, kind, form):
                after = scored_again(before, self.runs[number], number, self.kept)
                target = self.audit.given_candidates.target
                yield _replaced(before, after, target)

    def left(self) -> list[str]:
        """Return the candidates of the same earlier files that this one has not."""
        again = [each.row for each in self.earlier.values()]
        digests = {row.sha256 for row in again}
        return [
            name_of(row)
            for row in self.audit.given_candidates.rows
            if row.sha256 in digests and row not in again and not row.is_removed
        ]

    def left_out(self, form: RunsForm) -> list[str]:
        """Return the runs that could count, and are left out as the form is."""
        return [
            run.candidate or "No name"
            for number, (run, choice) in enumerate(
                zip(self.runs, form.choices(), strict=True)
            )
            if choice == LEFT_OUT
            and not (why_no_candidate(run) or self.why_older(number))
        ]

    def older(self, form: RunsForm) -> list[OlderRun]:
        """Return the runs of older tests, and which of them replace a newer result."""
        return [
            OlderRun(
                name=self.runs[number].candidate or "No name",
                why=why,
                is_chosen=form.kinds()[number] is not None,
                replaces=bool(self._replaced(number, form.kinds()[number], form)),
            )
            for number in range(len(self.runs))
            if (why := self.why_older(number))
        ]

    def unset(self, form: RunsForm) -> list[str]:
        """Return the runs that could count, of which nobody said what they are."""
        return [self.runs[number].candidate or "No name" for number in form.unset()]

    def is_all_there(self, form: RunsForm) -> bool:
        """Whether every run that is chosen is a candidate already, as it is chosen."""
        chosen = [
            number
            for number, (run, kind) in enumerate(
                zip(self.runs, form.kinds(), strict=True)
            )
            if kind and not why_no_candidate(run)
        ]
        return bool(chosen) and not self.rows(form)


def _replaced(
    before: Earlier, after: ScoredCandidate, target: Decimal | None
) -> Replaced:
    is_kept = after.replaced != before.row.replaced
    earlier = after.replaced[-1] if is_kept else None
    return Replaced(
        name=name_of(before.row),
        file=before.kept,
        before=result(before.row, target),
        after=result(after, target),
        lacks=tuple(lacks(earlier, after)) if earlier else (),
        is_better=(after.score or 0.0) > (before.row.score or 0.0),
    )
