"""A question that only strengthens a case decides nothing (law S15)."""

from pathlib import Path

import pytest

from audits.frameworks.loading.loader import load, published
from tests.frameworks.edited_pack import NEWEST, changed, line_of, problems_of

FRAMEWORK = published("fine_tuning", 2)
SECTION = FRAMEWORK.strengthening_section
[*_, EARLIER, LAST] = [q for q in FRAMEWORK.questions if q.section == SECTION]
READS = f"{{question: {EARLIER.id}, known: true}}"
BLOCKER = "  - id: broad_task\n    name: The job is too broad\n"
TOLD = (
    f'reads "{EARLIER.id}" of the section "{SECTION}", which changes no verdict '
    "(law S15): ask it in another section"
)
BLOCKED = f"""  - id: made_up
    name: Made up
    text: It is made up.
    mend: Take it out.
    when: {READS}
    sources: [art_practical]
"""


@pytest.mark.parametrize(
    ("place", "instead", "key"),
    [
        (BLOCKER, BLOCKED + BLOCKER, "blockers[made_up].when"),
        (
            f"  - id: {LAST.id}\n    section: {SECTION}\n",
            f"  - id: {LAST.id}\n    section: ability\n"
            f"    visible: {{when: {READS}, because: Asked}}\n",
            f"questions[{LAST.id}].visible.when",
        ),
    ],
    ids=["blocker", "question of another section"],
)
def test_what_decides_reads_none(
    tmp_path: Path, place: str, instead: str, key: str
) -> None:
    text = changed((place, instead), pack=NEWEST)

    [problem] = problems_of(tmp_path / "v2.yaml", text)

    line = line_of(text, f"when: {READS}")
    assert (problem.line, problem.key, problem.message) == (line, key, TOLD)


def test_question_in_another_section_may_decide(tmp_path: Path) -> None:
    moved = (
        f"  - id: {EARLIER.id}\n    section: {SECTION}\n",
        f"  - id: {EARLIER.id}\n    section: ability\n",
    )
    file = tmp_path / "v2.yaml"
    file.write_text(changed((BLOCKER, BLOCKED + BLOCKER), moved, pack=NEWEST), "utf-8")

    assert "made_up" in {blocker.id for blocker in load(file).blockers}
