"""Whom the owner's cell of an inventory names."""

from collections.abc import Sequence

from audits.models import User
from audits.services.use_cases.team_names import key_of


class Owners:
    """Finds members who may contribute, by address or by name."""

    def __init__(self, people: Sequence[User]) -> None:
        self._by_address = {user.email.casefold(): user for user in people}
        self._by_name: dict[str, list[User]] = {}
        for user in people:
            self._by_name.setdefault(key_of(user.name), []).append(user)

    def named(self, text: str, organization: str, problems: list[str]) -> User | None:
        """Return the one who is meant; else note why nobody is. Case is ignored."""
        if user := self._by_address.get(text.casefold()):
            return user
        same = self._by_name.get(key_of(text), [])
        if len(same) == 1:
            return same[0]
        if same:
            problems.append(
                f"{len(same)} people of {organization} are called {text}: give the "
                "address of the one you mean"
            )
        else:
            what = "address" if "@" in text else "name"
            problems.append(
                f"Nobody with the {what} {text} may contribute to {organization}"
            )
        return None
