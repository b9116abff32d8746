"""What the page of a result tells beside its steps and conditions."""
