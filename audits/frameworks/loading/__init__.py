"""A framework file to a Framework, or to every problem found in it."""
