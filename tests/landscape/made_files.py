"""Files of an operator."""

# Sonnet 5.5 becomes 10 times as expensive from the day on which its price was read.
DEARER = """\
as_of: "2026-11-28"

sources:
  - {id: our_contract, title: Our contract of 2026, day: "2026-11-28", read: direct, publisher: vendor}

models:
  - id: claude-sonnet-5-5
    name: Claude Sonnet 5.5
    provider: Anthropic
    kind: mid
    open_weights: false
    released: {day: "2026-09-28", as_of: "2026-10", confidence: secondary, sources: [anth_inventory]}
    context_window: {value: 1000000, unit: tokens, as_of: "2026-11-20", confidence: confirmed, sources: [genai_prices, litellm]}
    price: {provider_id: anthropic, model_ref: claude-sonnet-5-5, as_of: "2026-11-20", confidence: confirmed, sources: [genai_prices, litellm]}
    price_periods:
      - {start: "2026-11-01", input: 30, output: 150, unit: USD per million tokens, as_of: "2026-11-28", confidence: confirmed, sources: [our_contract]}
    tuning: {offered: "no", as_of: "2026-08-22", confidence: confirmed, sources: [anth_docs_glossary]}
"""  # noqa: E501 - a line as people write it

# A new model, with a larger window than any before it.
NEWER = """\
as_of: "2026-11-28"

sources:
  - {id: letter, title: A letter to customers, day: "2026-11-25", read: direct, publisher: vendor}

models:
  - id: nova-9
    name: Amazon Nova 9
    provider: AWS
    kind: small
    open_weights: false
    released: {day: "2026-11-21", as_of: "2026-11-25", confidence: single, sources: [letter]}
    context_window: {value: 1000000, unit: tokens, as_of: "2026-11-25", confidence: single, sources: [letter]}
    price_periods:
      - {start: "2026-11-21", input: 0.3, output: 2.5, unit: USD per million tokens, as_of: "2026-11-25", confidence: single, sources: [letter]}
    tuning: {offered: unknown, as_of: "2026-11-25", confidence: single, sources: [letter]}

timelines:
  windows:
    - {day: "2026-11-21", vendor: AWS, model: nova-9, availability: general, value: 20000000, unit: tokens, as_of: "2026-11-25", confidence: single, sources: [letter]}
"""  # noqa: E501 - a line as people write it

# Nobody can tune GPT-4o any longer.
NOT_TUNED = """\
as_of: "2026-11-28"

sources:
  - {id: letter, title: A letter to customers, day: "2026-11-25", read: direct, publisher: vendor}

models:
  - id: gpt-4o
    name: GPT-4o
    provider: OpenAI
    kind: mid
    open_weights: false
    released: {day: "2024-05-13", as_of: "2024-05-22", confidence: single, sources: [tokencost_0_1_8]}
    context_window: {value: 128000, unit: tokens, as_of: "2026-11-20", confidence: confirmed, sources: [genai_prices]}
    price: {provider_id: openai, model_ref: gpt-4o, as_of: "2026-11-20", confidence: confirmed, sources: [genai_prices]}
    tuning: {offered: "no", as_of: "2026-11-25", confidence: confirmed, sources: [letter]}
    retires: {day: "2026-12-31", as_of: "2026-11-25", confidence: confirmed, sources: [letter]}
"""  # noqa: E501 - a line as people write it
