"""Packs of board papers: what each froze, and how it differs from the earlier one."""
