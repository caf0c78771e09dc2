"""People: accounts, sign-in, roles of staff, preferences. Knows no room of the subject."""
