"""Every order in which tabs, lost responses and retries can meet.

A model of pages that work as ours do: a page shows values with their versions; each
edit sends the page as it is; a response may be lost after the save, and then the page
sends again what it shows, later and with a higher number.

Pages without a script send each message with the same number, and may be sent again
after Back. Any page may be duplicated, or restored as it was first served.

What was set aside waits on a page of its own, which shows it beside the value that
counts. Who chooses there may have opened it long ago, and may send the choice twice.
"""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audits.services.answers.merging import Outcome, Sender, Sent, Stored, merge
from tests.examples import up_to
from tests.services.answers.browsers import ITEMS, VALUES, Server, TabStep, after


@dataclass
class Page:
    """What a tab shows, and what its person was told of the server's state."""

    name: str
    shows: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    unsaved: bool = False
    number: int = 0
    on_the_way: list[tuple[int, dict[str, tuple[Any, int]]]] = field(
        default_factory=list
    )

    def load(self, server: Server) -> None:
        self.name += "'"  # a page that is loaded anew is another tab to the server
        for item, stored in server.entries.items():
            self.shows[item], self.versions[item] = stored.value, stored.version
        self.unsaved, self.on_the_way = False, []


@dataclass
class World:
    server: Server = field(default_factory=Server)
    pages: list[Page] = field(default_factory=lambda: [Page("A"), Page("B")])
    silently_overwritten: int = 0
    conflicts_with_oneself: int = 0

    def __post_init__(self) -> None:
        for page in self.pages:
            page.load(self.server)

    def send(self, page: Page, *, lost: bool, delayed: bool) -> None:
        """Send what a page shows; the response may be lost, or the message be late.

        A late message arrives after the next one of its tab.
        """
        sent = {i: (page.shows[i], page.versions[i]) for i in ITEMS}
        page.number += 1
        page.unsaved = lost or delayed
        if delayed:
            page.on_the_way.append((page.number, sent))
            return
        self._arrive(page, page.number, sent)
        for number, earlier in page.on_the_way:
            self._arrive(page, number, earlier)
        page.on_the_way = []
        if not lost:
            self._answer(page)

    def _arrive(self, page: Page, seq: int, sent: dict[str, tuple[Any, int]]) -> None:
        before = dict(self.server.entries)
        outcomes = self.server.save(page.name, seq, sent)
        for item, outcome in outcomes.items():
            theirs = before[item].tab not in ("", page.name)
            unseen = theirs and before[item].version > sent[item][1]
            if outcome == "saved" and unseen:
                self.silently_overwritten += 1
            if outcome == "conflict" and not theirs:
                self.conflicts_with_oneself += 1

    def _answer(self, page: Page) -> None:
        """Show what the server says: versions, and values that others gave."""
        for item, stored in self.server.entries.items():
            page.shows[item], page.versions[item] = stored.value, stored.version


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["edit", "retry", "reload"]),
        st.integers(0, 1),
        st.sampled_from(ITEMS),
        st.sampled_from(VALUES),
        st.sampled_from([False, False, False, False, True]),
        st.sampled_from([False, False, False, False, True]),
    ),
    max_size=60,
)


@settings(max_examples=up_to(5000), deadline=None)
@given(STEPS)
def test_nobody_is_overwritten_unseen_nor_in_conflict_with_oneself(
    steps: list[tuple[str, int, str, str, bool, bool]],
) -> None:
    world = World()
    for act, who, item, value, lost, delayed in steps:
        page = world.pages[who]
        if act == "reload":
            page.load(world.server)
            continue
        if act == "edit":
            page.shows[item] = value
        elif not page.unsaved:
            continue
        world.send(page, lost=lost, delayed=delayed)

    assert world.silently_overwritten == 0
    assert world.conflicts_with_oneself == 0


TAB_STEPS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                *("edit", "edit", "send", "back", "load", "restore", "duplicate"),
                *("compare", "mine", "theirs", "both"),
            ]
        ),
        st.integers(0, 3),
        st.integers(0, 3),
        st.sampled_from(ITEMS),
        st.sampled_from(VALUES),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=60,
)


