"""What changed between two audits or submissions, in one line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What one of the two comes to: its verdict, and what it asks the board for.

    `asked` is the amount over 12 months, or what is said in its place, and `act` what
    the board is to decide.
    """

    verdict: str
    asked: str
    act: str


def finding(was: Stated, now: Stated) -> str:
    """Say which of the verdict, the sum asked for and the decision changed.

    >>> was = Stated(verdict="Distil", asked="$204,513", act="Approve a small model.")
    >>> now = Stated(verdict="Distil", asked="$200", act="Prepare to distil.")
    >>> finding(was, now)
    'Same verdict, but it asks for $200 over 12 months instead of $204,513; to decide \
now: “Prepare to distil”'
    >>> finding(was, was)
    'Same verdict'
    >>> none = Stated(verdict="Stop fine-tuning", asked="nothing new", act=now.act)
    >>> finding(now, none)
    'New verdict: Stop fine-tuning; it asks for nothing new instead of $200'
    >>> finding(now, Stated(verdict="Distil", asked="$200", act=was.act))
    'Same verdict; to decide now: “Approve a small model”'
    """
    is_same = was.verdict == now.verdict
    said = "Same verdict" if is_same else f"New verdict: {now.verdict}"
    if was.asked != now.asked:
        period = " over 12 months" if now.asked.startswith("$") else ""
        joined = ", but it" if is_same else "; it"
        said += f"{joined} asks for {now.asked}{period} instead of {was.asked}"
    if was.act != now.act:
        said += f"; to decide now: “{now.act.rstrip('.')}”"
    return said
