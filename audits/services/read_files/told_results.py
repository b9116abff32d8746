"""What every page says of the results of an audit, beside what they answer."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Any

from audits.frameworks.answering import flow
from audits.frameworks.evaluation import Code
from audits.frameworks.schema import Framework
from audits.models import Audit, Evidence, ResultsFile, UseCase, Version
from audits.models.queries.written_once import written_once
from audits.models.shared_links import shared_links
from audits.scoring import Assessment
from audits.scoring.chances.chance import may_be_chance
from audits.scoring.results_behind.other_results import scored
from audits.scoring.scored.against import against_target
from audits.scoring.scored.answers import ADDED_TO
from audits.scoring.scored.candidates import ScoredCandidate
from audits.scoring.scored.from_runs import result_of, why_no_candidate
from audits.scoring.scored.words import name_of
from audits.scoring.told.elsewhere_results import elsewhere_said
from audits.scoring.told.left_out_results import left_out_said, left_out_verdicts
from audits.scoring.told.moved_answers import moved_answers
from audits.scoring.told.results_counted import Beside
from audits.scoring.told.results_told import results_told
from audits.scoring.told.same_links import same_links_said
from audits.scoring.told.undocumented import undocumented_said
from audits.services.answers.levels import undocumented
from audits.services.answers.putting import earlier_answers
from audits.services.read_files.changed_outcomes import changed_outcomes
from audits.services.read_files.doubtful_names import doubts_of_names
from audits.services.read_files.results_dropped import dropped_drafts, told_of_dropped
from audits.services.read_files.results_elsewhere import results_elsewhere
from audits.services.read_files.results_files import (
    names_of_files,
    names_told,
    runs_of,
)
from audits.services.verdicts.assessments import framework_of, told_by_candidates


def told_of_results(
    audit: Audit, assessment: Assessment, *, for_team: bool = False
) -> tuple[str, ...]:
    """Return what counts more than once, was replaced or removed, or was left out.

    Args:
        audit: The audit.
        assessment: What was decided.
        for_team: As for `told_of_files`.
    """
    files = names_told(audit, assessment)
    return (
        *results_told(framework_of(audit), assessment, files),
        *told_of_files(audit, assessment, for_team=for_team),
        *told_of_dropped(audit),
        *same_links(audit),
    )


def told_of_files(
    audit: Audit, assessment: Assessment, *, for_team: bool = False
) -> tuple[str, ...]:
    """Return what is told about its files and answers that no assessment has.

    Args:
        audit: The audit.
        assessment: What was decided.
        for_team: Whether those read it who answer. It leaves out what they changed in
            one sitting, which reviewers and papers are told.

    Note: four queries where candidates are from files, one where answers were changed
    that led to another verdict, and one where answers are said to be shown.
    """
    earlier = [
        each
        for each in earlier_answers(audit)
        if not (for_team and each.is_same_sitting)
    ]
    return (
        *moved_answers(framework_of(audit), assessment, earlier),
        *changed_outcomes(audit),
        *left_out_results(audit, assessment),
        *elsewhere_said(results_elsewhere(audit)),
        *undocumented_said(_undocumented(audit)),
    )


def same_links(audit: Audit) -> tuple[str, ...]:
    """Return which links are behind more than one answer, a sentence each.

    Note: one query, and none where a page read them with its audit.
    """
    told = vars(audit)
    links = (
        shared_links(told["links_shared"])
        if "links_shared" in told
        else (row[1:] for row in sorted(_linked(audit=audit)))
    )
    found, by_results = _behind(audit, links)
    besides = {link: len(labels) for link, labels in by_results.items()}
    return tuple(same_links_said(found, besides))


type _Labels = dict[str, list[str]]


def _behind(audit: Audit, links: Iterable[tuple[str, str]]) -> tuple[_Labels, _Labels]:
    """Return the labels of the answers that count behind which each link is.

    What test results answer, no link is to show any more: these come apart.
    """
    framework, found = (
        framework_of(audit),
        (dict[str, list[str]](), dict[str, list[str]]()),
    )
    asked, counts, by_results = framework.question_by_id, None, frozenset[str]()
    for question, link in links:
        if counts is None:
            counts = _counting(framework, tuple(audit.codes.items()))
            by_results = _by_results(audit)
        if question in asked and question in counts:
            labels = found[question in by_results].setdefault(link.rstrip("/"), [])
            if asked[question].label not in labels:
                labels.append(asked[question].label)
    return found


def _by_results(audit: Audit) -> frozenset[str]:
    """Return the questions that test results answer, or show better than a link.

    What was tested and on what is said by hand, too, and counts with the results.
    """
    levels = audit.inputs.answered.levels
    return frozenset(
        question
        for question, told in told_by_candidates(audit).items()
        if question not in ADDED_TO or told.level_by_hand != levels.get(question)
    )


@lru_cache(maxsize=32)
def _counting(
    framework: Framework, codes: tuple[tuple[str, Code], ...]
) -> frozenset[str]:
    """Return the questions whose answers count."""
    return frozenset(flow.relevant(framework, dict(codes)))


@written_once
def _linked(*, audit: Audit) -> Any:
    linked = Evidence.objects.filter(audit=audit).exclude(link="")
    return linked.values_list("added_at", "question", "link")


def _undocumented(audit: Audit) -> list[str]:
    asked = framework_of(audit).question_by_id
    return [asked[each].label for each in undocumented(audit) if each in asked]


def left_out_results(audit: Audit, assessment: Assessment) -> tuple[str, ...]:
    """Return which results of its files were never a candidate, in sentences.

    Args:
        audit: The audit.
        assessment: What was decided without them.

    Note: two queries, and none where no candidate is from a file.
    """
    framework = framework_of(audit)
    return tuple(
        left_out_said(framework, assessment, name, rows)
        for name, rows in _left_out_of(audit)
    )


def files_behind(audit: Audit) -> tuple[str, ...]:
    """Return the results files behind results that count, each with its SHA-256.

    Note: one query, and none where no file is behind one.
    """
    inputs, behind = audit.inputs, dict[str, list[str]]()
    for row in inputs.candidates.rows:
        if row.sha256 and not inputs.candidates.why_not(row, inputs.codes):
            said = f"{name_of(row)}, {scored(row)}"
            behind.setdefault(row.sha256, []).append(said)
    names = names_of_files(audit) if behind else {}
    return tuple(
        f"Results file “{names.get(digest, 'deleted')}” (SHA-256 {digest[:12]}…): "
        f"{'; '.join(results)}."
        for digest, results in behind.items()
    )


def files_that_count(audit: Audit) -> tuple[str, ...]:
    """Return the names of the results files behind results that count.

    Note: one query, and none where no file is behind one.
    """
    inputs = audit.inputs
    digests = {
        row.sha256: None
        for row in inputs.candidates.rows
        if row.sha256 and not inputs.candidates.why_not(row, inputs.codes)
    }
    names = names_of_files(audit) if digests else {}
    return tuple(dict.fromkeys(names[x] for x in digests if x in names))


def uncertain_results(audit: Audit) -> tuple[str, ...]:
    """Return which results that count chance may explain, as the review says it."""
    inputs = audit.inputs
    found = inputs.candidates
    return tuple(
        f"“{name_of(row)}”: {against_target(row, found.target)}."
        for row in found.rows
        if may_be_chance(row, found.target) and not found.why_not(row, inputs.codes)
    )


def beside_of(audit: Audit, assessment: Assessment) -> Beside:
    """Return what page 1 counts that an assessment does not have.

    Args:
        audit: The audit.
        assessment: What was decided.

    Note: queries as for `told_of_files` and `doubts_of_names`.
    """
    number, framework = audit.copied_number, framework_of(audit)
    left_out = [rows for _, rows in _left_out_of(audit)]
    verdicts = (left_out_verdicts(framework, assessment, rows) for rows in left_out)
    return Beside(
        left_out=sum(map(len, left_out)),
        left_out_verdicts=tuple(dict.fromkeys(chain.from_iterable(verdicts))),
        elsewhere=len(results_elsewhere(audit)),
        dropped=dropped_drafts(audit),
        copied_from="" if number is None else UseCase.reference_of(number),
        doubts=doubts_of_names(audit),
    )


def _left_out_of(audit: Audit) -> list[tuple[str, list[ScoredCandidate]]]:
    """Return the names of files, with their results that were never a candidate.

    A file that was removed as a wrong one is left out here: all that it scored is said
    elsewhere. Results of a file from which nothing was taken are none of the audit.
    """
    rows = [row for row in audit.given_candidates.rows if row.sha256]
    if not rows:
        return []
    taken = _taken(audit)
    taken |= {(row.sha256, row.run) for row in rows if not row.is_left_out}
    wrong = {row.sha256 for row in rows if row.wrong}
    digests = {sha256 for sha256, _ in taken} - wrong
    found = ResultsFile.objects.filter(use_case=audit.use_case_id, digest__in=digests)
    named = ((kept.name, [*_left_out(kept, taken)]) for kept in found)
    return [(name, left_out) for name, left_out in named if left_out]


type _Taken = set[tuple[str, int | None]]


def _taken(audit: Audit) -> _Taken:
    """Return the runs that were a candidate of it or of an earlier audit, once."""
    entries = Version.objects.filter(
        audit__use_case=audit.use_case_id,
        audit__created_at__lte=audit.created_at,
        kind=Version.Kind.CANDIDATE,
        set_aside=False,
        value__sha256__isnull=False,
    )
    found = entries.values_list("value__sha256", "value__run", "value__left").distinct()
    return {(str(sha256), run) for sha256, run, is_left in found if not is_left}


def _left_out(kept: ResultsFile, taken: _Taken) -> Iterator[ScoredCandidate]:
    for number, run in enumerate(runs_of(kept)):
        if (kept.digest, number) not in taken and not why_no_candidate(run):
            yield ScoredCandidate(
                id=f"left-out-{number}",
                kind="prompt",
                sha256=kept.digest,
                run=number,
                **result_of(run),
            )
