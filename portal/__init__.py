"""The roof: settings, addresses of pages, the workers' application. Imported by nobody below."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
