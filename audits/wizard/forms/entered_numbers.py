"""Numbers as a page shows them and as it sends them, whichever they are."""

from collections.abc import Mapping, Sequence
from typing import Any, Self

from django import forms
from django.utils import timezone

from audits.models import Audit
from audits.models.audits import values
from audits.scoring.numbers.contradictions import Contradiction
from audits.scoring.numbers.currency import (
    AMOUNTS,
    KEY,
    currency_of,
    published_rate,
)
from audits.scoring.numbers.currency_words import field_in, named, without_rate
from audits.scoring.numbers.number_entry import choice_in_words
from audits.scoring.numbers.numbers import Field
from audits.scoring.numbers.written_numbers import ENGLISH, Notation
from audits.scoring.proposals.proposal import DOLLARS
from audits.scoring.proposals.proposal_parts import PROPOSAL_KEYS
from audits.services.answers.entry_checks import Key
from audits.services.answers.merging import Sent, Stored
from audits.wizard.forms.amount_fields import (
    AmountField,
    currency_field,
    first_currency,
)
from audits.wizard.forms.number_fields import LONGEST, MEANT, NumberField, plain
from audits.wizard.forms.senders import whole

_OFFERS = "proposal_currency"
_CURRENCIES = (KEY, _OFFERS)


class EnteredNumbers(forms.Form):
    """Numbers of an audit; all are optional.

    `notation` is how the reader or sender of the page writes numbers; `against` is what
    contradicts the numbers, and `sources` where they were measured, in words. A page
    that `is_whole` is done: what cannot be missing may no longer be.
    """

    against: Sequence[Contradiction] = ()
    sources: Mapping[str, str] = {}

    def __init__(
        self,
        audit: Audit,
        data: Any = None,
        notation: Notation = ENGLISH,
        *,
        is_whole: bool = False,
    ) -> None:
        super().__init__(data)
        self.audit, self.notation, self.is_whole = audit, notation, is_whole
        self.given = values(audit.numbers)
        first = first_currency(self.given, audit.organization.currency)
        self.fields[KEY] = currency_field(first)
        # A page without the choice says nothing about it.
        sent = first if data is None else data.get(KEY)
        self.currency = sent if sent in named() else currency_of(self.given)
        self.rate = published_rate(self.currency, timezone.localdate())

    def now(self, audit: Audit) -> Self:
        """Return the same form for an audit as it is now, with nothing sent."""
        return type(self)(audit, notation=self.notation)

    def number_field(self, field: Field) -> NumberField:
        """Return the field of a number, as its reader writes it."""
        initial, chosen = self.given.get(field.id), self.data.get(MEANT + field.id, "")
        field = field_in(field, self.currency, self.rate)
        if self.rate and field.id in AMOUNTS:
            return AmountField(field, initial, self.notation, chosen, rate=self.rate)
        return NumberField(field, initial, self.notation, chosen)

    @property
    def currency_row(self) -> dict[str, Any]:
        """The choice of the currency of all amounts, as the page shows it."""
        return next(row for row in self.rows if row["field"].name == KEY)

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The fields with their units and versions, as the page shows them."""
        return [
            {
                "field": self[name],
                "version": self.version(name),
                "unit": "",
                "against": [each for each in self.against if name in each.numbers],
                "source": self.sources.get(name, ""),
                **self._read(name),
            }
            for name in self.fields
        ]

    def _read(self, name: str) -> dict[str, Any]:
        """Return what is beneath a number: how it is understood, or what it may be."""
        field, typed = self.fields[name], self[name].value()
        if name == KEY:
            lacks = self.currency != DOLLARS and self.rate is None
            on = timezone.localdate()
            return {"without_rate": without_rate(self.currency, on)} if lacks else {}
        if not isinstance(field, NumberField):
            return {}
        told: dict[str, Any] = {"unit": field.number.unit, "is_amount": name in AMOUNTS}
        if not typed or len(typed) > LONGEST:
            return told
        entry = field.entry(typed)
        if entry.number is not None:
            told["understood"] = field.understood(entry.number)
        chosen = "" if entry.number is None else plain(entry.number)
        choices = [
            (plain(each), field.as_typed(choice_in_words(each)), plain(each) == chosen)
            for each in entry.choices
        ]
        return {**told, "choices": choices, "meant": MEANT + name, "typed": typed}

    @property
    def not_saved(self) -> list[str]:
        """The ids of the fields with an error, in the order of the page."""
        return [f"id_{name}" for name in self.errors]

    def sent(self) -> dict[Key, Sent]:
        """Return the valid sent entries, with the versions the page showed."""
        sent: dict[Key, Sent] = {}
        for name, value in self.cleaned_data.items():
            if name in self.data:
                seen = self.version(name)
                sent["number", name] = Sent(value=value or None, seen=seen)
        entered = {name for (_, name), each in sent.items() if each.value}
        entered |= self.given.keys()
        return {
            key: each
            for key, each in sent.items()
            if not self._is_unsaid(key[1], each.value, entered)
        }

    def _is_unsaid(self, name: str, value: Any, entered: set[str]) -> bool:
        """Whether a currency is what its page started with, and nothing is in it."""
        if name not in _CURRENCIES or name in self.given:
            return False
        if (value or "") != (self.fields[name].initial or ""):
            return False
        parts = {*PROPOSAL_KEYS} if name == _OFFERS else entered
        return value == DOLLARS or not (entered & parts) - {*_CURRENCIES}

    def version(self, name: str) -> int:
        """Return the version that the page shows, or showed if it was sent."""
        if name in self.data:
            return whole(self.data.get(f"v-{name}", ""))
        return Stored.of(self.audit.numbers.get(name)).version
