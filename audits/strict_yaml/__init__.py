"""YAML files read strictly: text to nodes within limits, nodes to dataclasses."""
