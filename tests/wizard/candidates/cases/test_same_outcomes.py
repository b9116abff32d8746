"""One column under two names is one test, closes no check twice, and is told."""

import random
from collections.abc import Sequence

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from audits.models import Audit
from audits.reports.context import build_paper
from audits.scoring.explaining.advice import WAY_TEST
from audits.scoring.scored.candidates import SameOutcomes
from audits.services.answers.answers import fresh_audit
from audits.services.answers.candidates import (
    candidates_seen,
    save_candidates,
    with_target,
)
from audits.services.verdicts.assessments import assess_today
from tests.casting import Cast
from tests.pages import html_of
from tests.scoring.scored.test_candidates import candidates
from tests.signed_in import sign_in
from tests.wizard.candidates.results_pages import page_after, read, save
from tests.wizard.candidates.results_saved import remove_result, save_results
from tests.wizard.candidates.told_pages import told_pages

NAMES = ("written prompt", "strongest model", "optimised prompt", "split job")
KINDS = ("prompt", "stronger", "optimised", "split")
SAME = "passed and failed the same 200 cases, so they count as one test"
SAID = (
    "“optimised prompt (Prompt rewritten by an optimiser)” and “split job (Task split "
    f"into smaller calls)” {SAME}."
)


def column(passed: int, seed: int) -> list[bool]:
    found = [True] * passed + [False] * (200 - passed)
    random.Random(seed).shuffle(found)  # noqa: S311 - the same outcomes each time
    return found


COLUMNS = [column(140, 1), column(160, 2), column(150, 3)]


type Columns = Sequence[Sequence[bool]]


def file_beside_target(
    audit: Audit, columns: Columns
) -> tuple[SimpleUploadedFile, dict[str, str]]:
    """Save a target; return a file with the columns, and the kind of each."""
    lines = ["case,candidate,passed"]
    for name, marks in zip(NAMES, columns, strict=False):
        lines += [f"r{n},{name},{'yes' if x else 'no'}" for n, x in enumerate(marks)]
    file = SimpleUploadedFile("a.csv", "\n".join(lines).encode())
    lead = audit.use_case.owner
    save_candidates(
        audit=audit,
        by=lead,
        change=with_target(candidates(target="0.9")),
        seen=candidates_seen(audit),
        is_first_file=True,
    )
    return file, {f"kind-{n}": kind for n, kind in enumerate(KINDS[: len(columns)])}


def shown_before(client: Client, audit: Audit, columns: Columns) -> str:
    """Return what the page says of the columns before they are saved."""
    file, kinds = file_beside_target(audit, columns)
    page = page_after(client, read(client, audit, file), show="1", **kinds)
    save(client, page, **kinds)
    return html_of(page)


def put(audit: Audit, columns: Columns) -> None:
    """Save the columns as candidates."""
    file, kinds = file_beside_target(audit, columns)
    save_results(audit, file, **kinds)


def checks(audit: Audit) -> list[str]:
    advice = assess_today(fresh_audit(audit)).advice
    return [each.id for each in advice.subject_to] if advice else []


@pytest.mark.thorough
def test_copied_column_closes_no_check_and_everybody_is_told(
    client: Client, draft: Audit, cast: Cast
) -> None:
    sign_in(client, draft.use_case.owner)
    before = shown_before(client, draft, [*COLUMNS, COLUMNS[2]])

    assert SAID in before
    *_, last = fresh_audit(draft).given_candidates.rows
    assert last.same == SameOutcomes(of="c3", cases=200)
    assert WAY_TEST in checks(draft)
    for name, page in told_pages(client, draft, cast).items():
        assert SAID in page, name
    one = build_paper(fresh_audit(draft)).one
    assert f"“optimised prompt” and “split job” {SAME}" in one.unknown
    assert not one.standing.startswith("Approve")


def test_test_of_its_own_closes_the_check(draft: Audit) -> None:
    put(draft, [*COLUMNS, column(152, 4)])

    assert WAY_TEST not in checks(draft)
    assert all(x.same is None for x in fresh_audit(draft).given_candidates.rows)


@pytest.mark.thorough
def test_removed_original_makes_no_test_of_its_copy(draft: Audit) -> None:
    put(draft, [*COLUMNS, COLUMNS[2]])

    remove_result(draft, "c3")

    assert WAY_TEST in checks(draft)


@pytest.mark.thorough
def test_nearly_copied_column_is_told_and_holds_nothing_back(
    client: Client, draft: Audit
) -> None:
    sign_in(client, draft.use_case.owner)
    near = [not COLUMNS[2][0], not COLUMNS[2][1], *COLUMNS[2][2:]]
    before = shown_before(client, draft, [*COLUMNS, near])

    assert "the same 198 of 200 cases, more than chance gives." in before
    assert WAY_TEST not in checks(draft)
