"""A place for the files of one test, and a look into it."""

from pathlib import Path
from typing import Protocol

import pytest
from django.test import Client
from pytest_django import Settings

from tests.casting import Cast
from tests.evidence import storages
from tests.signed_in import sign_in


class Disk(Protocol):
    """The files that are kept; called, other storage takes its place."""

    def __call__(self, storage: str) -> None: ...

    @property
    def files(self) -> list[bytes]: ...


class _Disk:
    def __init__(self, settings: Settings, root: Path) -> None:
        self.settings, self.root = settings, root
        settings.MEDIA_ROOT = root

    def __call__(self, storage: str) -> None:
        default = {"BACKEND": f"{storages.PLACE}.{storage}"}
        self.settings.STORAGES = self.settings.STORAGES | {"default": default}

    @property
    def files(self) -> list[bytes]:
        found = (self.root / "evidence").rglob("*")
        return sorted(path.read_bytes() for path in found if path.is_file())


@pytest.fixture
def disk(cast: Cast, settings: Settings, tmp_path: Path) -> Disk:
    """An empty disk: the files of the cast are elsewhere."""
    return _Disk(settings, tmp_path)


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    sign_in(client, cast.ours.contributor)
    return client
