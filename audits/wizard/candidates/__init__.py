"""The pages of the candidates: their table, a form for one, and results files."""
