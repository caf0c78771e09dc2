"""An organization, an independent expert, and what both have: a level, a state, a clock."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.confidentiality import Level
from foundation.confidentiality.models import ReferencedModel
from foundation.confidentiality.references import new_reference, new_secret
from organizations.countries import COUNTRIES, country_name
from organizations.enums import (
    REGISTRATION_LEVELS,
    EcosocStatus,
    OfficialLanguage,
    RegistrationState,
    Scope,
)
from organizations.models.taxonomies import OrganizationKind, Pillar
from organizations.querysets import ExpertQuerySet, OrganizationQuerySet
from organizations.querysets.parts import folded
from organizations.transitions import REGISTRATION


def name_key(name: str) -> str:
    """Return what two spellings of one name have in common: letters and digits, without accents."""
    return "".join(char for char in folded(name) if char.isalnum())


def organization_reference() -> str:
    """Return a fresh reference such as ORG-2026-7K3QXP."""
    return new_reference("ORG", timezone.now().date())


def expert_reference() -> str:
    """Return a fresh reference such as EXP-2026-7K3QXP."""
    return new_reference("EXP", timezone.now().date())


class Registration(ReferencedModel):
    """What organizations and experts share; the way of both is the machine `REGISTRATION`."""

    column = ""  # how papers and decisions name it: "organization" or "expert"

    level = models.PositiveSmallIntegerField(
        choices=[(level.value, level.label) for level in REGISTRATION_LEVELS], default=Level.OFFICE
    )
    state = models.CharField(
        max_length=20, choices=RegistrationState.choices, default=RegistrationState.DRAFT
    )
    name = models.CharField(_("name"), max_length=250, blank=True)
    name_language = models.CharField(max_length=8, blank=True)
    other_names = models.JSONField(default=list, blank=True)
    languages = ArrayField(
        models.CharField(max_length=2, choices=OfficialLanguage.choices), default=list, blank=True
    )
    pillars = models.ManyToManyField(Pillar, blank=True, related_name="+")
    place_as_stated = models.CharField(max_length=120, blank=True)
    website = models.URLField(max_length=300, blank=True)
    about = models.TextField(blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    decide_by = models.DateField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    appeal_text = models.TextField(blank=True)
    name_key = models.CharField(max_length=250, blank=True, editable=False, db_index=True)
    search_text = models.TextField(blank=True, editable=False)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=RegistrationState.values), name="%(class)s_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=[level.value for level in REGISTRATION_LEVELS]),
                name="%(class)s_level_is_one_of_three",
            ),
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.VETTED) | Q(valid_until__isnull=False),
                name="%(class)s_vetting_has_an_end",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[RegistrationState.DRAFT, RegistrationState.ARCHIVED])
                | (Q(submitted_at__isnull=False) & ~Q(name="")),
                name="%(class)s_sent_has_name_and_date",
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what is searched beside what is shown."""
        self.fold_words()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "name_key", "search_text"}
        super().save(*args, **kwargs)

    def fold_words(self) -> None:
        """Put what is searched beside what is shown."""
        self.name_key = name_key(self.name)[:250]
        self.search_text = folded("\n".join(self._searched()))

    def _searched(self) -> Iterator[str]:
        yield self.name
        for other in self.other_names:
            yield other["name"]

    def printed_name(self) -> str:
        """Return the name as it is printed in a letter."""
        return self.name

    def printed_country(self, language: str = "en") -> str:
        """Return the UN name of its country in `language`, its own words for a place, or ""."""
        code = self.country_code
        return country_name(code, language) if code in COUNTRIES else self.place_as_stated

    def get_absolute_url(self) -> str:
        """Return the address of its page."""
        return reverse("organizations:detail", args=[self.pk])

    @property
    def country_code(self) -> str:
        """Return the alpha-2 code of the country it stands under, or ""."""
        raise NotImplementedError

    @property
    def is_vetted(self) -> bool:
        """Tell whether the vetting holds today."""
        today = timezone.now().date()
        return (
            self.state == RegistrationState.VETTED
            and self.valid_until is not None
            and self.valid_until >= today
        )

    @property
    def labels(self) -> Any:
        """Return the labels and tone of where it stands today, whether or not the clock has run."""
        over = self.state == RegistrationState.VETTED and not self.is_vetted
        return REGISTRATION.states[RegistrationState.EXPIRED if over else self.state]


class Organization(Registration):
    """A civil society organization."""

    column = "organization"

    reference = models.CharField(max_length=20, unique=True, default=organization_reference)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kinds = models.ManyToManyField(OrganizationKind, blank=True, related_name="+")
    country_of_registration = models.CharField(max_length=2, blank=True)
    countries_of_work = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    scope = models.CharField(max_length=16, choices=Scope.choices, blank=True)
    ecosoc_status = models.CharField(
        max_length=16, choices=EcosocStatus.choices, default=EcosocStatus.NONE
    )
    without_papers = models.BooleanField(default=False)
    vouch_code = models.CharField(max_length=40, unique=True, default=new_secret)

    objects = OrganizationQuerySet.as_manager()

    class Meta(Registration.Meta):
        db_table = "organizations_organization"

    def _searched(self) -> Iterator[str]:
        yield from super()._searched()
        yield self.acronym

    def printed_name(self) -> str:
        """Return the name as it is printed in a letter: "Centre for Open Justice (COJ)"."""
        return f"{self.name} ({self.acronym})" if self.acronym else self.name

    @property
    def country_code(self) -> str:
        """Return its country of registration, else the only country it works in, else ""."""
        if self.country_of_registration:
            return self.country_of_registration
        return self.countries_of_work[0] if len(self.countries_of_work) == 1 else ""


class Expert(Registration):
    """A person who takes part in a personal capacity. One entry a person, for good."""

    column = "expert"

    reference = models.CharField(max_length=20, unique=True, default=expert_reference)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expert"
    )
    title = models.CharField(max_length=160, blank=True)
    country_of_residence = models.CharField(max_length=2, blank=True)

    objects = ExpertQuerySet.as_manager()

    class Meta(Registration.Meta):
        db_table = "organizations_expert"

    def printed_name(self) -> str:
        """Return the name as it is printed in a letter: "Dr. Lena Hartwig, Senior Lecturer"."""
        return f"{self.name}, {self.title}" if self.title else self.name

    @property
    def country_code(self) -> str:
        """Return the country of residence, or ""."""
        return self.country_of_residence
