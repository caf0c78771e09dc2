"""What comes from people, cleaned."""

from organizations.forms.decisions import AppealForm, DecisionForm, VouchForm
from organizations.forms.details import (
    ExpertNamesForm,
    ExpertWorkForm,
    OrganizationNamesForm,
    OrganizationWorkForm,
)
from organizations.forms.filters import ExpertFilter, OrganizationFilter
from organizations.forms.people import (
    CoordinatorForm,
    InviteForm,
    MandateForm,
    NetworkForm,
    ProposeForm,
    RoleForm,
    VouchCodeForm,
)
from organizations.forms.visibility import BeginForm, LevelForm, PaperForm

__all__ = [
    "AppealForm",
    "BeginForm",
    "CoordinatorForm",
    "DecisionForm",
    "ExpertFilter",
    "ExpertNamesForm",
    "ExpertWorkForm",
    "InviteForm",
    "LevelForm",
    "MandateForm",
    "NetworkForm",
    "OrganizationFilter",
    "OrganizationNamesForm",
    "OrganizationWorkForm",
    "PaperForm",
    "ProposeForm",
    "RoleForm",
    "VouchCodeForm",
    "VouchForm",
]
