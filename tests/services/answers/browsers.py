"""A model of pages in browsers that write to one server, and settle their conflicts."""

from dataclasses import dataclass, field
from typing import Any

from audits.services.answers.merging import Outcome, Sender, Sent, Stored, merge

ITEMS = ("goal", "eval")
VALUES = ("a", "b", "c")


@dataclass
class Server:
    entries: dict[str, Stored] = field(
        default_factory=lambda: dict.fromkeys(ITEMS, Stored())
    )
    history: dict[tuple[str, int], Any] = field(default_factory=dict)
    set_aside: list[tuple[str, Any]] = field(default_factory=list)
    overtaken: list[tuple[str, Any]] = field(default_factory=list)
    last_writer: dict[str, str] = field(default_factory=dict)

    def save(
        self, tab: str, seq: int, page: dict[str, tuple[Any, int]]
    ) -> dict[str, Outcome]:
        return {
            item: self._save(item, Sender(tab=tab, seq=seq), Sent(value=v, seen=n))
            for item, (v, n) in page.items()
        }

    def _save(self, item: str, sender: Sender, sent: Sent) -> Outcome:
        stored = self.entries[item]
        outcome = merge(
            stored, sent, sender, lambda: self.history.get((item, sent.seen))
        )
        if outcome == "saved":
            new = Stored(sent.value, stored.version + 1, sender.tab, sender.seq)
            self.entries[item] = new
            self.history[item, new.version] = new.value
        if outcome == "conflict":
            self.set_aside.append((item, sent.value))
        if outcome == "late":
            self.overtaken.append((item, sent.value))
        return outcome

    def knows(self, item: str, value: Any) -> bool:
        """Return whether a value is current, in the history, or set aside."""
        versions = [v for (of, _), v in self.history.items() if of == item]
        kept = (item, value) in [*self.set_aside, *self.overtaken]
        return value in (None, self.entries[item].value, *versions) or kept


