"""What comes from people, cleaned."""

from letters.forms.asks import MarkForm, OwnerForm, UndoForm
from letters.forms.by_mail import CodeForm, OutsideForm, SignByLinkForm
from letters.forms.drafting import BringInForm, DraftForm
from letters.forms.exporting import LayoutForm
from letters.forms.invalidating import WaveForm
from letters.forms.inviting import AddressesForm, DeclineForm, InviteForm
from letters.forms.names import LineForm, OrderForm, PasteForm, ReasonForm
from letters.forms.registering import DeliverForm, RegisterFilter
from letters.forms.replying import ReplyForm
from letters.forms.signing import ModeForm, SignForm, WithdrawForm
from letters.forms.unsealing import UnsealForm

__all__ = [
    "AddressesForm",
    "BringInForm",
    "CodeForm",
    "DeclineForm",
    "DeliverForm",
    "DraftForm",
    "InviteForm",
    "LayoutForm",
    "LineForm",
    "MarkForm",
    "ModeForm",
    "OrderForm",
    "OutsideForm",
    "OwnerForm",
    "PasteForm",
    "ReasonForm",
    "RegisterFilter",
    "ReplyForm",
    "SignByLinkForm",
    "SignForm",
    "UndoForm",
    "UnsealForm",
    "WaveForm",
    "WithdrawForm",
]
