"""How strongly the answers argue for or against each technique."""

from dataclasses import dataclass

from audits.frameworks.questions import Technique


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """One answer's push on one technique, from -3 to 3."""

    question: str
    label: str
    answer: str
    points: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushes:
    """How strongly the answers argue for or against one technique, strongest first."""

    technique: Technique
    name: str
    total: int
    pushes: tuple[Push, ...]

    @property
    def strongest_for(self) -> Push | None:
        """The strongest answer for it, or None."""
        return next((push for push in self.pushes if push.points > 0), None)

    @property
    def strongest_against(self) -> Push | None:
        """The strongest answer against it, or None."""
        return next((push for push in self.pushes if push.points < 0), None)