@dataclass
class Tab:
    """A page in a browser, with or without a script, and how it was served."""

    script: bool
    name: str = ""
    number: int = 0
    served: dict[str, tuple[Any, int]] = field(default_factory=dict)
    shows: dict[str, tuple[Any, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """A page that shows a value set aside beside the one that counted then."""

    name: str
    waiting: tuple[str, Any]
    theirs: Any
    seen: int

    def value(self, keep: str) -> Any:
        """Return what is sent by a button: a text of both, or the own value."""
        mine = self.waiting[1]
        parts = {part for each in (self.theirs, mine) for part in str(each).split("+")}
        return "+".join(sorted(parts)) if keep == "both" else mine


@dataclass
class Browser:
    """One or more people with tabs that are loaded, sent, duplicated and restored."""

    server: Server = field(default_factory=Server)
    tabs: list[Tab] = field(default_factory=list)
    waiting: list[tuple[str, Any]] = field(default_factory=list)
    choices: dict[int, Choice] = field(default_factory=dict)
    settled: int = 0
    acknowledged: list[tuple[str, Any]] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)
    names: int = 0

    def new_name(self) -> str:
        self.names += 1
        return f"T{self.names}"

    def load(self, tab: Tab) -> None:
        tab.name, tab.number = self.new_name(), 0
        stored = self.server.entries
        tab.served = {i: (stored[i].value, stored[i].version) for i in ITEMS}
        tab.shows = dict(tab.served)

    def restore(self, tab: Tab, of: Tab) -> None:
        """Show a page as it was first served; a script takes a tab of its own."""
        tab.script, tab.served, tab.shows = of.script, of.served, dict(of.served)
        tab.name, tab.number = of.name, 0
        if tab.script:
            tab.name = self.new_name()

    def send(self, tab: Tab, *, delayed: bool) -> None:
        """Send what a page shows; a script counts, and hears the answer.

        A late message of a script arrives after the next one, which the page sent
        without having heard of it.
        """
        tab.number += tab.script
        number, sent = tab.number, dict(tab.shows)
        if delayed and tab.script:
            item = ITEMS[0]
            tab.shows[item] = (VALUES[number % 3], tab.shows[item][1])
            tab.number += 1
            self._arrive(tab, tab.number, dict(tab.shows))
        self._arrive(tab, number, sent)
        if tab.script:
            stored = self.server.entries
            tab.shows = {i: (stored[i].value, stored[i].version) for i in ITEMS}

    def _arrive(self, tab: Tab, seq: int, sent: dict[str, tuple[Any, int]]) -> None:
        before = dict(self.server.entries)
        outcomes = self.server.save(tab.name, seq, sent)
        for item, outcome in outcomes.items():
            value, seen = sent[item]
            self.acknowledged.append((item, value))
            if (
                outcome in ("saved", "same")
                and self.server.entries[item].value != value
            ):
                self.unsaid.append("said to be saved, and is not")
            if outcome == "late" and seq == tab.number:
                self.unsaid.append("taken for overtaken, and is the newest")
            theirs = before[item].tab not in ("", tab.name)
            if outcome == "saved" and theirs and before[item].version > seen:
                self.unsaid.append("overwrote another page unseen")
            untouched = value == self.server.history.get((item, seen))
            if outcome == "saved" and not tab.script and untouched:
                self.unsaid.append("overwrote by what the page did not touch")
            if outcome == "conflict" and not theirs:
                self.unsaid.append("in conflict with itself")
            if outcome == "conflict":
                self.waiting.append((item, value))
        self._settle_equal()

    def _settle_equal(self) -> None:
        """Let nothing wait that says the same as the value that counts."""
        stored = self.server.entries
        self.waiting = [(i, v) for i, v in self.waiting if v != stored[i].value]

    def turn(
        self, act: str, who: int, of: int, typed: tuple[str, str], *, delayed: bool
    ) -> None:
        """Load, restore, duplicate, edit or send a tab, or go back to it."""
        tab, (item, value) = self.tabs[who], typed
        if act == "load":
            self.load(tab)
        elif act in ("restore", "duplicate"):
            self.restore(tab, self.tabs[who if act == "restore" else of])
        elif act == "back" and not tab.script:
            tab.shows = dict(tab.served)  # what was typed is gone, or still there
        else:
            if act == "edit":
                tab.shows[item] = (value, tab.shows[item][1])
            self.send(tab, delayed=delayed)

    def compare(self, who: int, of: int) -> None:
        """Open the page that shows a value set aside beside the one that counts."""
        if self.waiting:
            waiting = self.waiting[of % len(self.waiting)]
            stored = self.server.entries[waiting[0]]
            shown = stored.value, stored.version
            self.choices[who] = Choice(self.new_name(), waiting, *shown)

    def settle(self, who: int, of: int, keep: str) -> None:
        """Choose on the page that is open, or else on one that opens now."""
        if who not in self.choices:
            self.compare(who, of)
        choice = self.choices.get(who)
        if choice is None:
            return
        item, _ = choice.waiting
        before = self.server.entries[item]
        if keep != "theirs":
            self._choose(choice, choice.value(keep))
        elif before.version == choice.seen:
            self._wait_no_longer(choice)
        # What counted before is nowhere else but in the history.
        self.acknowledged.append((item, before.value))

    def _choose(self, choice: Choice, value: Any) -> None:
        item, mine = choice.waiting
        before, is_first = self.server.entries[item], choice.waiting in self.waiting
        sent = {item: (value, choice.seen)}
        outcome = self.server.save(choice.name, 0, sent)[item]
        self.acknowledged.append((item, value))
        unseen = before.version > choice.seen and before.tab != choice.name
        if outcome == "saved" and unseen:
            self.unsaid.append("chose over a value that was not compared")
        if outcome == "late":
            self.unsaid.append("chose, and was taken for overtaken")
        if not unseen and self.server.entries[item].value != value:
            self.unsaid.append("chose, and another value counts")
        if outcome == "conflict":
            self.waiting.append((item, value))
        if is_first and (outcome != "conflict" or value == mine):
            self._wait_no_longer(choice)
        self._settle_equal()

    def _wait_no_longer(self, choice: Choice) -> None:
        if choice.waiting in self.waiting:
            self.waiting.remove(choice.waiting)
            self.settled += 1


type TabStep = tuple[str, int, int, str, str, bool]


def after(steps: list[TabStep]) -> Browser:
    """Return four tabs after steps: two with a script, and two without."""
    browser = Browser(tabs=[Tab(script) for script in (True, True, False, False)])
    for tab in browser.tabs:
        browser.load(tab)
    for act, who, of, item, value, again in steps:
        if act == "compare":
            browser.compare(who, of)
        elif act in ("mine", "theirs", "both"):
            for _ in range(1 + again):  # a second click
                browser.settle(who, of, act)
            browser.choices.pop(who, None)
        else:
            browser.turn(act, who, of, (item, value), delayed=again)
    return browser
