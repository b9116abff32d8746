"""Damaged and hostile results files: each is refused in one sentence, and soon."""

import re
import tracemalloc

import pytest

from audits.evaluations.formats.recognised import read_evaluations
from audits.evaluations.runs import RefusedEvaluationError
from tests.evaluations.damaged import BOMB, bomb
from tests.evaluations.damaged_exports import EXPORTS
from tests.evaluations.damaged_text import TEXTS
from tests.evaluations.damaged_zips import ZIPS
from tests.examples import all_but

FILES = TEXTS | EXPORTS | ZIPS


# Those that take longest; others of their kind stay.
SLOW = {"JSON: 8 million objects", "eval: bomb that lies"}


@pytest.mark.parametrize("name", all_but(FILES, FILES.keys() - SLOW))
def test_damaged_file_is_refused_in_one_sentence(name: str) -> None:
    made, sentence = FILES[name]

    with pytest.raises(RefusedEvaluationError) as refused:
        read_evaluations(made())

    assert str(refused.value) == sentence
    assert re.fullmatch(r"[A-Z“](?:[^.]|\.(?! [A-Z]))*\.", sentence)


def test_no_more_is_unpacked_than_may_be() -> None:
    made = bomb()

    tracemalloc.start()
    with pytest.raises(RefusedEvaluationError, match="unpacks to more than 50 MB"):
        read_evaluations(made)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert most < BOMB


def test_there_are_many_kinds_of_damage() -> None:
    assert len(FILES) >= 100
