"""What only tools and people read of code is dropped, and nothing else of it."""

import gc
from importlib.util import module_from_spec, spec_from_file_location
from types import ModuleType

from config.read_by_tools import drop_what_tools_read


def test_a_function_keeps_all_but_its_docstring_and_annotations() -> None:
    def priced(amount: int, unit: str = "USD") -> str:
        """Return an amount with its unit."""
        return f"{amount} {unit}"

    told = priced.__code__.co_consts[0]

    drop_what_tools_read([priced, priced.__code__, int])

    assert told == "Return an amount with its unit."
    assert (priced.__doc__, priced.__annotations__) == (None, {})
    assert told not in priced.__code__.co_consts
    assert (priced(3), priced(4, unit="EUR")) == ("3 USD", "4 EUR")


def test_nothing_is_kept_in_place_of_annotations() -> None:
    def priced(amount: int) -> str:
        return f"{amount} USD"

    drop_what_tools_read([priced])

    assert not [kept for kept in gc.get_referents(priced) if kept == {}]


def test_text_that_is_no_docstring_stays() -> None:
    def greeting() -> str:
        return "Good morning"

    drop_what_tools_read([greeting])

    assert greeting() == "Good morning"


def test_a_docstring_that_somebody_else_gave_is_dropped_alone() -> None:
    def greeting() -> str:
        return "Good morning"

    greeting.__doc__ = "Greets."

    drop_what_tools_read([greeting])

    assert getattr(greeting, "__doc__", "") is None
    assert greeting() == "Good morning"


def test_classes_and_modules_keep_all_but_their_docstrings() -> None:
    class Price:
        """An amount with its unit."""

        amount: int = 3

    prices = ModuleType("prices", "What things cost.")

    drop_what_tools_read([Price, prices, dict])

    assert (Price.__doc__, prices.__doc__) == (None, None)
    assert (Price.__annotations__, Price().amount) == ({"amount": int}, 3)
    assert dict.__doc__


def test_where_a_class_and_a_compiled_module_are_is_dropped() -> None:
    class Price:
        def __init__(self) -> None:
            self.amount = 3

    spec = spec_from_file_location("prices", "/made/prices.py")
    assert spec
    prices = module_from_spec(spec)
    assert prices.__cached__

    drop_what_tools_read([Price, prices])

    assert not {"__firstlineno__", "__static_attributes__"} & vars(Price).keys()
    assert Price().amount == 3
    assert "__cached__" not in vars(prices)
    assert spec.cached
    assert spec.cached.endswith(".pyc")
