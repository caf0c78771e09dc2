"""What those who write a letter are told: its leads, its coordinators, members who comment."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from foundation.notifications.registry import register
from letters.notifications.bases import AboutALetter


class AboutADraft(AboutALetter):
    """Base of the messages that lead to the draft with its comments."""

    def path(self, about_id: str) -> str:
        """Return the path of the page; it opens only for who may see the draft."""
        return reverse("letters:comments", args=[about_id])


class AboutLeads(AboutALetter):
    """Base of the messages that lead to the page of the leads and what they approved."""

    def path(self, about_id: str) -> str:
        """Return the path of the page; it opens for the coordinators only."""
        return reverse("letters:leads", args=[about_id])


@register
class CommentsOpen(AboutADraft):
    """To representatives of the network's members: a draft can be commented."""

    kind = "letters.comments_open"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A draft of your network is open for your comments.")


@register
class NewComment(AboutADraft):
    """To the leads: somebody commented on the draft."""

    kind = "letters.new_comment"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("There is a new comment on a draft that you lead.")


@register
class CommentResolved(AboutADraft):
    """To who commented: the coordinators have dealt with it."""

    kind = "letters.comment_resolved"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A comment of yours was marked as dealt with.")


@register
class ApprovalWanted(AboutLeads):
    """To the other leads: one lead approved a step, another one has to."""

    kind = "letters.approval_wanted"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A lead has approved a step of a letter. Your approval is wanted too.")


@register
class Approved(AboutLeads):
    """To the other leads: enough have approved."""

    kind = "letters.approved"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The leads have approved a step of a letter. It can be taken now.")


@register
class ApprovalVoid(AboutLeads):
    """To a lead: the text that you approved was changed."""

    kind = "letters.approval_void"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A text that you approved was changed. Your approval counts no more.")


@register
class LeadAppointed(AboutLeads):
    """To a coordinator: you lead a letter now."""

    kind = "letters.lead_appointed"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("You lead a letter of your network now.")


@register
class ReplacementAsked(AboutLeads):
    """To the network's other coordinators: a lead is away, a second one has to agree."""

    kind = "letters.replacement_asked"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A coordinator asks to replace a lead who is away. Do you agree?")


@register
class LeadReplaced(AboutLeads):
    """To the lead who was away: somebody else leads the letter now."""

    kind = "letters.lead_replaced"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("You were away, and the network's coordinators let somebody else lead a letter.")


@register
class Paused(AboutALetter):
    """To the other coordinators: a lead paused a letter."""

    kind = "letters.paused"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter that you coordinate was paused.")


@register
class Resumed(AboutALetter):
    """To the other coordinators: a letter goes on."""

    kind = "letters.resumed"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A letter that you coordinate goes on.")


@register
class Corrected(AboutALetter):
    """To everyone who signed the earlier text: it was corrected, sign again if you agree."""

    kind = "letters.corrected"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _(
            "The text of a letter that you signed was corrected. Your name does not stand under "
            "the corrected text until you sign it."
        )


@register
class TranslationFixed(AboutALetter):
    """To the other coordinators: a translation was fixed."""

    kind = "letters.translation_fixed"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A translation of a letter that you coordinate was fixed.")


@register
class CorrectionBegun(AboutALetter):
    """To the other coordinators: somebody corrects the text."""

    kind = "letters.correction_begun"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("A correction of a letter that you coordinate was begun.")


@register
class TextCorrected(AboutALetter):
    """To the other coordinators: the corrected text is in force."""

    kind = "letters.text_corrected"

    def notice(self) -> str:
        """Return the sentence shown in the portal."""
        return _("The text of a letter that you coordinate was corrected.")
