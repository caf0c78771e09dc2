"""One sentence per audit event of this room."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from foundation.audit.presenting import register_presenter
from letters.reading import SENTENCES

EVENTS = {
    "letters.begun": _("Began letter %(id)s."),
    "letters.brought_in": _("Brought letter %(id)s in, with %(lines)s lines of names."),
    "letters.edited": _("Edited the draft of letter %(id)s."),
    "letters.names_pasted": _("Pasted %(lines)s lines of names for letter %(id)s."),
    "letters.line_corrected": _("Corrected line %(line)s of a batch for letter %(id)s."),
    "letters.line_joined": _(
        "Joined line %(line)s of a batch for letter %(id)s with the same name."
    ),
    "letters.names_ordered": _("Put %(names)s names of letter %(id)s in order by hand."),
    "letters.names_added": _("Added %(names)s names to letter %(id)s."),
    "letters.batch_undone": _("Took a batch of %(names)s names back from letter %(id)s."),
    "letters.name_removed": _("Took a name that was entered off letter %(id)s."),
    "letters.opened": _("Fixed the text of letter %(id)s and opened it for sign-on."),
    "letters.filed_as_sent": _("Filed letter %(id)s as already sent."),
    "letters.signed": _("Signed letter %(id)s."),
    "letters.mode_changed": _("Changed who sees a name under letter %(id)s."),
    "letters.withdrawn": _("Took a signature back from letter %(id)s."),
    "letters.withdrawn_late": _("Took a signature back from letter %(id)s after its delivery."),
    "letters.closed": _("Closed the sign-on of letter %(id)s."),
    "letters.delivered": _("Marked letter %(id)s as delivered."),
    "letters.set_aside": _("Set the draft of letter %(id)s aside."),
    "letters.take_up": _("Took the draft of letter %(id)s up again."),
    "letters.opened_at_the_office": _("Opened letter %(id)s, for the Office."),
    "letters.acknowledged": _("Acknowledged letter %(id)s."),
    "letters.under_review": _("Took letter %(id)s under review."),
    "letters.reply_drafted": _("Wrote reply %(number)s to letter %(id)s."),
    "letters.reply_proposed": _("Sent reply %(number)s to letter %(id)s for clearance."),
    "letters.reply_given_back": _("Gave reply %(number)s to letter %(id)s back."),
    "letters.reply_cleared": _("Cleared reply %(number)s to letter %(id)s."),
    "letters.reply_recalled": _("Took reply %(number)s to letter %(id)s back to change it."),
    "letters.reply_filed": _("Filed reply %(number)s to letter %(id)s."),
    "letters.reply_read": _("Read the file of reply %(number)s to letter %(id)s."),
    "letters.listing_agreed": _(
        "Agreed for the %(side)s that letter %(id)s stands in the register."
    ),
    "letters.listing_revoked": _("Took letter %(id)s out of the register for the %(side)s."),
    "letters.closed_unanswered": _("Closed letter %(id)s without an answer."),
    "letters.assigned": _("Gave letter %(id)s to an officer."),
    "letters.read": _("Opened letter %(id)s at the desk."),
    "letters.ask_marked": _("Marked ask %(number)s in letter %(id)s."),
    "letters.asks_listed": _("Took %(made)s asks of letter %(id)s from a list."),
    "letters.ask_withdrawn": _("Took ask %(number)s of letter %(id)s back."),
    "letters.offer_acknowledged": _("Acknowledged offer %(number)s of letter %(id)s."),
    "letters.answered": _("The last ask of letter %(id)s was answered."),
    "letters.exported": _("Wrote the sealed PDF of letter %(id)s to a file."),
    "letters.invalidated": _("Took a wave of %(names)s names out of letter %(id)s."),
    "letters.brought_back": _("Brought a wave of %(names)s names back to letter %(id)s."),
    "letters.invited": _("Invited somebody to sign letter %(id)s."),
    "letters.reminded": _("Reminded the invited of letter %(id)s, %(step)s days before its end."),
    "letters.invitation_taken_back": _("Took an invitation to sign letter %(id)s back."),
    "letters.invitation_declined": _("Declined to sign letter %(id)s."),
    "letters.invitation_decline_undone": _("Took back having declined to sign letter %(id)s."),
    "letters.unsealing_asked": _("Asked to see a name under letter %(id)s that is not counted."),
    "letters.unsealing_agreed": _("Agreed that a name under letter %(id)s is shown to two people."),
    "letters.unsealing_refused": _("Refused to let a name under letter %(id)s be shown."),
    "letters.unsealed_name_read": _("Read a name under letter %(id)s that is not counted."),
    "letters.hold_placed": _("Placed a legal hold on letter %(id)s."),
    "letters.hold_lifted": _("Lifted the legal hold on letter %(id)s."),
    "letters.comments_opened": _("Opened the draft of letter %(id)s for comments."),
    "letters.comments_ended": _("Ended the comments on the draft of letter %(id)s."),
    "letters.commented": _("Commented on the draft of letter %(id)s."),
    "letters.comment_resolved": _("Marked a comment on letter %(id)s as dealt with."),
    "letters.comment_withdrawn": _("Took an own comment on letter %(id)s back."),
    "letters.revision_restored": _("Went back to revision %(number)s of letter %(id)s."),
    "letters.lead_appointed": _("Made a coordinator a lead of letter %(id)s."),
    "letters.lead_ended": _("Ended that a coordinator leads letter %(id)s."),
    "letters.replacement_asked": _("Asked to replace a lead of letter %(id)s who is away."),
    "letters.replacement_dropped": _("Dropped an ask to replace a lead of letter %(id)s."),
    "letters.paused": _("Paused letter %(id)s."),
    "letters.resumed": _("Let letter %(id)s go on."),
    "letters.approved": _("Approved a step of letter %(id)s: %(step)s."),
    "letters.approvals_void": _("Changed a text of letter %(id)s that leads had approved."),
    "letters.correction_begun": _("Began to correct letter %(id)s."),
    "letters.correction_edited": _("Edited the correction of letter %(id)s."),
    "letters.correction_dropped": _("Gave a correction of letter %(id)s up."),
    "letters.corrected": _("Corrected letter %(id)s: text %(number)s is in force."),
    "letters.translation_begun": _("Began a translation of letter %(id)s: %(language)s."),
    "letters.translation_edited": _("Edited a translation of letter %(id)s: %(language)s."),
    "letters.translation_fixed": _("Fixed a translation of letter %(id)s: %(language)s."),
    "letters.copy_taken": _("Took a copy of letter %(id)s with %(names)s names, as %(ending)s."),
    "letters.laid_out": _("Said how letter %(id)s is laid out in print."),
    "letters.door_opened": _("Opened letter %(id)s to people without an account."),
    "letters.door_closed": _("Closed letter %(id)s to people without an account."),
    "letters.link_asked": _("Asked for a link to sign letter %(id)s."),
    "letters.request_released": _("Let a request to sign letter %(id)s through that was held."),
    "letters.held_read": _("Read the held requests to sign letter %(id)s."),
    "letters.names_read": _("Read the names under letter %(id)s that are not public."),
}


def _present(template: Any) -> Any:
    def presenter(event: Any) -> str:
        return str(template) % {**event.facts, "id": str(event.object_id)[:8]}

    return presenter


for _action, _template in EVENTS.items():
    register_presenter(_action, _present(_template))


def question_sentence(question: dict[str, Any]) -> str:
    """Return what could not be known of a letter that was read, as a question to a person."""
    sentence = gettext(SENTENCES[question["kind"]])
    return sentence.format(number=question["number"], text=question["text"])


FORMS = {
    "pdf": _("PDF without the seal"),
    "html": _("Web page in one file"),
    "txt": _("Plain text"),
    "csv": _("The list as CSV"),
    "xlsx": _("The list for Excel"),
}


def other_forms(letter: Any, copy: str, language: str, endings: Any) -> list[dict[str, Any]]:
    """Return the forms in which a copy can be taken, as links."""
    return [
        {
            "label": FORMS[ending],
            "url": reverse("letters:take", args=[letter.pk, copy, language, ending]),
        }
        for ending in endings
    ]
