"""Names of teams that are one, or that may be a slip for another."""

import pytest

from audits.services.use_cases.team_names import same_name, similar_name

KNOWN = ["Customer service", "Claims 1", "HR", "Sales"]


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("customer SERVICE", "Customer service"),
        ("  Customer \t service ", "Customer service"),
        ("SALES", "Sales"),
        ("Customer servic", None),
        ("CustomerService", None),
    ],
)
def test_case_and_spaces_make_no_other_name(typed: str, same: str | None) -> None:
    assert same_name(typed, KNOWN) == same


def test_same_spelling_comes_before_another() -> None:
    assert same_name("sales", ["Sales", "sales"]) == "sales"


@pytest.mark.parametrize(
    ("typed", "like"),
    [
        ("Customer servise", "Customer service"),
        ("customer servcie", "Customer service"),
        ("Costumer services", None),
        ("Customerservice", "Customer service"),
        ("Claims 2", None),
        ("Claim 1", "Claims 1"),
        ("IT", None),
        ("HRS", None),
        ("Salas", "Sales"),
        ("Solos", None),
        ("Finance", None),
    ],
)
def test_one_or_two_other_letters_may_be_a_slip(typed: str, like: str | None) -> None:
    assert similar_name(typed, KNOWN) == like
