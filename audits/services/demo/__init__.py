"""Organizations of made-up or published cases, to try Attune and to measure it."""
