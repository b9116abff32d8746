"""The search box."""

from django import forms

MOST_LETTERS = 200


class SearchForm(forms.Form):
    """What somebody looks for; nothing is a search, too."""

    q = forms.CharField(
        label="Search",
        help_text="The name of a use case, a team, a person or a verdict, words of a "
        "description, a number such as UC-0004, or words of a question, an option or "
        "a technical word",
        max_length=MOST_LETTERS,
        required=False,
        error_messages={"max_length": "Use fewer than 200 characters."},
        widget=forms.TextInput(
            attrs={"type": "search", "class": "form-control", "autofocus": True}
        ),
    )
