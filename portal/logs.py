"""Logs as fields. No query strings, no addresses: a log is read by people who may not see names."""

from __future__ import annotations

import re
from ipaddress import ip_address
from typing import Any

import structlog

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
NETWORK = re.compile(
    r"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}(?!\w)"
    r"|[0-9a-fA-F:]*:[0-9a-fA-F:]*:[0-9a-fA-F:.]+(?![\w:]))"
)
QUERY = re.compile(r"\?[^\s\"']+")
KEYS = re.compile(
    r"(/(?:invitation|vouch|outside|mine|invited)/)[^\s\"'/]+"
)  # addresses that open something


def without_personal_data(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    """Take e-mail addresses, query strings and codes out of every text field of a log entry."""
    for key, value in event.items():
        if isinstance(value, str):
            plain = KEYS.sub(r"\1…", QUERY.sub("?…", ADDRESS.sub("(address)", value)))
            event[key] = NETWORK.sub(_without_visitor, plain)
    return event


def _without_visitor(found: re.Match[str]) -> str:
    """Keep our own machines, which have private addresses; a visitor's says where somebody is."""
    try:
        return "(network)" if ip_address(found[0]).is_global else found[0]
    except ValueError:  # a time, a fingerprint
        return found[0]


PROCESSORS = [
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.format_exc_info,
    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
    without_personal_data,
    structlog.processors.LogfmtRenderer(sort_keys=False, bool_as_flag=False),
]
