import shutil
from pathlib import Path

import pytest

from audits.landscape.loader import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the facts, to be changed."""
    return Path(shutil.copytree(DATA, tmp_path / "data"))
