"""What comes from people, cleaned."""

from letters.forms.asks import MarkForm, OwnerForm, UndoForm
from letters.forms.drafting import BringInForm, DraftForm
from letters.forms.exporting import LayoutForm
from letters.forms.inviting import DeclineForm, InviteForm
from letters.forms.names import LineForm, PasteForm, ReasonForm
from letters.forms.signing import ModeForm, SignForm, WithdrawForm

__all__ = [
    "BringInForm",
    "DeclineForm",
    "DraftForm",
    "LayoutForm",
    "InviteForm",
    "LineForm",
    "MarkForm",
    "ModeForm",
    "OwnerForm",
    "PasteForm",
    "ReasonForm",
    "SignForm",
    "UndoForm",
    "WithdrawForm",
]
