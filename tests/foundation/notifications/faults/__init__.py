"""Processes that are really killed. `settings.py` and `told.py` are for those processes."""
