"""Says what a results file of an evaluation tool shows, and what it cannot show.

Prints for each run its candidate, cases, passed, tokens, cost and latency. With a pass
mark, the exit code is 0 if every run meets it even at the lower end of what its cases
allow, and 1 if one does not or if that is not certain yet. With --against,
candidates are compared on the cases that both ran. With --paper, runs are compared with
the candidates of the same name behind the verdict of a paper: the exit code is 0 if all
measured conditions that the file speaks of still hold, and what was signed still
follows. It is 1 if one does not, if a candidate that met the target when signed now
misses it beyond chance, or if the headline of the signed verdict is no longer true. It
is 2 if that is unclear, as with the file that was signed, or a file cannot be read.
With the signed file as --against, it also says whether the cases are the same.
"""

import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from audits.evaluations.comparing import comparisons
from audits.evaluations.judging import judged
from audits.evaluations.reading import evaluations_of
from audits.evaluations.runs import EvaluationFile, Run
from audits.evaluations.words import comparison_sentences, mark_sentence, run_lines
from audits.landscape import in_force
from audits.management.papers import read_paper
from audits.management.read_files import read_file
from audits.scoring.retests.evidence import (
    EvidenceCheck,
    EvidenceState,
    check_evidence,
)
from audits.scoring.retests.evidence_words import evidence_lines
from audits.scoring.retests.named import NewResults
from audits.scoring.scored.candidates import Candidates
from audits.services.market import landscapes

_CODES: Mapping[EvidenceState, int] = {"holds": 0, "differs": 1, "not_known": 2}


class Command(BaseCommand):
    help = __doc__ or ""
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            type=Path,
            help="results of promptfoo, Inspect, lm-evaluation-harness or DeepEval, or "
            "a CSV file with the columns case, candidate, and passed or score, or a "
            "column for each of two or more candidates",
        )
        mark_or_paper = parser.add_mutually_exclusive_group()
        mark_or_paper.add_argument(
            "--pass-mark",
            type=_mark,
            metavar="N",
            help="how many of 100 cases must pass; for scores, 100 times the mean",
        )
        mark_or_paper.add_argument(
            "--paper",
            type=Path,
            metavar="FILE",
            help="compare with what was measured for the verdict of this board paper, "
            "or of the assessment.json that is in it",
        )
        parser.add_argument(
            "--against",
            type=Path,
            metavar="FILE",
            help="compare with the runs of this file, which may be the same file",
        )

    def handle(
        self,
        *_: Any,
        file: Path,
        pass_mark: float | None,
        against: Path | None,
        paper: Path | None,
        **__: Any,
    ) -> None:
        found = read_file(file, evaluations_of)
        other = None if against is None else read_file(against, evaluations_of)
        evidence = None if paper is None else _compared(paper, file, found, against)
        is_met = True
        for run in found.runs:
            self._show(run, pass_mark)
            if pass_mark is not None:
                judgement = judged(run, pass_mark)
                self._line("Pass mark", mark_sentence(judgement, pass_mark))
                is_met &= judgement.state == "met"
            self.stdout.write("")
        if other is not None:
            self._compare(found, other)
        if evidence is not None:
            for line in evidence_lines(evidence):
                self.stdout.write(line)
            if code := _CODES[evidence.state]:
                sys.exit(code)
        if not is_met:
            sys.exit(1)

    def _show(self, run: Run, mark: float | None) -> None:
        tool = " ".join(filter(None, (run.tool, run.tool_version)))
        day = f"{run.day:%-d %B %Y}" if run.day else ""
        parts = (run.candidate or "No name", run.task, run.measure, tool, day)
        self.stdout.write(", ".join(filter(None, parts)))
        for name, text in run_lines(run, mark):
            self._line(name, text)

    def _line(self, name: str, text: str) -> None:
        self.stdout.write(f"  {name:<10}  {text}")

    def _compare(self, found: EvaluationFile, other: EvaluationFile) -> None:
        compared = comparisons(found.runs, other.runs)
        if not compared:
            self.stdout.write(
                "Nothing to compare: the files have no two runs of one tool, task and "
                "measure."
            )
        for comparison in compared:
            for sentence in comparison_sentences(comparison):
                self.stdout.write(sentence)
            self.stdout.write("")


def _compared(
    paper: Path, file: Path, found: EvaluationFile, against: Path | None
) -> EvidenceCheck:
    """Compare a results file with what was measured for the verdict of a paper."""
    facts = landscapes.finder_without_site(is_unreachable_none=True)
    with in_force.using(facts):
        verdict = read_paper(paper)
        new = NewResults(
            runs=found.runs,
            digest=_digest(file),
            signed_runs=_signed_runs(verdict.inputs.candidates, against),
        )
        return check_evidence(verdict.framework, verdict.inputs, verdict.on, new)


def _signed_runs(candidates: Candidates, file: Path | None) -> dict[str, Run]:
    """Return the runs of candidates of a paper that are in a file, by their ids."""
    if file is None:
        return {}
    digest, runs = _digest(file), read_file(file, evaluations_of).runs
    return {
        row.id: runs[row.run]
        for row in candidates.rows
        if row.sha256 == digest and row.run is not None and row.run < len(runs)
    }


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


def _mark(text: str) -> float:
    """Return a pass mark as a share."""
    try:
        mark = float(text) / 100
    except ValueError:
        mark = 0.0
    if not 0 < mark < 1:
        message = f"“{text}” is not a number above 0 and below 100"
        raise ArgumentTypeError(message)
    return mark
