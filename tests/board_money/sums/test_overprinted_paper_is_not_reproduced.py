"""A paper with another amount printed over one of page 1 is not “Reproduced”."""

from pathlib import Path

import pytest

from tests.casting import Cast
from tests.examples import some_of
from tests.verify.changed_pages import WAYS, Way
from tests.verify.stored_papers import stored_paper
from tests.verify.test_command import largest_amount_of_page_one, run

pytestmark = pytest.mark.once


@pytest.mark.parametrize("way", some_of(WAYS, 1))
def test_amount_printed_over_one_of_page_one_names_it_and_is_exit_code_1(
    cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str], way: Way
) -> None:
    made = stored_paper(cast.ours).pdf
    amount = largest_amount_of_page_one(made)
    file = tmp_path / "paper.pdf"
    tenth = int(amount.digits.replace(",", "")) // 10
    file.write_bytes(way(made, amount, f"{tenth:,}"))

    code, lines = run(file, capsys)

    assert code == 1
    assert [line for line in lines if "DIFFERS" in line] == ["DIFFERS  Page 1"]
    assert lines[-1].startswith("Not reproduced: the answers give this verdict, but")
    # What was there is said.
    assert amount.digits in " ".join(lines)
