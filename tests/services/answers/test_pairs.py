"""In every order of messages, an answer stands beside a level that was given for it.

A model of pages with an answer and its evidence level: a response may be lost, and a
message may arrive after a later one.
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

    @property
    def pair(self) -> tuple[Any, Any]:
        return self.stored["answer"].value, self.stored["level"].value

    def save(self, sender: Sender, message: Message) -> None:
        level = message["level"]
        self.claimed.add((message["answer"].value, level.value))
        # A page without a level says so only where there is one that it has not shown.
        sent = dict(message)
        if level.value is None and level.seen == self.stored["level"].version:
            del sent["level"]
        outcomes = {kind: self.outcome(kind, sent[kind], sender) for kind in sent}
        if "level" in sent:
            pair = merge_pair(outcomes["answer"], outcomes["level"])
            outcomes = dict(zip(KINDS, pair, strict=True))
        elif outcomes["answer"] == "saved" and self.stored["level"].value is not None:
            sent["level"], outcomes["level"] = Sent(value=None), "saved"
        for kind, outcome in outcomes.items():
            if outcome == "saved":
                version = self.stored[kind].version + 1
                value = sent[kind].value
                self.stored[kind] = Stored(value, version, sender.tab, sender.seq)
                self.history[kind, version] = value

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
    shows: dict[str, tuple[Any, int]] = field(
        default_factory=lambda: dict.fromkeys(KINDS, (None, 0))
    )
    late: list[tuple[int, Message]] = field(default_factory=list)

    def load(self, server: Server) -> None:
        self.shows = {k: (s.value, s.version) for k, s in server.stored.items()}

    def reload(self, server: Server) -> None:
        self.tab, self.seq, self.late = f"{self.tab}'", 0, []
        self.load(server)

    def send(self, server: Server, *, is_late: bool, is_lost: bool) -> None:
        self.seq += 1
        message = {k: Sent(value=v, seen=n) for k, (v, n) in self.shows.items()}
        if is_late:
            self.late.append((self.seq, message))
            return
        arriving = [(self.seq, message), *self.late]
        self.late = []
        for seq, one in arriving:
            server.save(Sender(tab=self.tab, seq=seq), one)
        if not is_lost:
            self.load(server)


STEPS = st.lists(
    st.tuples(
        st.integers(0, 1),
        st.sampled_from(["answer", "level", "both", "reload"]),
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
        if what == "reload":
            page.reload(server)
            continue
        for kind, value in (("answer", answer), ("level", level)):
            if what in (kind, "both"):
                page.shows[kind] = value, page.shows[kind][1]
        page.send(server, is_late=is_late, is_lost=is_lost)

        assert server.pair in server.claimed
