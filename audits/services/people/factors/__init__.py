"""Second factors: what is stored of them, and what their person is told."""
