"""A paper is reproduced; what is none is refused in a sentence, and quickly."""

import json
import os
from collections.abc import Callable

import pytest
from django_scopes import scope
from pikepdf import Name

from audits.frameworks.loading.loader import shipped
from audits.reports.context import build_paper
from audits.scoring.exchange.verification import verify
from audits.services.answers.answers import save_answers
from audits.services.reviews.audits import submit_audit
from audits.verify.papers import (
    MAX_BYTES,
    RefusedPaperError,
    extracted,
    verify_paper,
)
from tests.casting import Cast
from tests.examples import all_but
from tests.scoring.worked_cases import TRAINING_CASE
from tests.scoring.worked_numbers import TUNED_BY_TOKEN
from tests.verify import made_papers
from tests.verify.made_papers import NAME, RAW, bytes_of, paper, with_files
from tests.verify.stored_papers import stored_paper


@pytest.mark.once
def test_paper_as_it_is_made_is_reproduced(cast: Cast) -> None:
    stored = stored_paper(cast.ours)
    made = stored.made

    verification = verify_paper(stored.pdf).attachment

    assert extracted(stored.pdf).assessment == made.attachment.content
    assert verification.outcome == "reproduced"
    assert verification.assessment == made.assessment
    assert verification.answers_hash == made.provenance.answers_hash


@pytest.mark.thorough
def test_paper_with_levels_numbers_and_hidden_answers_is_reproduced(
    cast: Cast,
) -> None:
    tenant = cast.ours
    hidden = {"latency": "relaxed", "latency_evidence": "missed"}
    with scope(organization=tenant.organization):
        audit, _ = save_answers(
            audit=tenant.draft, by=tenant.contributor, answers=TRAINING_CASE | hidden
        )
        audit.levels = {"quality_gap": {"value": "asserted"}, "goal": {"value": None}}
        audit.numbers = {key: {"value": value} for key, value in TUNED_BY_TOKEN.items()}
        audit.save(update_fields=["levels", "numbers"])
        audit = submit_audit(audit=audit, by=tenant.contributor)
        audit.refresh_from_db()
        made = build_paper(audit)

    verification = verify(made.attachment.content, shipped())

    assert verification.outcome == "reproduced"
    assert made.assessment.costs is not None
    assert made.assessment.levels == {"quality_gap": "asserted"}
    assert "latency_evidence" not in made.assessment.codes


@pytest.mark.thorough
@pytest.mark.once
def test_paper_with_another_verdict_attached_is_different(db: None) -> None:
    values = json.loads(RAW)
    values["assessment"]["verdict"] = "fine_tune"
    content = json.dumps(values).encode()

    verification = verify_paper(paper(content)).attachment

    assert verification.outcome == "different"
    assert "Verdict" in [check.name for check in verification.differing]


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "is not a PDF"),
    "text": (lambda: RAW, "is not a PDF"),
    "large": (lambda: b"%PDF-1.7\n" + bytes(MAX_BYTES), "larger than 10 MB"),
    "broken": (lambda: b"%PDF-1.7\nnothing", "is broken"),
    "cut off": (lambda: paper()[:600], "is broken"),
    "nested": (made_papers.nested, "is broken"),
    "unpacking objects": (made_papers.unpacking_objects, "is broken"),
    "nothing attached": (lambda: bytes_of(with_files()), f"no {NAME} in it"),
    "other file": (lambda: bytes_of(with_files(("a.json", RAW))), f"no {NAME} in it"),
    "endless": (made_papers.endless, "is broken"),
    "two files": (made_papers.twice, f"more than one {NAME}"),
    "password": (lambda: made_papers.protected("secret"), "by a password"),
    "protected": (lambda: made_papers.protected(""), "is protected"),
    "bomb": (made_papers.bomb, "larger than in any board paper"),
    "twice packed": (
        lambda: made_papers.packed([Name.FlateDecode, Name.FlateDecode]),
        "packed in a way",
    ),
    "packed otherwise": (
        lambda: made_papers.packed([Name.LZWDecode]),
        "packed in a way",
    ),
}


@pytest.mark.parametrize(
    "name", all_but(HOSTILE, HOSTILE.keys() - {"unpacking objects"})
)
def test_hostile_file_is_refused_in_a_sentence(name: str) -> None:
    make, said = HOSTILE[name]
    pdf = make()
    before = os.times().children_user

    with pytest.raises(RefusedPaperError) as refused:
        verify_paper(pdf)

    assert said in str(refused.value)
    assert str(refused.value).endswith(".")
    assert os.times().children_user - before < 3


@pytest.mark.once
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is not JSON"),
        (b"%PDF-", "is not JSON"),
        (b"{}", "must be attune.assessment/1"),
        (b"[" * 100_000, "more than 16 deep"),
        (RAW.replace(b'"attune.assessment/1"', b"NaN"), "NaN is not allowed in it"),
        (RAW.replace(b"{", b'{"format": 1,', 1), "format appears in it twice"),
        (RAW.replace(b'"fine_tuning"', b'"../fine_tuning"'), "no framework ../"),
        (RAW + b" " * (1_000_000 - len(RAW)), "differs from what Attune writes"),
    ],
)
def test_hostile_attachment_is_told_in_one_sentence(content: bytes, said: str) -> None:
    verification = verify(content, shipped())

    told = [d for check in verification.checks for d in check.differences]
    [problem] = [*told, *verification.refused]
    assert verification.outcome != "reproduced"
    assert said in problem.sentence
    assert problem.sentence.endswith(".")
