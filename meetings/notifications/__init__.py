"""What this room tells people. Each message names nobody: no name, no purpose, no time.

meetings.py      about a meeting; they lead to its page
invitations.py   with a calendar file, about a CalendarStep
telling.py       tell(): to several people at once
"""

from meetings.notifications import invitations, meetings
from meetings.notifications.telling import tell

__all__ = ["invitations", "meetings", "tell"]
