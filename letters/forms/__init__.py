"""What comes from people, cleaned."""

from letters.forms.drafting import BringInForm, DraftForm
from letters.forms.names import LineForm, PasteForm, ReasonForm
from letters.forms.signing import SignForm, WithdrawForm

__all__ = [
    "BringInForm",
    "DraftForm",
    "LineForm",
    "PasteForm",
    "ReasonForm",
    "SignForm",
    "WithdrawForm",
]
