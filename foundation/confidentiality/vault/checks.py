"""A system check: the keys are there and well formed."""

from __future__ import annotations

from typing import Any

from django.core.checks import Error, register

from foundation.confidentiality.vault.keys import VaultMisconfigured, blind_key, ring

HINT = "See .env.example; `make run` and docker/keys.py make both keys once."


@register()
def keys_of_the_vault_are_well_formed(app_configs: Any, **kwargs: Any) -> list[Error]:
    """Return an error for each key that the vault could not use."""
    errors = []
    for number, look in ((2, ring), (3, blind_key)):
        try:
            look()
        except VaultMisconfigured as error:
            errors.append(Error(str(error), hint=HINT, id=f"confidentiality.E00{number}"))
    return errors
