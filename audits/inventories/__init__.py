"""Public formats of inventories as data, and rows of them read and written."""
