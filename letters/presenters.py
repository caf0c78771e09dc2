"""One sentence per audit event of this room."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from foundation.audit.presenting import register_presenter

SENTENCES = {
    "letters.begun": _("Began letter %(id)s."),
    "letters.brought_in": _("Brought letter %(id)s in, with %(lines)s lines of names."),
    "letters.edited": _("Edited the draft of letter %(id)s."),
    "letters.names_pasted": _("Pasted %(lines)s lines of names for letter %(id)s."),
    "letters.line_corrected": _("Corrected line %(line)s of a batch for letter %(id)s."),
    "letters.names_added": _("Added %(names)s names to letter %(id)s."),
    "letters.batch_undone": _("Took a batch of %(names)s names back from letter %(id)s."),
    "letters.name_removed": _("Took a name that was entered off letter %(id)s."),
    "letters.opened": _("Fixed the text of letter %(id)s and opened it for sign-on."),
    "letters.filed_as_sent": _("Filed letter %(id)s as already sent."),
    "letters.signed": _("Signed letter %(id)s."),
    "letters.withdrawn": _("Took a signature back from letter %(id)s."),
    "letters.closed": _("Closed the sign-on of letter %(id)s."),
    "letters.delivered": _("Marked letter %(id)s as delivered."),
    "letters.set_aside": _("Set the draft of letter %(id)s aside."),
    "letters.take_up": _("Took the draft of letter %(id)s up again."),
    "letters.names_read": _("Read the names under letter %(id)s that are not public."),
}


def _present(template: Any) -> Any:
    def presenter(event: Any) -> str:
        return str(template) % {**event.facts, "id": str(event.object_id)[:8]}

    return presenter


for _action, _template in SENTENCES.items():
    register_presenter(_action, _present(_template))


QUESTIONS = {
    "addressee": _("To whom is the letter addressed?"),
    "date": _("What date does the letter carry?"),
    "subject": _("What is its subject?"),
    "salutation": _("How does it greet the addressee?"),
    "closing": _("How does it close?"),
    "note_without_text": _("What does note %(detail)s say? The text calls it, but it is lost."),
    "note_misplaced": _("Does the text of note %(detail)s stand where it belongs?"),
    "signatories": _("Where are the names? None was found under the text."),
}


def question_sentence(question: dict[str, Any]) -> str:
    """Return what could not be known of a letter that was read, as a question to a person."""
    template = QUESTIONS.get(question["code"], _("Please check: %(code)s %(detail)s"))
    return str(template) % question
