"""What a solver proves about a framework, over all sets of answers and all markets."""
