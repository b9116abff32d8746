"""The families of verdicts are the framework's, and agree with what is decided."""

from pathlib import Path

import pytest

from audits.frameworks.loading import loader
from audits.frameworks.loading.loader import PACKS, read
from audits.scoring.deciding.decision import TRAINED
from audits.strict_yaml.problems import RefusedFileError

FRAMEWORK = loader.published("fine_tuning", 1)
ICONS = Path(__file__).parents[2] / "static" / "icons"


def test_order_of_the_file_is_the_urgency() -> None:
    ranks = [FRAMEWORK.urgency[family] for family in FRAMEWORK.families]

    assert ranks == list(range(len(ranks)))
    assert FRAMEWORK.urgency[None] == len(ranks)


@pytest.mark.parametrize("verdict", FRAMEWORK.verdicts)
def test_a_family_trains_where_its_verdicts_train(verdict: str) -> None:
    words = FRAMEWORK.verdicts[verdict]  # type: ignore[index] # a key of it

    assert FRAMEWORK.families[words.family].trains == (verdict in TRAINED)


@pytest.mark.parametrize("family", FRAMEWORK.families.values(), ids=lambda f: f.name)
def test_a_family_has_a_drawn_mark(family: object) -> None:
    mark = getattr(family, "mark", None)

    assert (ICONS / f"verdict-{mark}.svg").is_file()


def test_a_family_without_words_is_refused() -> None:
    text = (PACKS / "fine_tuning" / "v1.yaml").read_text("utf-8")
    start, end = text.index("  gather:\n    name:"), text.index("  rebuild:\n    name:")

    with pytest.raises(RefusedFileError) as refused:
        read((text[:start] + text[end:]).encode(), "v1.yaml")

    assert str(refused.value) == "v1.yaml:1: families.gather: is missing"
