"""Whether the assessment in a file follows from the answers in it.

Anybody may have written the file: its statements are compared and never trusted.
Everything is recomputed from its inputs, with the framework of this installation.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, cast

from audits.frameworks.rules import Verdict
from audits.frameworks.schema import Framework
from audits.scoring.assess_on import assess_on
from audits.scoring.exchange import document, editions, page_one, provenance
from audits.scoring.exchange.differences import Difference, differences
from audits.scoring.exchange.page_one import PageOneSays
from audits.scoring.exchange.provenance import FORMAT
from audits.scoring.exchange.stated_inputs import WrongInputs, read_inputs
from audits.scoring.exchange.untrusted_json import RefusedJsonError, read_object, shown
from audits.scoring.explaining.assessment import Assessment
from audits.scoring.inputs import Inputs

type Frameworks = Mapping[tuple[str, int], Framework]
Outcome = Literal["reproduced", "different", "refused"]

# The parts of a report, by paths in the file; the first that matches. Paths that are
# not complete are inside `assessment`.
_CHECKS: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = (
    ("Framework", ("framework",), ("framework", "version", "content_hash")),
    (
        "Answers",
        ("given", "answers_hash"),
        ("codes", "levels", "numbers", "on", "candidates", "from_candidates"),
    ),
    ("Verdict", (), ("verdict", "verdict_name", "family", "mark", "headline")),
    ("What goes into the prompt", (), ("context_layer", "context_name")),
    ("Trained layer", (), ("trained_layer",)),
    ("Reasons", (), ("trace.reasons",)),
    ("Blockers", (), ("trace.blockers",)),
    ("Rules", (), ("trace.context_rules", "trace.verdict_rules")),
    ("Advice", (), ("advice", "measurements")),
    (
        "Completeness",
        (),
        ("completeness", "provisional", "confidence", "confidence_because", "unknowns"),
    ),
    ("What would change it", (), ("flips", "evidence_plan")),
    ("Costs", (), ("costs", "proposal", "entered_in", "replaced")),
    ("Decision and amounts of page 1", (page_one.NAME,), ()),
)
_REST = "The rest"
_MOST_TOLD = 20
_DIGEST = re.compile(r"[0-9a-f]{64}")
_CHANGED = "The file was changed after it was written."


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part of a file, and where it differs; `more` differences are not listed."""

    name: str
    differences: tuple[Difference, ...]
    more: int

    @property
    def holds(self) -> bool:
        """Whether all of it matches."""
        return not self.differences


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The result for a file.

    `refused` says why nothing could be recomputed. Otherwise `assessment` is the
    recomputed one, `inputs` are those that the file states, and `says` is what page 1
    must say; an author's decision, the conditions of the sign-off, what contradicts a
    signed verdict, what the board decided, `number`,
    `submitted_at` and `record`, the digest of a record line, are only what the file
    says. `override_name` is what an override that it states is called.
    """

    outcome: Outcome
    refused: tuple[Difference, ...] = ()
    checks: tuple[Check, ...] = ()
    assessment: Assessment | None = None
    inputs: Inputs | None = None
    says: PageOneSays | None = None
    answers_hash: str = ""
    number: str = ""
    submitted_at: str = ""
    record: str = ""
    override_name: str = ""

    @property
    def differing(self) -> tuple[Check, ...]:
        """The parts that differ."""
        return tuple(check for check in self.checks if not check.holds)


def verify(raw: bytes, frameworks: Frameworks) -> Verification:
    """Recompute the assessment in a file, and compare.

    Args:
        raw: The bytes of an assessment.json from anybody.
        frameworks: The frameworks of this installation, by name and version.

    Returns:
        The result. It never raises because of the file's content.
    """
    try:
        values = read_object(raw)
        framework, inputs, on = _inputs(values, frameworks)
        assessment = _assess(framework, inputs, on)
    except RefusedJsonError as error:
        return _refused(Difference(field=provenance.FILE_NAME, sentence=str(error)))
    except WrongInputs as error:
        return _refused(*error.wrong)
    says = _says(framework, assessment, values.get(page_one.NAME))
    found = [*_compared(raw, values, inputs, assessment, says)]
    if why := editions.cannot_be_set_again(found, values):
        return _refused(why)
    checks = tuple(_checks(found))
    report = values["report"]
    return Verification(
        outcome="reproduced" if all(c.holds for c in checks) else "different",
        checks=checks,
        assessment=assessment,
        inputs=inputs,
        says=says,
        answers_hash=provenance.digest(provenance.given(inputs, on)),
        number=shown(report["number"]),
        submitted_at=shown(report["submitted_at"]),
        record=_record(report.get("record")),
        override_name=framework.verdicts[cast("Verdict", own.verdict)].name
        if (own := says.override)
        else "",
    )


def _record(stated: object) -> str:
    """Return the digest of the record line that a file states; empty if none."""
    digest = stated.get("digest") if isinstance(stated, dict) else None
    return digest if isinstance(digest, str) and _DIGEST.fullmatch(digest) else ""


def _refused(*why: Difference) -> Verification:
    return Verification(outcome="refused", refused=why)


def _says(framework: Framework, assessment: Assessment, page: object) -> PageOneSays:
    """Return what page 1 must say, with what a file states that no answer tells."""
    says = page_one.page_one_says(
        framework,
        assessment,
        page_one.written_decision(page),
        page_one.stated_state(page),
        page_one.stated_asking(page),
        conditions=page_one.stated_conditions(page),
        review_due=page_one.stated_review_due(page),
        override=page_one.stated_override(page, framework),
    )
    return page_one.after_board(
        says,
        is_decided=page_one.stated_decided(page),
        granted=page_one.stated_granted(page),
    )


def _inputs(
    values: dict[str, Any], frameworks: Frameworks
) -> tuple[Framework, Inputs, date]:
    """Return the inputs of an assessment from the file.

    Raises:
        WrongInputs: Something is missing or wrong; names it.
    """
    if values.get("format") != FORMAT:
        said = f"It must be {FORMAT}. Verify the paper where it was made."
        raise WrongInputs([Difference(field="format", sentence=said)])
    parts = {"report": ("number", "template", "submitted_at")}
    parts["framework"] = ("name", "version", "hash")
    for name, fields in parts.items():
        part = values.get(name)
        for field in fields:
            if not isinstance(part, dict) or not isinstance(part.get(field), str | int):
                said = (
                    "It is missing, or is neither text nor a number. Make the paper "
                    "again."
                )
                raise WrongInputs([Difference(field=f"{name}.{field}", sentence=said)])
    framework = _framework(values["framework"], frameworks)
    return (framework, *read_inputs(values.get("given"), framework))


def _framework(stated: dict[str, Any], frameworks: Frameworks) -> Framework:
    name, version = stated["name"], stated["version"]
    framework = frameworks.get((name, version)) if type(version) is int else None
    if framework is None:
        is_known = any(name == known for known, _ in frameworks)
        said = (
            f"This installation has no framework {shown(name)}, version "
            f"{shown(version)}. It has {_listed(frameworks)}. Verify the paper where "
            "its framework is installed."
        )
        field = "framework.version" if is_known else "framework.name"
        raise WrongInputs([Difference(field=field, sentence=said)])
    if stated["hash"] != framework.content_hash:
        said = (
            f"The file says {shown(stated['hash'])[:12]}…; this installation’s "
            f"{name}, version {version}, has {framework.content_hash[:12]}…. Either "
            f"the file was changed, or a different edition made the paper."
        )
        raise WrongInputs([Difference(field="framework.hash", sentence=said)])
    return framework


def _listed(frameworks: Frameworks) -> str:
    return "; ".join(f"{name}, version {version}" for name, version in frameworks)


def _assess(framework: Framework, inputs: Inputs, on: date) -> Assessment:
    """Assess the inputs.

    Raises:
        WrongInputs: They cannot be computed.
    """
    try:
        return assess_on(framework, inputs, on)
    except (ValueError, LookupError, ArithmeticError):
        said = "These are outside what can be recomputed. Make the paper again."
        raise WrongInputs([Difference(field="given", sentence=said)]) from None


def _compared(
    raw: bytes,
    values: dict[str, Any],
    inputs: Inputs,
    assessment: Assessment,
    says: PageOneSays,
) -> Iterator[Difference]:
    """Yield where the file differs from what Attune writes today."""
    given = provenance.given(inputs, assessment.on)
    expected: dict[str, Any] = {
        "format": FORMAT,
        "report": values["report"],
        "framework": {
            "name": assessment.framework,
            "version": assessment.version,
            "hash": assessment.content_hash,
        },
        "given": given,
        "answers_hash": provenance.digest(given),
        "assessment": {
            **document.dump(_checked_then(assessment, values)),
            **editions.stated(values),
        },
        page_one.NAME: says.values,
    }
    stated = {name: x for name, x in values.items() if name != "file_hash"}
    yield from differences(stated, json.loads(json.dumps(expected)))
    if values.get("file_hash") != provenance.digest(stated):
        yield Difference(field="file_hash", sentence=_CHANGED)
    written = provenance.written(values)
    if raw != written:
        lines = zip(raw.split(b"\n"), written.split(b"\n"), strict=False)
        place = next((n for n, pair in enumerate(lines, 1) if pair[0] != pair[1]), None)
        said = f"{_CHANGED} Line {place} differs from what Attune writes."
        yield Difference(field=provenance.FILE_NAME, sentence=said)


def _checked_then(assessment: Assessment, values: Mapping[str, Any]) -> Assessment:
    """Return an assessment with the day on which the file's prices were checked.

    Equal prices that were checked again later are no difference. A later check than
    this installation knows of is one.
    """
    costs = assessment.costs
    try:
        stated = values["assessment"]["costs"]["plan"]["checked"]
        then = date.fromisoformat(stated)
    except (LookupError, TypeError, ValueError):
        return assessment
    if costs is None or costs.plan.checked is None or then > costs.plan.checked:
        return assessment
    plan = replace(costs.plan, checked=then)
    return replace(assessment, costs=replace(costs, plan=plan))


def _checks(found: list[Difference]) -> Iterator[Check]:
    """Yield every check, with its differences."""
    for name, whole, parts in _CHECKS:
        paths = (*whole, *(f"assessment.{part}" for part in parts))
        yield _check(name, [d for d in found if _is_in(d.field, paths)])
        found = [d for d in found if not _is_in(d.field, paths)]
    yield _check(_REST, found)


def _check(name: str, found: list[Difference]) -> Check:
    more = max(0, len(found) - _MOST_TOLD)
    return Check(name=name, differences=tuple(found[:_MOST_TOLD]), more=more)


def _is_in(field: str, paths: tuple[str, ...]) -> bool:
    return any(field == path or field.startswith(f"{path}.") for path in paths)
