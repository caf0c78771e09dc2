"""The app of the workflow: it brings the command that writes docs/states.md."""

from __future__ import annotations

from django.apps import AppConfig


class WorkflowConfig(AppConfig):
    """No models; commands only."""

    name = "foundation.workflow"
    label = "workflow"
