"""What this room keeps of people, how long and why: the table, and the jobs that keep its word."""

from letters.retention import jobs, rows

__all__ = ["jobs", "rows"]
