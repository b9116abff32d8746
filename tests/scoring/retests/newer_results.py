"""A verdict that was signed by results, compared with those of a newer file."""

from dataclasses import replace

from audits.evaluations.runs import Run
from audits.frameworks.loading.loader import current
from audits.scoring.retests.evidence import EvidenceCheck, check_evidence
from audits.scoring.retests.named import NewResults
from audits.scoring.scored.candidates import ScoredCandidate
from tests.scoring.exchange.made_attachments import DAY
from tests.scoring.exchange.test_candidates_in_papers import FOUND, INPUTS

NEW = "ab" * 32
[BEST, TYPED, _] = FOUND.rows
MODEL = "claude-sonnet-5-5"
PROMPT = replace(BEST, id="c4", kind="prompt", model="Written prompt", passed=188)
STRONG = replace(BEST, id="c5", kind="stronger", model="Stronger model", passed=192)


def checked(
    *runs: Run,
    digest: str = NEW,
    rows: tuple[ScoredCandidate, ...] = FOUND.rows,
    signed: Run | None = None,
) -> EvidenceCheck:
    inputs = replace(INPUTS, candidates=replace(FOUND, rows=rows))
    known = {BEST.id: signed} if signed else {}
    new = NewResults(runs=runs, digest=digest, signed_runs=known)
    return check_evidence(current(), inputs, DAY, new)


def run(passed: int, n: int = 200, name: str | None = MODEL) -> Run:
    return Run(tool="CSV", candidate=name, n=n, passed=passed)
