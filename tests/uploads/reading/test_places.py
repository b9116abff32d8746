"""Nobody, and no organization, takes every place for reading files."""

import threading
import time
from contextlib import ExitStack

import pytest

from audits.uploads.reading.places import Places, Shares, reading_for
from audits.uploads.reading.refusals import BusyError


def take(places: Places, taken: ExitStack, person: str, organization: str) -> None:
    with reading_for(person, organization):
        taken.enter_context(places.taken(0, 0))


def test_person_has_one_place_and_an_organization_two() -> None:
    places = Places(Shares())
    with ExitStack() as taken:
        take(places, taken, "ann", "ours")
        with pytest.raises(BusyError, match="another file of yours"):
            take(places, taken, "ann", "ours")
        take(places, taken, "bob", "ours")
        with pytest.raises(BusyError, match="files of your colleagues"):
            take(places, taken, "cleo", "ours")
        take(places, taken, "dan", "theirs")
        with pytest.raises(BusyError, match="reading other files"):
            take(places, taken, "eve", "others")
    with ExitStack() as taken:
        take(places, taken, "cleo", "ours")

    assert places.free == 3


def test_who_is_not_signed_in_has_no_share() -> None:
    places = Places(Shares())
    with ExitStack() as taken:
        for _ in range(3):
            taken.enter_context(places.taken(0, 0))
        assert places.free == 0


def test_others_wait_longer_than_who_has_a_share() -> None:
    places, began = Places(Shares(all=1)), threading.Event()

    def read() -> None:
        with reading_for("ann", "ours"), places.taken(0, 0):
            began.set()
            time.sleep(0.4)

    thread = threading.Thread(target=read)
    thread.start()
    began.wait(5)
    with (
        pytest.raises(BusyError),
        reading_for("ann", "ours"),
        places.taken(0.1, 10),
    ):
        pass
    with reading_for("dan", "theirs"), places.taken(0.1, 10):
        assert places.free == 0
    thread.join()
    assert places.free == 1


def test_files_of_a_person_do_not_occupy_every_thread_by_waiting() -> None:
    places, free = Places(Shares()), threading.Event()
    refused: list[str] = []

    def read() -> None:
        try:
            with reading_for("ann", "ours"), places.taken(5, 5):
                free.wait(5)
        except BusyError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    deadline = time.monotonic() + 4
    while len(refused) < 5 and time.monotonic() < deadline:
        time.sleep(0.01)

    assert len(refused) == 5  # one reads, two wait
    free.set()
    for thread in threads:
        thread.join()
    assert places.free == 3
