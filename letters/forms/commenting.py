"""What members of the network write about a draft."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanTextField
from foundation.web.forms import TokenForm


class CommentForm(TokenForm):
    """A comment; the page says on what."""

    text = CleanTextField(
        label=gettext_lazy("Your comment"),
        max_length=4_000,
        rows=5,
        help_text=gettext_lazy("Read by the coordinators, and by members of the network."),
    )
