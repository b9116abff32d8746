"""What a technique adds to a call of today, or takes out: docs/decisions/0130."""

from dataclasses import replace
from decimal import Decimal

from audits.scoring.costs.cost_drivers import Retrieval, Traffic
from audits.scoring.costs.cost_inputs import Scenario
from audits.scoring.costs.scenario_costs import documents_of, examples_of, traffic_of

_ZERO = Decimal(0)


def added_examples(scenario: Scenario) -> Retrieval:
    """Return the examples that are looked up; a call of today has them already."""
    found = examples_of(scenario)
    is_today = scenario.inputs.sent == "few_shot_retrieved"
    return replace(found, chunks=0) if is_today else found


def added_passages(scenario: Scenario) -> Retrieval:
    """Return what is found; a call of today that is long enough has it already."""
    found, inputs = documents_of(scenario), scenario.inputs
    if inputs.sent != "rag":
        return found
    parts = ("prefix_tokens", "variable_tokens", "chunks", "chunk_tokens")
    prefix, variable, chunks, each = (inputs.expected.get(x, _ZERO) for x in parts)
    return replace(found, chunks=0) if prefix + variable >= chunks * each else found


def without_documents(scenario: Scenario) -> Traffic:
    """Return the calls without the documents that retrieval takes out of them.

    Documents longer than the repeated text are not in it, so all of that text stays.
    """
    traffic = traffic_of(scenario)
    if scenario.inputs.sent == "rag":
        return traffic
    documents = scenario.count("knowledge_tokens")
    is_inside = 0 < documents <= traffic.prefix
    return traffic.longer(prefix=-documents) if is_inside else traffic
