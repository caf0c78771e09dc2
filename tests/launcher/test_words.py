"""Lists that must keep up with the code: the settings' example and the contracts of the house."""

import configparser
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
READ = re.compile(r"""(?:env\.\w+|require|environ\.get)\(\s*"([A-Z_]+)\"""")
SECRET = re.compile(r"""read_secret\(\s*"([A-Z_]+)\"""")
DOORS = ("urls", "admin", "views", "forms", "tasks", "receivers")
ROOMS = ("accounts", "organizations", "letters")


def test_every_setting_is_explained() -> None:
    example = (ROOT / ".env.example").read_text()
    source = "".join(
        (ROOT / "portal" / "settings" / f"{name}.py").read_text() for name in ("base", "demo")
    )
    names = {*READ.findall(source), *(f"{name}_FILE" for name in SECRET.findall(source))}
    assert len(names) > 20
    missing = {name for name in names if not re.search(rf"^(# )?{name}=", example, re.M)}
    assert not missing


@pytest.mark.parametrize("room", ROOMS)
def test_every_door_of_a_room_is_protected(room: str) -> None:
    contracts = configparser.ConfigParser()
    contracts.read(ROOT / ".importlinter")
    section = f"importlinter:contract:doors-{room}"
    there = {
        f"{room}.{door}"
        for door in DOORS
        if (ROOT / room / f"{door}.py").exists() or (ROOT / room / door / "__init__.py").exists()
    }
    named = contracts.get(section, "protected_modules", fallback="").split()
    assert there == set(named)
