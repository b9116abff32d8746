import shutil
from pathlib import Path

import pytest

from audits import checks
from audits.landscape.loader import DATA


def test_facts_that_ship_pass_the_check() -> None:
    assert checks.check_landscape() == []


def test_check_refuses_facts_that_do_not_load(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    file = folder / "hosting.yaml"
    file.write_text(file.read_text("utf-8").replace("expected: 3.99, ", ""), "utf-8")
    monkeypatch.setattr(checks, "DATA", folder)

    (error,) = checks.check_landscape()

    assert error.id == "landscape.E001"
    assert error.msg == "hosting.yaml:4: hosting.gpu_hour.expected: is missing"
