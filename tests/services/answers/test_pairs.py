"""In every order of messages, an answer stands beside a level that was given for it.

A model of pages with an answer and its evidence level: a response may be lost, and a
message may arrive after a later one. Messages of two pages may cross: then both are
read before either is written, and neither page has heard of the other's.

A pair that was set aside waits on a page that shows it beside the one that counts. Who
takes it there may have opened that page before others saved.
"""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from audits.services.answers.merging import (
    Outcome,
    Sender,
    Sent,
    Stored,
    merge,
    merge_pair,
)
from tests.examples import up_to

ANSWERS, LEVELS = ("small", "large", "met"), ("asserted", "measured")
KINDS = ("answer", "level")

type Message = dict[str, Sent]


@dataclass
class Server:
    stored: dict[str, Stored] = field(
        default_factory=lambda: dict.fromkeys(KINDS, Stored())
    )
    history: dict[tuple[str, int], Any] = field(default_factory=dict)
    claimed: set[tuple[Any, Any]] = field(default_factory=lambda: {(None, None)})
    taken_back_unseen: int = 0
    waiting: list[tuple[Any, Any]] = field(default_factory=list)

    @property
    def pair(self) -> tuple[Any, Any]:
        return self.stored["answer"].value, self.stored["level"].value

    def save(self, sender: Sender, message: Message) -> None:
        level, before = message["level"], self.stored["level"]
        self.claimed.add((message["answer"].value, level.value))
        sent = {k: s for k, s in message.items() if s.counts_against(self.stored[k])}
        outcomes = {kind: self.outcome(kind, sent[kind], sender) for kind in sent}
        if "level" in sent:
            pair = merge_pair(outcomes["answer"], outcomes["level"])
            outcomes = dict(zip(KINDS, pair, strict=True))
            if "conflict" in pair:
                self.waiting.append((message["answer"].value, level.value))
        elif outcomes["answer"] == "saved" and self.stored["level"].value is not None:
            sent["level"], outcomes["level"] = Sent(value=None), "saved"
        for kind, outcome in outcomes.items():
            if outcome == "saved":
                version = self.stored[kind].version + 1
                value = sent[kind].value
                self.stored[kind] = Stored(value, version, sender.tab, sender.seq)
                self.history[kind, version] = value
        is_theirs = before.tab != sender.tab and level.seen < before.version
        if is_theirs and before.value and self.stored["level"] != before:
            self.taken_back_unseen += 1

    def outcome(self, kind: str, sent: Sent, sender: Sender) -> Outcome:
        return merge(
            self.stored[kind],
            sent,
            sender,
            lambda: self.history.get((kind, sent.seen)),
        )


@dataclass
class Page:
    tab: str
    seq: int = 0
    choices: int = 0
    shows: dict[str, tuple[Any, int]] = field(
        default_factory=lambda: dict.fromkeys(KINDS, (None, 0))
    )
    late: list[tuple[Sender, Message]] = field(default_factory=list)
    choice: Message = field(default_factory=dict)

    def load(self, server: Server) -> None:
        self.shows = {k: (s.value, s.version) for k, s in server.stored.items()}

    def reload(self, server: Server) -> None:
        self.tab, self.seq, self.late = f"{self.tab}'", 0, []
        self.load(server)

    def edit(self, what: str, answer: str, level: str) -> None:
        for kind, value in (("answer", answer), ("level", level)):
            if what in (kind, "both"):
                self.shows[kind] = value, self.shows[kind][1]

    def compare(self, server: Server) -> None:
        """Open the page that shows what was set aside last beside what counts."""
        if server.waiting:
            answer, level = server.waiting[-1]
            seen = {kind: stored.version for kind, stored in server.stored.items()}
            self.choice = {
                "answer": Sent(value=answer, seen=seen["answer"]),
                "level": Sent(value=level, seen=seen["level"])
                if level
                else Sent.no_level(seen["level"]),
            }

    def take_mine(self, server: Server) -> None:
        """Take what was set aside, on the page that is open or opens now."""
        if not self.choice:
            self.compare(server)
        if self.choice:
            self.choices += 1
            server.save(Sender(tab=f"{self.tab} {self.choices}"), self.choice)
        self.choice = {}

    def message(self) -> tuple[Sender, Message]:
        self.seq += 1
        sent = {
            k: Sent(value=v, seen=n, is_unsaid=k == "level" and v is None)
            for k, (v, n) in self.shows.items()
        }
        return Sender(tab=self.tab, seq=self.seq), sent

    def send(self, server: Server, *, is_late: bool, is_lost: bool) -> None:
        message = self.message()
        if is_late:
            self.late.append(message)
            return
        arriving, self.late = [message, *self.late], []
        for one in arriving:
            server.save(*one)
        if not is_lost:
            self.load(server)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(
            ["answer", "level", "both", "reload", "cross", "compare", "take_mine"]
        ),
        st.sampled_from(ANSWERS),
        st.sampled_from(LEVELS),
        st.sampled_from([False, False, False, True]),
        st.sampled_from([False, False, False, True]),
    ),
    max_size=40,
)


@settings(max_examples=up_to(5000), deadline=None)
@given(STEPS)
def test_answer_stands_beside_a_level_that_somebody_gave_for_it(
    steps: list[tuple[int, str, str, str, bool, bool]],
) -> None:
    server, pages = Server(), [Page("A"), Page("B")]
    for who, what, answer, level, is_late, is_lost in steps:
        page = pages[who]
        if what in ("reload", "compare"):
            getattr(page, what)(server)
            continue
        if what == "cross":
            other = pages[1 - who]
            page.edit("answer", answer, level)
            other.edit("level", answer, level)
            crossing = [page.message(), other.message()]
            for message in crossing[:: -1 if is_late else 1]:
                server.save(*message)
            page.load(server)
            other.load(server)
        elif what == "take_mine":
            page.take_mine(server)
        else:
            page.edit(what, answer, level)
            page.send(server, is_late=is_late, is_lost=is_lost)

        assert server.pair in server.claimed
        assert server.taken_back_unseen == 0