@settings(max_examples=up_to(5000), deadline=None)
@given(TAB_STEPS)
def test_every_acknowledged_value_is_current_in_the_history_or_set_aside(
    steps: list[TabStep],
) -> None:
    browser = after(steps)

    assert browser.unsaid == []
    assert [
        said for said in browser.acknowledged if not browser.server.knows(*said)
    ] == []


@pytest.mark.parametrize(
    ("act", "counts"), [("mine", "b"), ("theirs", "a"), ("both", "a+b")]
)
def test_step_that_settles_a_conflict_leaves_the_chosen_value(
    act: str, counts: str
) -> None:
    differ: list[TabStep] = [
        ("edit", 0, 0, "goal", "a", False),
        ("edit", 1, 0, "goal", "b", False),
    ]

    open_still, settled = after(differ), after([*differ, (act, 1, 0, "", "", True)])

    assert (open_still.waiting, open_still.settled) == ([("goal", "b")], 0)
    assert (settled.waiting, settled.settled) == ([], 1)
    assert settled.server.entries["goal"].value == counts
    assert settled.server.knows("goal", "a")
    assert settled.server.knows("goal", "b")


def test_choice_on_a_page_that_is_no_longer_right_waits() -> None:
    steps: list[TabStep] = [
        ("edit", 0, 0, "goal", "a", False),
        ("edit", 1, 0, "goal", "b", False),
        ("compare", 1, 0, "", "", False),
        ("edit", 0, 0, "goal", "c", False),
    ]

    for act in ("mine", "theirs"):
        browser = after([*steps, (act, 1, 0, "", "", False)])

        assert browser.waiting == [("goal", "b")]
        assert browser.server.entries["goal"].value == "c"


def at(version: int, value: Any, tab: str = "A", seq: int = 1) -> Stored:
    return Stored(value, version, tab, seq)


def outcome(stored: Stored, value: Any, seen: int, tab: str, seq: int) -> Outcome:
    shown = {0: None, 1: "x", 2: "y", 3: "z"}
    return merge(
        stored,
        Sent(value=value, seen=seen),
        Sender(tab=tab, seq=seq),
        lambda: shown[seen],
    )


def test_first_answer_is_saved() -> None:
    assert outcome(Stored(), "x", 0, "A", 1) == "saved"


def test_answer_on_the_version_that_is_stored_replaces_it() -> None:
    assert outcome(at(1, "x", "B"), "y", 1, "A", 1) == "saved"


def test_lost_response_is_no_conflict() -> None:
    assert outcome(at(2, "y", "A", 1), "z", 1, "A", 2) == "saved"


def test_message_sent_again_is_the_same() -> None:
    assert outcome(at(2, "y", "A", 1), "y", 1, "A", 1) == "same"


def test_message_that_was_overtaken_is_late() -> None:
    assert outcome(at(2, "y", "A", 2), "z", 1, "A", 1) == "late"


def test_page_sent_twice_without_a_script_counts_as_sent_last() -> None:
    assert outcome(at(1, "x", "A", 0), "y", 0, "A", 0) == "saved"


def test_what_a_page_did_not_touch_stays_though_it_is_sent_again() -> None:
    assert outcome(at(2, "y", "A", 0), "x", 1, "A", 0) == "kept"


def test_what_the_page_did_not_touch_stays_as_somebody_else_changed_it() -> None:
    assert outcome(at(2, "y", "B"), "x", 1, "A", 1) == "kept"


def test_two_changes_of_one_answer_are_a_conflict() -> None:
    assert outcome(at(2, "y", "B"), "z", 1, "A", 1) == "conflict"


def test_two_people_who_say_the_same_agree() -> None:
    assert outcome(at(2, "y", "B"), "y", 1, "A", 1) == "same"


def test_taking_back_what_somebody_changed_is_a_conflict() -> None:
    assert outcome(at(2, "y", "B"), None, 1, "A", 1) == "conflict"


def test_import_replaces_what_is_stored() -> None:
    assert outcome(at(2, "y", "B"), "z", 0, "", 0) == "saved"


def test_entry_of_an_earlier_release_has_a_version() -> None:
    assert Stored.of({"value": "x", "by": 1, "at": "2026-11-25"}).version == 1
    assert Stored.of(None).version == 0
