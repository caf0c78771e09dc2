"""Invitations to a calendar: facts in, the bytes of one iCalendar file out. Knows no table.

invitation.py   Invitation: what one file says, checked
writing.py      write(): the file
"""

from meetings.calendars.invitation import Invitation
from meetings.calendars.writing import write

__all__ = ["Invitation", "write"]
