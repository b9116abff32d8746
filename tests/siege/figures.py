"""What came of an attack."""

import threading
from dataclasses import dataclass, field
from http import HTTPStatus

MOST_TOLD = 20
_lock = threading.Lock()


@dataclass
class Figures:
    """What was tried in a round, and what did not hold.

    `lost` counts answers that were acknowledged and are not there; `leaked`, answers
    with a word of the other organization, and rows that point into it; `unexpected`,
    answers of 500 and above that the round has no reason for. `told` says which.
    """

    name: str
    tried: int = 0
    lost: int = 0
    leaked: int = 0
    unexpected: int = 0
    seconds: int = 0
    notes: dict[str, object] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether nothing was lost, leaked or broken."""
        return not (self.lost or self.leaked or self.unexpected)

    def __iadd__(self, other: "Figures") -> "Figures":
        """Add another round's figures."""
        for name in ("tried", "lost", "leaked", "unexpected", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.tell(*(f"{other.name}: {one}" for one in other.told))
        return self

    def tell(self, *sentences: str) -> None:
        """Keep the first sentences about what did not hold."""
        self.told = [*self.told, *sentences][:MOST_TOLD]

    def answered(
        self, what: str, status: int, body: bytes = b"", *, may_refuse: bool = False
    ) -> None:
        """Count one answer.

        Args:
            what: The request, in words.
            status: Its status; 0 if there was no answer.
            body: What is looked through for words of the other organization.
            may_refuse: Whether 503 (or no answer) is what one would expect now.
        """
        from tests.siege.browser import has_canary  # noqa: PLC0415 - either way round

        refused = status in (0, HTTPStatus.SERVICE_UNAVAILABLE)
        broken = not status or status >= HTTPStatus.INTERNAL_SERVER_ERROR
        with _lock:
            self.tried += 1
            if broken and not (refused and may_refuse):
                self.unexpected += 1
                self.tell(f"{what}: {status}")
            if has_canary(body):
                self.leaked += 1
                self.tell(f"{what}: the canary came out")
