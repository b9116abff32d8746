import json
from typing import Any

import pytest

from audits.frameworks.answering import answers
from audits.frameworks.loading.loader import PACKS, published
from audits.scoring import assess

FRAMEWORK = published("fine_tuning", 1)
LINES = (PACKS / "fine_tuning" / "v1.boundaries.jsonl").read_text(encoding="utf-8")
VECTORS: list[dict[str, Any]] = [json.loads(line) for line in LINES.splitlines()]
IDS = [vector["id"] for vector in VECTORS]
WITH_A_LAYER = [vector for vector in VECTORS if "context_layers" in vector]
WITHOUT_TRAINING = [vector for vector in VECTORS if "trained_layer" in vector]


def test_vectors_are_those_of_the_method() -> None:
    ids = " ".join(vector["id"] for vector in VECTORS)

    assert ids == "S1 S1b S2 S3 S4 S4b S4c S4d S5 S5b S5c S6 S7 S8 S9 S10"


@pytest.mark.parametrize("vector", VECTORS, ids=IDS)
def test_vector_gets_a_verdict_of_the_method(vector: dict[str, Any]) -> None:
    assessment = assess(FRAMEWORK, answers.read(FRAMEWORK, vector["facts"]))

    assert assessment.verdict in vector["acceptable_verdicts"]


@pytest.mark.parametrize("vector", WITH_A_LAYER, ids=[v["id"] for v in WITH_A_LAYER])
def test_vector_gets_the_context_layer_of_the_method(vector: dict[str, Any]) -> None:
    assessment = assess(FRAMEWORK, answers.read(FRAMEWORK, vector["facts"]))

    assert assessment.context_layer in vector["context_layers"]


@pytest.mark.parametrize(
    "vector", WITHOUT_TRAINING, ids=[v["id"] for v in WITHOUT_TRAINING]
)
def test_vector_is_refused_training(vector: dict[str, Any]) -> None:
    assessment = assess(FRAMEWORK, answers.read(FRAMEWORK, vector["facts"]))

    assert assessment.trained_layer is vector["trained_layer"] is None
