"""The frameworks that ship, as many threads ask for them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from audits.frameworks.loading import loader
from audits.frameworks.schema import Framework
from tests.frameworks.edited_pack import changed

THREADS = 4
VERSION = 77  # read by no other test


def test_threads_that_ask_at_once_get_the_same_framework(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / "fine_tuning"
    pack.mkdir()
    text = changed(("\nversion: 1\n", f"\nversion: {VERSION}\n"))
    (pack / f"v{VERSION}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(loader, "PACKS", tmp_path)
    start = Barrier(THREADS)

    def ask(_: int) -> Framework:
        start.wait()
        return loader.published("fine_tuning", VERSION)

    with ThreadPoolExecutor(THREADS) as pool:
        first, *others = pool.map(ask, range(THREADS))

    assert first.version == VERSION
    assert all(other is first for other in others)
