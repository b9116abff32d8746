"""Which model of the market facts a candidate has the name of."""

from datetime import date

from audits.landscape import in_force
from audits.landscape.schema import Model
from audits.scoring.days import in_words


def public_model(name: str) -> Model | None:
    """Return the model of that name, however it is spelt; None for no public one.

    A provider before it, as in “openai/gpt-5”, is none of the name.

    >>> found = public_model("OpenAI/gpt_5")
    >>> found and found.id, public_model("ft:gpt-5:acme"), public_model("our-model")
    ('gpt-5', None, None)
    """
    called = _letters(name.rpartition("/")[2])
    for model in in_force.current().models.values():
        if called in (_letters(model.id), _letters(model.name)):
            return model
    return None


def before_release(model: Model, day: date) -> str:
    """Return that a day is before the model was there; empty if that is not known."""
    if model.released is None or day >= model.released.day:
        return ""
    return f"before {model.name} was released on {in_words(model.released.day)}"


def cannot_be_tuned(model: Model) -> bool:
    """Whether it is known that nobody can tune a model."""
    tuning = model.tuning
    return tuning.offered == "no" and not tuning.elsewhere and not model.open_weights


def _letters(name: str) -> str:
    """Return the letters and digits of a name.

    >>> _letters("GPT-5 mini") == _letters("gpt_5-Mini")
    True
    """
    return "".join(filter(str.isalnum, name.casefold()))
