"""Stores what administrators change: settings, teams, members and invitations."""
