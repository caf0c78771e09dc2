"""Words for where a document stands, and for what the renderer is doing."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a document stands. Told by the columns of its lease, so the two can never disagree."""

    REQUESTED = "requested", _("Waiting to be made")
    RENDERING = "rendering", _("Being made")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Could not be made")


class Stage(models.TextChoices):
    """What the renderer is doing; the label is what the waiting person reads."""

    WAITING = "waiting", _("Waiting for its turn")
    READING = "reading", _("Reading the text")
    LAYING_OUT = "laying_out", _("Laying out the pages")
    WRITING = "writing", _("Writing the file")
    SEALING = "sealing", _("Setting the seal")
    STORING = "storing", _("Putting it away safely")
    DONE = "done", _("Done")

    @property
    def percent(self) -> int:
        """How far along a document at this stage usually is, from 0 to 100."""
        return PERCENT[self]


PERCENT = {
    Stage.WAITING: 0,
    Stage.READING: 10,
    Stage.LAYING_OUT: 30,
    Stage.WRITING: 70,
    Stage.SEALING: 90,
    Stage.STORING: 95,
    Stage.DONE: 100,
}
