"""Forms that survive double posts and meet another person's edit without losing a word.

`TokenForm`: each rendered form carries a random token. `once(form, by, do)` runs `do` in one
transaction with the token's row; a second post of the same form, in parallel or later, does
nothing and gets the first one's address.

`VersionedForm`: the form carries the version of the row that it was opened with.
`save_version(...)` fails with `EditConflict` where somebody saved in between; the form is then
shown again with what was typed, beside what stands now.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.confidentiality import Level
from foundation.web.fields import CleanTextField, PeopleField
from foundation.web.models import FormReceipt


class TokenForm(forms.Form):
    """A form with a one-time token (hidden field `token`)."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4, required=False)

    def clean_token(self) -> uuid.UUID:
        """Return the token; a form posted without one is taken as new."""
        return self.cleaned_data.get("token") or uuid.uuid4()


# Plain SQL: every form of the portal pays for it. A parallel post of the same form waits here until
# the first one's transaction has ended.
TAKE = (
    "INSERT INTO web_form_receipt (token, user_id, answer, created_at) "
    "VALUES (%s, %s, %s, CASE WHEN %s THEN now() ELSE date_trunc('day', now(), 'UTC') END)"
    " ON CONFLICT DO NOTHING"
)

TAKE_UNNAMED = (
    "INSERT INTO web_form_receipt (token, user_id, answer, created_at) "
    "VALUES (%s, NULL, '', date_trunc('day', now(), 'UTC')) ON CONFLICT DO NOTHING"
)


def once(form: TokenForm, by: Any, do: Callable[[], Any], answer: str = "") -> str:
    """Run `do` once for this form and return the answer's path, however often the form is posted.

    `do` returns the path of the page that answers, unless `answer` says it before. A parallel
    second post waits for the first (a row lock), then returns the same path without running `do`.
    """
    user_id, token = getattr(by, "pk", None), _token_of(form, by)
    with transaction.atomic(), connection.cursor() as cursor:
        # Where nobody is signed in, no second either: the path may lead to a name that is protected.
        cursor.execute(TAKE, [token, user_id, answer, user_id is not None])
        if not cursor.rowcount:  # the form was posted before: by then that transaction has ended
            cursor.execute("SELECT answer FROM web_form_receipt WHERE token = %s", [token])
            return str(cursor.fetchone()[0])
        given = do()
        if answer:
            return answer
        cursor.execute("UPDATE web_form_receipt SET answer = %s WHERE token = %s", [given, token])
        return str(given)


def once_in_secret(form: TokenForm, by: Any, do: Callable[[], Any], answer: str) -> str:
    """As `once`, for an act that must not lead to `by`: the receipt holds neither the person, nor
    where the answer lies, nor more than the day. `answer` is returned whatever `do` returns."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE_UNNAMED, [_token_of(form, by)])
        if cursor.rowcount:
            do()
    return answer


def _token_of(form: TokenForm, by: Any) -> uuid.UUID:
    """A token is no secret: the same one from another person is another form."""
    return uuid.uuid5(form.cleaned_data["token"], str(getattr(by, "pk", None)))


RECEIPTS_KEPT = timedelta(days=7)


def forget_receipts() -> int:
    """Delete receipts older than RECEIPTS_KEPT and return how many: they tell who did what when,
    and no browser posts a form again after a week."""
    old = FormReceipt.objects.filter(created_at__lt=timezone.now() - RECEIPTS_KEPT)
    return old.delete()[0]


class TextForm(TokenForm):
    """One text: a question, a reply, a reason, a note. The page says which."""

    text = CleanTextField(label=gettext_lazy("Text"), max_length=10_000, rows=6)

    def __init__(self, *args: Any, label: Any, hint: Any = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label, self.fields["text"].help_text = label, hint


class HatForm(TokenForm):
    """In whose name one acts: one of `hats`, each with a key, a line to show and a level.

    The form has a field `level` too; what it offers first is as closed as the names are.
    """

    hat = forms.ChoiceField(label=gettext_lazy("In the name of"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, hats: list[Any], **kwargs: Any) -> None:
        closed = max((hat.level for hat in hats), default=Level.OFFICE)
        kwargs.setdefault("initial", {"level": max(closed, Level.OFFICE)})
        super().__init__(*args, **kwargs)
        self.hats = {hat.key: hat for hat in hats}
        field: Any = self.fields["hat"]
        field.choices = [(hat.key, hat.line) for hat in hats]
        field.error_messages["invalid_choice"] = _("You cannot write in this name.")
        if len(hats) == 1:
            field.initial = hats[0].key

    def chosen(self) -> Any:
        """Return the name that the person acts in."""
        return self.hats[self.cleaned_data["hat"]]


class ReadersForm(TokenForm):
    """Who of `officers`, a QuerySet of staff, may see a row of the highest level."""

    officers = PeopleField(
        None,
        label=gettext_lazy("Officers who may see it"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officers"].queryset = officers  # type: ignore[attr-defined]


class EditConflict(Exception):
    """Somebody else saved this row after it was opened."""


class VersionedForm(TokenForm):
    """A form that knows which version of its row it edits (hidden field `version`)."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)

    def add_conflict(self, row: models.Model | None = None) -> None:
        """Say that somebody else saved meanwhile; what was typed stays in the fields.

        With `row`, the form takes the version that stands now: saving once more is a decision.
        """
        if row is not None:
            versions = row.__class__._base_manager.filter(pk=row.pk)
            data: Any = self.data.copy()  # type: ignore[attr-defined]
            data[self.add_prefix("version")] = str(versions.values_list("version")[0][0])
            self.data = data
        self.add_error(
            None,
            _(
                "Somebody else changed this while you were writing. Nothing of yours is lost: "
                "your text is still below. Compare it with what stands now, then save again."
            ),
        )


def claim_version(row: models.Model, version: int) -> None:
    """Lock `row`'s version for this transaction and raise it by one; EditConflict if it moved on.

    Call inside `transaction.atomic()`, before the other fields are written. Sets `row.version`.
    """
    manager = row.__class__._base_manager  # not type(): request.user is a lazy stand-in
    changed = manager.filter(pk=row.pk, version=version).update(version=models.F("version") + 1)
    if not changed:
        raise EditConflict
    row.version = version + 1  # type: ignore[attr-defined]
