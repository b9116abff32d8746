"""A licence that is unknown, forbidden or changed is found, with the package's name."""

import dataclasses
from pathlib import Path

import pytest
from license_expression import ExpressionError

from tests.supply.licences import Decided, Policy, problems
from tests.supply.requirements import Pin, pins

ROOT = Path(__file__).parent.parent.parent
POLICY = Policy.read(ROOT)
PINNED = pins(ROOT / "requirements.txt")


def without(*licences: str) -> Policy:
    return dataclasses.replace(POLICY, allowed=POLICY.allowed - set(licences))


def deciding(name: str, decided: Decided | None) -> Policy:
    others = {key: entry for key, entry in POLICY.decided.items() if key != name}
    entries = others | ({name: decided} if decided else {})
    return dataclasses.replace(POLICY, decided=entries)


def test_everything_that_is_installed_may_be() -> None:
    assert list(problems(PINNED, POLICY)) == []


def test_a_forbidden_licence_is_found() -> None:
    found = list(problems(PINNED, without("MPL-2.0")))

    assert found == ["pikepdf: MPL-2.0 is not among the allowed licences."]


def test_a_package_without_an_spdx_licence_is_found_until_somebody_decides() -> None:
    found = list(problems(PINNED, deciding("weasyprint", None)))

    assert found == [
        "weasyprint: “BSD License” is no SPDX licence. Read it, and decide on it."
    ]


def test_a_package_whose_licence_changed_is_looked_at_again() -> None:
    before = Decided(says="MIT", licence="LGPL-3.0-only", because="imported unchanged")

    found = list(problems(PINNED, deciding("psycopg", before)))

    assert found == [
        "psycopg: its metadata say “LGPL-3.0-only”, and pyproject.toml was decided on "
        "“MIT”. Read its licence again."
    ]


def test_a_decision_has_a_reason() -> None:
    bare = Decided(says="LGPL-3.0-only", licence="LGPL-3.0-only", because="")

    found = list(problems(PINNED, deciding("psycopg", bare)))

    assert found == ["psycopg: pyproject.toml gives no reason for its licence."]


def test_a_decision_on_what_is_gone_is_found() -> None:
    left = Decided(says="MIT", licence="MIT", because="it was there")

    found = list(problems(PINNED, deciding("rudder", left)))

    assert found == [
        "rudder: pyproject.toml decides on it, and it is no longer installed."
    ]


def test_a_package_that_is_not_installed_in_its_version_is_not_vouched_for() -> None:
    none = frozenset[str]()
    other = Pin("django", "1.0", none, None, none, none)

    found = list(problems([other], dataclasses.replace(POLICY, decided={})))

    assert found == ["django: version 1.0 is not installed here."]


@pytest.mark.parametrize(
    ("licence", "permitted"),
    [
        ("MIT", True),
        ("AGPL-3.0-only", False),
        ("AGPL-3.0-only OR MIT", True),
        ("AGPL-3.0-only AND MIT", False),
        ("MIT AND (GPL-2.0-only OR BSD-3-Clause)", True),
        # An exception is a licence of its own, to be allowed by its own name.
        ("Apache-2.0 WITH LLVM-exception", False),
    ],
)
def test_a_choice_needs_one_allowed_licence_and_a_sum_all(
    licence: str, *, permitted: bool
) -> None:
    assert POLICY.permits(licence) is permitted


def test_a_licence_that_spdx_does_not_know_is_refused() -> None:
    with pytest.raises(ExpressionError):
        POLICY.permits("Beerware Deluxe")
