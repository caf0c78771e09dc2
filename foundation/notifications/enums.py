"""Named sets of this package; imports nothing of it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DismissReason(models.TextChoices):
    """Why a member of staff gives up a piece of work. A list, so that no name ends up in it."""

    ADDRESS = "address", _("The address does not exist any more")
    REFUSED = "refused", _("The other side refuses our mail for good")
    TOLD_OTHERWISE = "told-otherwise", _("The person was told in another way")
    OVERTAKEN = "overtaken", _("It is no longer of use")
