"""Checks of forms that anybody may send, without a riddle to solve and without JavaScript.

Two things tell most programs from people: a field that nobody sees and only programs fill, and
the time between showing a form and sending it. What looks like a program is *held*, not refused:
a person decides later, and whoever sent it sees the same answer as everybody.
"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from foundation.web.forms import TokenForm

TOO_FAST = 2  # seconds; nobody reads and types faster
TOO_OLD = 12 * 3600  # seconds
SIGNER = signing.TimestampSigner(salt="foundation.web.guarding")

TRAP, FAST, OLD, UNSIGNED, NO_BROWSER = "trap", "too_fast", "too_old", "unsigned", "no_browser"
CODES = {
    TRAP: gettext_lazy("It filled a field that nobody sees."),
    FAST: gettext_lazy("It was sent sooner than anybody can read the form."),
    OLD: gettext_lazy("The form was shown more than twelve hours before it was sent."),
    UNSIGNED: gettext_lazy(
        "It was not sent from a page of ours, or from one that was used before."
    ),
    NO_BROWSER: gettext_lazy("It was not sent by a browser."),
}
"""What may look suspicious, each with its sentence."""


class TrapField(forms.CharField):
    """A field that nobody sees: not shown, not read out, not reached by the keyboard."""

    is_trap = True  # components/field.html asks

    def __init__(self) -> None:
        away = {"tabindex": "-1", "autocomplete": "off"}
        super().__init__(
            label=gettext_lazy("Leave this empty"),
            required=False,
            widget=forms.TextInput(attrs=away),
        )

    def to_python(self, value: Any) -> str:
        """Take anything: a program gets no error that it could learn from."""
        return str(value or "")


class GuardedForm(TokenForm):
    """A form for people without account. Show `{{ form.guard }}` where its fields are shown by hand.

    `opened` is the form's token, signed with the time at which it was shown; as a token is taken
    once (`once`), so is the time: every sending needs a page that was looked at.
    """

    homepage = TrapField()
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        token = uuid.uuid4()
        self.initial.update(token=token, opened=SIGNER.sign(str(token)))

    def guard(self) -> SafeString:
        """Return token, time and trap as HTML."""
        shown = (self["token"], self["opened"], self["homepage"].as_field_group())
        return format_html_join("", "{}", ((one,) for one in shown))


def suspicion(form: GuardedForm, request: HttpRequest) -> list[str]:
    """Return what looks like a program in a form that is bound and valid: some of CODES, or none."""
    found = [TRAP] if form.cleaned_data.get("homepage") else []
    found += _time_of(form)
    if not (request.headers.get("User-Agent") and request.headers.get("Accept-Language")):
        found.append(NO_BROWSER)
    return found


def _time_of(form: GuardedForm) -> list[str]:
    opened = form.cleaned_data.get("opened", "")
    try:
        token = SIGNER.unsign(opened, max_age=TOO_OLD)
    except signing.SignatureExpired:
        return [OLD]
    except signing.BadSignature:
        return [UNSIGNED]
    if token != str(form.cleaned_data.get("token")):
        return [UNSIGNED]
    try:
        SIGNER.unsign(opened, max_age=TOO_FAST)
    except signing.SignatureExpired:
        return []
    return [FAST]
