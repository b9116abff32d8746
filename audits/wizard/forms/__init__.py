"""The forms of the wizard: answers, numbers and offers."""
