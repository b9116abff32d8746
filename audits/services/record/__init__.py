"""The record of events: its lines, its checks, and its head kept elsewhere."""
