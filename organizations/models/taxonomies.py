"""Lists that the Office edits in the Django admin. Seeded by a migration, public, unguarded."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Taxonomy(models.Model):
    """A word of a list; retired words stay on what carries them and are offered no more."""

    key = models.SlugField(_("key"), max_length=40, unique=True)
    label = models.CharField(_("label"), max_length=240)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    retired = models.BooleanField(_("no longer offered"), default=False)

    class Meta:
        abstract = True
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return self.translated()

    def translated(self) -> str:
        """Return the label in the reader's language where the catalogue knows it."""
        return gettext(self.label)


class Pillar(Taxonomy):
    """A pillar of the Global Counter-Terrorism Strategy (A/RES/60/288). `key` is i, ii, iii, iv."""

    class Meta(Taxonomy.Meta):
        db_table = "organizations_pillar"
        verbose_name = _("pillar")
        verbose_name_plural = _("pillars")

    @property
    def numeral(self) -> str:
        """Return the Roman numeral that people say: "IV"."""
        return self.key.upper()


class OrganizationKind(Taxonomy):
    """A kind of civil society organization; several may apply to one."""

    class Meta(Taxonomy.Meta):
        db_table = "organizations_kind"
        verbose_name = _("kind of organization")
        verbose_name_plural = _("kinds of organization")
