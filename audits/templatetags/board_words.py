"""Decisions of a board and their steps in words."""

from django import template

from audits.scoring.board.words import amount_in
from audits.services.due.board_words import step_said

register = template.Library()
register.filter(amount_in)
register.filter(step_said)
