"""What comes from people: a file to check."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext_lazy as _

from foundation.documents.verification import LARGEST


class VerifyForm(forms.Form):
    """One PDF to be looked at."""

    file = forms.FileField(
        label=_("PDF file"),
        allow_empty_file=True,
        max_length=None,
        help_text=_("At most 10 MB. It is looked at once, and neither kept nor shown to anybody."),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )


class OnlyInMemory(FileUploadHandler):
    """Takes an upload into memory, never to disk, and drops what goes beyond the limit.

    One byte more than the limit is kept, so that the file is recognized as too large.
    """

    def new_file(self, *args: object, **kwargs: object) -> None:
        super().new_file(*args, **kwargs)  # type: ignore[arg-type]
        self._parts = bytearray()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        room = LARGEST + 1 - len(self._parts)
        self._parts += raw_data[:room]

    def file_complete(self, file_size: int) -> SimpleUploadedFile:
        return SimpleUploadedFile("file.pdf", bytes(self._parts))
