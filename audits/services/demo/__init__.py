"""Organizations with invented or published cases, to try and measure Attune."""
