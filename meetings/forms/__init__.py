"""What comes from people, cleaned."""

from meetings.forms.answering import (
    AssignForm,
    CommitmentForm,
    HoldForm,
    NoteForm,
    WordForm,
    reason_form,
)
from meetings.forms.clocks import ChooseForm, MoveForm, OtherTimesForm, ProposeForm, WindowsForm
from meetings.forms.drafting import (
    BeginForm,
    DraftForm,
    LevelForm,
    NamedForm,
    ParticipantForm,
    StyleForm,
)
from meetings.forms.filters import DeskFilter

__all__ = [
    "AssignForm",
    "BeginForm",
    "ChooseForm",
    "CommitmentForm",
    "DeskFilter",
    "DraftForm",
    "HoldForm",
    "LevelForm",
    "MoveForm",
    "NamedForm",
    "NoteForm",
    "OtherTimesForm",
    "ParticipantForm",
    "ProposeForm",
    "StyleForm",
    "WindowsForm",
    "WordForm",
    "reason_form",
]
