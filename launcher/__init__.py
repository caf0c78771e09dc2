"""Starts the portal and the servers it stands on, from nothing.

The standard library is all that this package needs: it runs before anything is installed. It
imports nothing of the project, and only manage.py, the tests and the benchmarks import it.
"""
