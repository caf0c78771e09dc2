"""What must come from the system: libraries of WeasyPrint, programs and fonts of the tests."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from launcher.console import Console
from launcher.folders import PYTHON
from launcher.processes import LauncherError

APT = "apt-get"
PANGO_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")
PANGO_LIBRARIES = (
    "libgobject-2.0.so.0",
    "libpango-1.0.so.0",
    "libpangoft2-1.0.so.0",
    "libharfbuzz.so.0",
    "libfontconfig.so.1",
)
SUBSETTER = "libharfbuzz-subset.so.0"  # optional for WeasyPrint, and much faster with it

# Debian package → (how to see that it is there, what is skipped without it)
TEST_PACKAGES = {
    "chromium": ("chromium", "the journeys in a browser"),
    "poppler-utils": ("pdfsig", "the second opinions on our PDFs"),
    "qpdf": ("qpdf", "the check of the PDF's structure"),
    "fonts-noto-core": ("/usr/share/fonts/truetype/noto", "Arabic in pictures of pages"),
    "fonts-wqy-microhei": ("/usr/share/fonts/truetype/wqy", "Chinese in pictures of pages"),
}


def can_apt() -> bool:
    """Tell whether we may install packages of the system here."""
    return os.name == "posix" and os.geteuid() == 0 and shutil.which(APT) is not None


def apt_install(packages: Sequence[str]) -> bool:
    """Install packages of the system, without a question asked; True when that worked."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends"]):
        command = [APT, *words, *(packages if words[0] == "install" else ())]
        answer = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
    return answer.returncode == 0


def loads(library: str) -> bool:
    """Tell whether the loader of the system finds a library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_pango() -> bool:
    """Tell whether WeasyPrint finds its libraries; asks WeasyPrint itself only in doubt (slow)."""
    if sys.platform.startswith("linux") and all(loads(name) for name in PANGO_LIBRARIES):
        return True
    answer = subprocess.run(
        [str(PYTHON), "-c", "import weasyprint"], capture_output=True, check=False
    )
    return answer.returncode == 0


def need_pango(console: Console) -> None:
    """Install Pango where we may. Raises LauncherError with the command to type where not."""
    complete = has_pango()
    if complete and (loads(SUBSETTER) or not can_apt()):
        return
    if can_apt():
        with console.step("Installing Pango, the system library that sets type in PDFs"):
            apt_install(PANGO_PACKAGES)
        complete = has_pango()
    if complete:
        return
    by_brew = sys.platform == "darwin"
    command = "brew install pango" if by_brew else f"sudo {APT} install {' '.join(PANGO_PACKAGES)}"
    raise LauncherError(f"Pango, the system library that sets type in PDFs, is missing: {command}")


def is_there(mark: str) -> bool:
    """Tell whether a program (a name) or a folder (a path) exists."""
    return Path(mark).exists() if mark.startswith("/") else shutil.which(mark) is not None


def need_test_programs(console: Console) -> None:
    """Install what the tests call, where we may; otherwise say in one line what will be skipped."""
    missing = [name for name, (mark, _) in TEST_PACKAGES.items() if not is_there(mark)]
    if missing and can_apt():
        with console.step(f"Installing {', '.join(missing)} for the tests"):
            apt_install(missing)
        missing = [name for name in missing if not is_there(TEST_PACKAGES[name][0])]
    if missing:
        skipped = "; ".join(f"{name}: {TEST_PACKAGES[name][1]}" for name in missing)
        console.say(
            f"Not installed, so that tests are skipped ({skipped})."
            f" Type: sudo {APT} install {' '.join(missing)}"
        )
