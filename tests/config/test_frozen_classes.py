"""Frozen classes refuse as before, and are in memory once."""

import gc
from dataclasses import FrozenInstanceError, dataclass, field, replace
from typing import Any

import pytest
from django.utils.functional import SimpleLazyObject

from config.frozen_classes import share_methods


def made(**more: bool) -> type[Any]:
    """Return a class of its own for a test."""

    @dataclass(frozen=True, **more)  # type: ignore[call-overload,unused-ignore]
    class Price:
        amount: int

    return Price


def in_memory(kind: type) -> int:
    """Return how many classes of this name, of this test, there are."""
    gc.collect()
    name = kind.__qualname__
    return sum(other.__qualname__ == name for other in object.__subclasses__())


def test_the_class_without_slots_is_let_go() -> None:
    price = made(slots=True)
    assert in_memory(price) == 2

    share_methods([price])

    assert in_memory(price) == 1


def test_a_frozen_class_refuses_as_before() -> None:
    kind = made(slots=True)
    share_methods([kind])
    price = kind(3)

    with pytest.raises(FrozenInstanceError, match="cannot assign to field 'amount'"):
        price.amount = 4
    with pytest.raises(FrozenInstanceError, match="cannot delete field 'amount'"):
        del price.amount
    assert (price, repr(price)[-15:]) == (kind(3), "Price(amount=3)")
    assert replace(price, amount=4) == kind(4)


def test_what_is_not_frozen_or_has_no_slots_stays_as_it_is() -> None:
    @dataclass(slots=True)
    class Open:
        amount: int

    frozen = made(slots=False)
    before = frozen.__setattr__

    share_methods([Open, frozen])

    price = Open(3)
    price.amount = 4
    assert (price.amount, frozen.__setattr__) == (4, before)


def test_what_a_subclass_adds_may_be_set() -> None:
    class Special(made(slots=True)):  # type: ignore[misc]
        pass

    parent = Special.__base__
    own = parent.__setattr__

    share_methods([parent, Special])

    assert parent.__setattr__ is own


def test_what_is_read_late_is_not_read() -> None:
    read: list[str] = []

    share_methods([SimpleLazyObject(lambda: read.append("too early"))])

    assert read == []


def test_a_class_is_shown_as_before() -> None:
    @dataclass(frozen=True, slots=True)
    class Offer:
        price: Any
        note: str = field(default="", repr=False)

    @dataclass(frozen=True, slots=True)
    class Shouted:
        word: str

        def __repr__(self) -> str:
            return self.word.upper()

    offer = Offer([3, None], note="s")
    offer.price[1] = offer  # which holds itself
    before = repr(offer)

    share_methods([Offer, Shouted])

    assert repr(offer) == before
    assert before.endswith("Offer(price=[3, ...])")
    assert repr(Shouted("yes")) == "YES"
