"""Choices that several forms share: who may see it, words of a list."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from foundation.confidentiality import Level

LEVEL_CHOICES = (
    (
        Level.OFFICE,
        gettext_lazy(
            "The Office only\nStaff who read and answer. The public sees neither the text nor the "
            "answer."
        ),
    ),
    (
        Level.PUBLIC,
        gettext_lazy(
            "Everyone\nOnce it is answered, the ask, the answer and your name stand on a public "
            "page."
        ),
    ),
    (
        Level.UNNAMED,
        gettext_lazy(
            "Everyone, without the name\nThe ask and the answer are public; only the Office knows "
            "who wrote it. Write nothing in the text that tells who you are."
        ),
    ),
    (
        Level.NAMED_OFFICERS,
        gettext_lazy(
            "Named officers only\nThe head of section, and the officers named for it. Fewer "
            "people know; it may take longer."
        ),
    ),
)


class CountedField(forms.BooleanField):
    """Consent to add one to public numbers; asked with the level, for the Office's level only."""

    def __init__(self) -> None:
        super().__init__(
            required=False,
            label=gettext_lazy("If “The Office only”: count it in the public numbers"),
            help_text=gettext_lazy(
                "They say how many asks came and were answered, and never show fewer than five. "
                "What is public is always counted, what only named officers see never. You can "
                "take this back at any time."
            ),
        )


class WordField(forms.ModelChoiceField):
    """One word of a list that the Office edits; retired words stay on what carries them."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        kwargs.setdefault("required", False)
        kwargs.setdefault("empty_label", gettext_lazy("Not said"))
        super().__init__(model.objects.filter(retired=False), **kwargs)


class WordsField(forms.ModelMultipleChoiceField):
    """Several words of a list that the Office edits."""

    def __init__(self, model: Any, **kwargs: Any) -> None:
        super().__init__(
            model.objects.filter(retired=False),
            widget=forms.CheckboxSelectMultiple,
            required=False,
            **kwargs,
        )
