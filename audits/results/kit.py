"""The action kit: the texts a team needs after the verdict, as a zip."""

import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.template.loader import render_to_string

from audits.evaluations.starters.starter import CANDIDATE, CASE, COLUMNS
from audits.frameworks.schema import Framework
from audits.models import Audit, Review
from audits.scoring import Assessment
from audits.scoring.cards.pass_marks import pass_mark
from audits.scoring.explaining.advice_rows import condition, conditions, outcome_lines
from audits.scoring.explaining.advised_ways import looks_up_examples
from audits.scoring.explaining.evidence import Finding
from audits.scoring.scored.kinds import KIND_NAMES

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date in a zip: equal kits, equal bytes
_BOM = "\ufeff"  # tells spreadsheets that the file is UTF-8
_EXAMPLES = 20
_CASES = 50
_PURPOSES = {
    "prompt.md": "a structured prompt to fill in",
    "retrieval-plan.md": "seven steps from documents to answers with sources",
    "examples.csv": "space for 10 to 20 reviewed examples, with checks each must pass",
    "evaluation.csv": "space for 50 test cases; filled in, it is a results file",
    "readiness.md": "what you have and what you lack to train and run a model",
}
# Where the examples are looked up for each input, they are more than a prompt holds.
_TO_LOOK_UP = {
    "examples.csv": "the examples to choose from for each input: these 20 are a start, "
    "with checks each must pass",
}


def kit(
    framework: Framework,
    audit: Audit,
    assessment: Assessment,
    review: Review | None = None,
) -> bytes:
    """Return the kit of an assessment as a zip; equal ones give equal bytes.

    Args:
        framework: The framework of the audit.
        audit: The audit.
        assessment: Its assessment.
        review: Its sign-off, which may be of another name; None without one.
    """
    names = tuple(_names(assessment))
    context = _context(framework, audit, assessment)
    context["signed_under"] = review.signed_under if review else ""
    looks_up = looks_up_examples(assessment)
    context["looks_up_examples"] = looks_up
    purposes = _PURPOSES | (_TO_LOOK_UP if looks_up else {})
    context["contents"] = [(name, purposes[name]) for name in names]
    content = BytesIO()
    with ZipFile(content, "w", ZIP_DEFLATED) as archive:
        for name in ("readme.md", *names):
            text = _TABLES[name]() if name in _TABLES else _text(name, context)
            archive.writestr(ZipInfo(name, _EPOCH), text)
    return content.getvalue()


def _names(assessment: Assessment) -> Iterator[str]:
    """Yield the texts for the verdict; none while a step comes before building."""
    if assessment.prerequisite:
        return
    yield "prompt.md"
    if assessment.context_layer == "rag":
        yield "retrieval-plan.md"
    yield "examples.csv"
    yield "evaluation.csv"
    if assessment.trained_layer or assessment.reasons_claimed:
        yield "readiness.md"


def _context(
    framework: Framework, audit: Audit, assessment: Assessment
) -> dict[str, Any]:
    codes = assessment.codes
    said = {q.id: framework.words(q.id, codes) for q in framework.questions}
    known = {q.id: said[q.id] if q.id in codes else "" for q in framework.questions}
    ticked = [
        (
            question,
            [
                (tick, tick.id in audit.codes.get(question.id, ()))
                for tick in question.ticks
            ],
            # The number alone may be known, and not which ones.
            said[question.id] if isinstance(audit.codes.get(question.id), str) else "",
        )
        for question in framework.questions
        if question.ticks and question.id in codes
    ]
    return {
        "a": assessment,
        "outcomes": outcome_lines(assessment),
        "codes": codes,
        "said": said,
        "known": known,
        "ticked": ticked,
        "use_case": audit.use_case,
        "day": audit.submitted_at or audit.scored_at,
        "facts": [(q.label, said[q.id]) for q in framework.questions if q.id in codes],
        "forbidding": [s for s in assessment.trace.blockers if s.outcome == "fired"],
        "answers_from_facts": any(x.needs_facts for x in assessment.means.options),
        "gates": conditions(assessment),
        "to_find_out": _to_find_out(assessment),
        "unchecked": _unchecked(framework, assessment),
    }


def _unchecked(framework: Framework, assessment: Assessment) -> tuple[str, ...]:
    """Return the checks before training, where the verdict trains no model."""
    if assessment.advice is None or assessment.advice.standing is not None:
        return ()
    return tuple(condition(gate.says) for gate in framework.gates)


def _to_find_out(assessment: Assessment) -> tuple[tuple[Finding, str], ...]:
    """Return what to find out next, each with its pass mark; empty without a test."""
    found = assessment.candidates
    target = found.target if found else None
    return tuple(
        (each, pass_mark(each.experiment.pass_mark, target).says)
        if each.experiment
        else (each, "")
        for each in assessment.evidence_plan
    )


def _text(name: str, context: dict[str, Any]) -> str:
    return render_to_string(f"kits/{name}", context).lstrip()


def _examples() -> str:
    heading = (
        *("number", "kind", "input", "right_output", "why_it_is_right"),
        *("two_experts_agree", "real_not_invented", "no_personal_data", "reviewed_by"),
    )
    kinds = ["typical"] * 12 + ["hard"] * 6 + ["must be refused"] * 2
    return _csv(heading, [(i, kind) for i, kind in enumerate(kinds[:_EXAMPLES], 1)])


def _evaluation() -> str:
    """Return cases to fill in: with `passed` as yes or no, it is a results file."""
    kinds = ["typical", "typical", "typical", "hard", "must be refused"]
    rows = [
        {CASE: i, CANDIDATE: KIND_NAMES["prompt"], "kind": kinds[(i - 1) % len(kinds)]}
        for i in range(1, _CASES + 1)
    ]
    text = StringIO()
    columns = (*COLUMNS, "kind", "how_it_is_judged", "note")
    writer = csv.DictWriter(text, columns, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return _BOM + text.getvalue()


def _csv(heading: tuple[str, ...], rows: list[tuple[int, str]]) -> str:
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(heading)
    for row in rows:
        writer.writerow([*row, *[""] * (len(heading) - len(row))])
    return text.getvalue()


_TABLES = {"examples.csv": _examples, "evaluation.csv": _evaluation}
