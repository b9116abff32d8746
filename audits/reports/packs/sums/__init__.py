"""The sums of a meeting: its net, what that rests on, and the totals of its rows."""
