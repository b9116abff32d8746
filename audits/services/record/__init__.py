"""The record of events: its lines, its checks, and its anchors."""
