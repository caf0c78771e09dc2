"""The demo: sign-in buttons, a mailbox page, invented data. Only portal/settings/demo.py lists it."""
