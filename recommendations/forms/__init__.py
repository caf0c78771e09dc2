"""What comes from people, cleaned."""

from recommendations.forms.answering import (
    AnswerForm,
    AssignForm,
    ReportForm,
)
from recommendations.forms.desk import JoinForm, LinkForm
from recommendations.forms.drafting import BeginForm, DraftForm, EnterForm, LevelForm
from recommendations.forms.filters import PublicFilter, TriageFilter

__all__ = [
    "AnswerForm",
    "AssignForm",
    "BeginForm",
    "DraftForm",
    "EnterForm",
    "JoinForm",
    "LevelForm",
    "LinkForm",
    "PublicFilter",
    "ReportForm",
    "TriageFilter",
]
