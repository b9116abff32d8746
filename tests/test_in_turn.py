"""What several threads ask for at once is worked out by one of them."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import cache
from typing import Any

import pytest
from django.db import connection
from django.template import Engine
from django_scopes import scopes_disabled

from audits.landscape.in_turn import in_turn
from audits.models import User
from audits.models.queries.written_once import written_once

THREADS = 4


def together[Found](ask: Callable[[], Found]) -> list[Found]:
    """Return what each thread gets that asks at the same moment."""
    ready = threading.Barrier(THREADS)

    def one(_: int) -> Found:
        ready.wait()
        return ask()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(one, range(THREADS)))


def test_threads_that_ask_at_once_work_it_out_once() -> None:
    asked: list[str] = []

    @in_turn
    @cache
    def slowly(word: str) -> str:
        asked.append(word)
        time.sleep(0.02)  # the others come meanwhile
        return word.upper()

    assert together(lambda: slowly("page")) == ["PAGE"] * THREADS
    assert asked == ["page"]


def test_threads_that_open_a_page_at_once_read_its_template_once() -> None:
    text = {"page.html": "{% for a in b %}{{ a }}{% endfor %}" * 500}
    kept = [("django.template.loaders.locmem.Loader", text)]
    engine = Engine(loaders=[("config.template_loader.CachedLoader", kept)])
    [loader] = engine.template_loaders

    found = together(lambda: loader.get_template("page.html"))

    assert len({id(template) for template in found}) == 1


@pytest.mark.django_db
def test_threads_that_ask_a_query_at_once_write_it_once() -> None:
    written: list[str] = []

    @written_once
    def people(*, email: str) -> Any:
        written.append("people")
        time.sleep(0.02)  # the others come meanwhile
        return User.objects.filter(email=email).values_list("name")

    def ask() -> list[Any]:
        with scopes_disabled(), closing(connection):
            return people(email="nobody@example.org")

    assert together(ask) == [[]] * THREADS
    assert written == ["people"]
