"""Version 2 keeps its laws on random answers; tables that break one are noticed."""

from random import Random

import pytest

from audits.frameworks.schema import Framework
from tests.examples import thorough, up_to
from tests.scoring.proofs.edited_tables import OF_ONE_USE_CASE, TRIED
from tests.scoring.proofs.version_2_laws import LAWS
from tests.scoring.proofs.version_2_sets import drawn

SETS = up_to(100_000, 100)
# So many sets at most until a broken law is noticed.
UNTIL_NOTICED = 6000


def test_every_law_holds_of_any_answers() -> None:
    for seed in range(SETS):
        chance = Random(seed)  # noqa: S311 - no secret
        case = drawn(chance)

        broken = [f"{law}: {x}" for law in LAWS for x in LAWS[law](case, chance)]

        assert broken == [], (seed, case)


# Of the others, `test_proofs_of_version_2` shows that these tests notice.
NOTICED = [
    pytest.param(*each, id=each[0])
    if each[0] not in OF_ONE_USE_CASE
    else thorough(pytest.param(*each, id=each[0]))
    for each in TRIED
]


@pytest.mark.parametrize(("law", "tables"), NOTICED)
def test_tables_that_break_a_law_are_noticed(law: str, tables: Framework) -> None:
    for seed in range(UNTIL_NOTICED):
        chance = Random(seed)  # noqa: S311 - no secret
        if list(LAWS[law](drawn(chance, tables), chance)):
            return
    pytest.fail(f"{law} is broken, and no answers showed it")


def test_laws_are_those_of_the_method() -> None:
    assert list(LAWS) == [f"S{number}" for number in range(1, 20)]
