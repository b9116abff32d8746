import contextlib
import typing

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from audits.frameworks.loading.loader import PACKS, load
from audits.frameworks.questions import Option, Question
from audits.frameworks.rules import VerdictRule
from audits.frameworks.schema import Framework
from audits.scoring.deciding.decision import decide
from audits.strict_yaml.nodes import compose
from audits.strict_yaml.problems import RefusedFileError
from tests.examples import DEAR, DEAREST, up_to

PACK = (PACKS / "fine_tuning" / "v1.yaml").read_text(encoding="utf-8")

# The keys of the real shapes, so that a random file gets past the first of them.
KEYS = st.sampled_from(
    [
        key
        for shape in (Framework, Question, Option, VerdictRule)
        for key in typing.get_type_hints(shape)
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.dictionaries(KEYS | st.text(), inner),
    max_leaves=40,
)
SYNTAX = st.text(alphabet="abc:-?[]{},&*!|>'\"%@`#~<= \n\t\u00fc\ufeff\x00")


@given(st.binary())
@example(b"\xff\xfe")
@example(b"%YAML 2.0\n---\n")
@example(b'? [x]\n: "\\ud800"')
@settings(max_examples=up_to(1000, DEAR), deadline=None)
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    with contextlib.suppress(RefusedFileError):
        compose(raw, "v1.yaml")


@given(SYNTAX)
@settings(max_examples=up_to(1000, DEAR), deadline=None)
def test_any_punctuation_is_read_or_refused(text: str) -> None:
    with contextlib.suppress(RefusedFileError):
        compose(text.encode(), "v1.yaml")


@given(st.dictionaries(KEYS, VALUES))
@settings(
    max_examples=up_to(300, DEAREST),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
def test_any_mapping_is_refused(
    tmp_path_factory: pytest.TempPathFactory, top: dict[str, object]
) -> None:
    file = tmp_path_factory.getbasetemp() / "v1.yaml"
    file.write_text(yaml.safe_dump(top), encoding="utf-8")

    with pytest.raises(RefusedFileError):
        load(file)


@given(st.integers(0, len(PACK)), st.integers(0, 200), st.text(max_size=20) | SYNTAX)
@settings(max_examples=up_to(100, DEAREST), deadline=None)
def test_any_wounded_file_decides_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, start: int, cut: int, put: str
) -> None:
    file = tmp_path_factory.getbasetemp() / "v1.yaml"
    file.write_bytes((PACK[:start] + put + PACK[start + cut :]).encode())

    with contextlib.suppress(RefusedFileError):
        decide(load(file), {})
