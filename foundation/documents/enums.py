"""Words for where a document stands, and for what the renderer is doing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    """What the renderer is doing; the label is what the waiting person reads."""

    WAITING = "waiting", _("Waiting for its turn")
    READING = "reading", _("Reading the text")
    LAYING_OUT = "laying_out", _("Laying out the pages")
    WRITING = "writing", _("Writing the file")
    SEALING = "sealing", _("Setting the seal")
    STORING = "storing", _("Putting it away safely")
    DONE = "done", _("Done")
