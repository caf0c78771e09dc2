"""Lists that the Office edits in the Django admin. Seeded by a migration, public, unguarded."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.models.taxonomies import Taxonomy


class Topic(Taxonomy):
    """What an ask is about; several may apply."""

    class Meta(Taxonomy.Meta):
        db_table = "recommendations_topic"
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class ActionAsked(Taxonomy):
    """What an addressee is asked to do."""

    class Meta(Taxonomy.Meta):
        db_table = "recommendations_action"
        verbose_name = _("action asked")
        verbose_name_plural = _("actions asked")


class Addressee(Taxonomy):
    """Who is asked: often not the Office."""

    mandate = models.CharField(_("mandate in one line"), max_length=240, blank=True)

    class Meta(Taxonomy.Meta):
        db_table = "recommendations_addressee"
        verbose_name = _("addressee")
        verbose_name_plural = _("addressees")


class RefusalReason(Taxonomy):
    """Why an ask is not accepted, or not wholly; an answer adds its own words."""

    class Meta(Taxonomy.Meta):
        db_table = "recommendations_reason"
        verbose_name = _("reason of a refusal")
        verbose_name_plural = _("reasons of a refusal")
