"""Writes the file of `kept_prices`: `python -m audits.landscape.keeping_prices`."""

from audits.landscape.kept_prices import FILE, written
from audits.landscape.loader import built_in
from audits.landscape.prices import to_keep


def current() -> str:
    """Return the file as genai-prices and the built-in models would have it now."""
    named = sorted(
        (model.price.provider_id, model.price.model_ref)
        for model in built_in().models.values()
        if model.price
    )
    return written({name: to_keep(*name) for name in named})


if __name__ == "__main__":
    FILE.write_text(current())
