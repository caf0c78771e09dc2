"""Translations of a letter: written by its coordinators, read by everyone who reads the letter."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.web.pages import form_page, get_or_post, step_page
from foundation.web.policies import policy, public
from foundation.web.shortcuts import get_visible_or_404, page, posted
from foundation.workflow import Transition
from letters import actions
from letters.documents.printing import print_draft
from letters.forms.correcting import BeginTranslationForm, TranslationForm
from letters.models import FrozenText, Letter, Translation
from letters.rules import coordinates_some_network
from letters.text import spaced
from letters.views.parts import own_letter, visible_letter
from letters.views.showing import language_name, languages_of, text_parts, translations_shown


@policy(coordinates_some_network)
@get_or_post
def translations(request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the letter's translations, and begin another one."""
    letter = own_letter(request, pk)
    drafts = list(Translation.objects.visible_to(request.user).of(letter).order_by("language"))
    taken = {letter.language, *(draft.language for draft in drafts)}
    form = BeginTranslationForm(posted(request), taken=taken)

    def do() -> str:
        language = form.cleaned_data["language"]
        actions.begin_translation(letter=letter, language=language, by=request.user)
        return reverse("letters:translation", args=[letter.pk, language])

    context = {
        "letter": letter,
        "rows": translations_shown(letter, drafts),
        "may_begin": len(taken) < len(settings.LANGUAGES),
    }
    return form_page(request, form, do, "letters/translations.html", context)


@policy(coordinates_some_network)
@get_or_post
def translation(request: HttpRequest, pk: uuid.UUID, language: str) -> HttpResponse:
    """Write a translation."""
    letter = own_letter(request, pk)
    draft = _draft(request, letter, language)
    form = TranslationForm(posted(request), translation=draft)

    def do() -> str:
        data = form.cleaned_data
        actions.edit_translation(
            translation=draft, version=data["version"], by=request.user, **form.words()
        )
        messages.success(request, _("The draft is saved."))
        return reverse("letters:translations", args=[letter.pk])

    context: dict[str, Any] = {
        "letter": letter,
        "edited": draft,
        "translation": draft,
        "name": language_name(language),
        "original": text_parts(letter.text()),
    }
    if "preview" in request.POST and form.is_valid():
        shown = print_draft(letter, form.as_text(language), translates=letter.language)
        return page(
            request, "letters/translation.html", {**context, "form": form, "preview": shown}
        )
    return form_page(request, form, do, "letters/translation.html", context)


@policy(coordinates_some_network)
@get_or_post
def approve_translation(request: HttpRequest, pk: uuid.UUID, language: str) -> HttpResponse:
    """Ask, then approve a translation as it stands."""
    letter = own_letter(request, pk)
    draft = _draft(request, letter, language)
    back = reverse("letters:translations", args=[letter.pk])
    words = _(
        "Your approval is of the translation exactly as it stands now. When enough leads have "
        "approved it, it is fixed: at once, or together with the letter's own text."
    )
    label = _("Approve the translation: %(language)s") % {"language": language_name(language)}
    step = Transition("approve", label, (), "", frozenset(), confirm=words)

    def do() -> str:
        actions.approve_translation(translation=draft, by=request.user)
        return back

    return step_page(request, step, do, "letters/step.html", {"letter": letter, "back": back})


@public("as the letter")
@require_safe
def translated(request: HttpRequest, pk: uuid.UUID, language: str) -> HttpResponse:
    """Show a translation that was fixed, marked as one, beside the way to the authentic text."""
    letter = visible_letter(request, pk)
    rows = FrozenText.objects.filter(translates=letter.frozen_id, translates__isnull=False)
    text = get_visible_or_404(
        rows.filter(language=language).select_related("translates").order_by("-number")[:1]
    )
    context = {
        "letter": letter,
        "translation": text,
        "fingerprint": spaced(text.sha256),
        "authentic": spaced(text.translates.sha256 if text.translates else ""),
        "languages": languages_of(letter, here=language),
        **text_parts(text.text()),
    }
    return page(request, "letters/translated.html", context)


def _draft(request: HttpRequest, letter: Letter, language: str) -> Translation:
    rows = Translation.objects.visible_to(request.user).of(letter).in_language(language)
    return get_visible_or_404(rows)
