"""What the Office writes to those who signed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.web.fields import CleanTextField
from foundation.web.forms import VersionedForm
from letters.models import Letter, Reply
from organizations.enums import OfficialLanguage


class ReplyForm(VersionedForm):
    """The reply: a text, a PDF, or both."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, initial=0)
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the reply"), choices=OfficialLanguage.choices
    )
    text = CleanTextField(
        label=gettext_lazy("Reply"),
        max_length=20_000,
        rows=10,
        required=False,
        help_text=gettext_lazy(
            "Those who signed read this, and everyone if the letter is public. Name nobody whose "
            "name is not public."
        ),
    )
    file = forms.FileField(
        label=gettext_lazy("The reply as a PDF"),
        required=False,
        help_text=gettext_lazy(
            "Up to 10 MB. Scripts, attachments and what the file says of its authors are taken out."
        ),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
    )
    drop_file = forms.BooleanField(
        label=gettext_lazy("Take the file away that is there"), required=False
    )

    def __init__(self, *args: Any, letter: Letter, reply: Reply | None, **kwargs: Any) -> None:
        spoken = letter.language[:2]
        initial: dict[str, Any] = {"version": 0, "language": "en"}
        if spoken in OfficialLanguage.values:
            initial["language"] = spoken
        if reply is not None:
            initial = {name: getattr(reply, name) for name in ("version", "language", "text")}
        super().__init__(*args, initial=initial, **kwargs)
        if reply is None or not reply.has_file:
            del self.fields["drop_file"]

    def clean_file(self) -> Any:
        """Refuse what is too large before it is read."""
        upload = self.cleaned_data["file"]
        if upload and upload.size > settings.UPLOAD_LIMIT:
            raise ValidationError(_("The file is larger than 10 MB. Nothing was kept."))
        return upload

    def values(self) -> dict[str, Any]:
        """Return what `draft_reply` takes."""
        upload = self.cleaned_data["file"]
        return {
            "version": self.cleaned_data["version"],
            "language": self.cleaned_data["language"],
            "text": self.cleaned_data["text"],
            "pdf": upload.read() if upload else None,
            "keep_file": not self.cleaned_data.get("drop_file", False),
        }
