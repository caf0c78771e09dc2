"""What the worker for documents does for the benchmark. Known under bench.settings only."""

from __future__ import annotations

import gc
import json
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from celery import shared_task
from django.utils import translation


@shared_task(name="bench.measure_rendering")
def measure_rendering(pk: str, turns: int, target: str) -> None:
    """Write {"ours": [...], "floor": [...]}, CPU seconds a turn, with the pages of the letter and
    the highest memory of this process in MB, as JSON to `target`."""
    try:
        answer: dict[str, Any] = _measure(pk, turns)
    except Exception as error:
        answer = {"error": f"{type(error).__name__}: {error}"}
    draft = Path(f"{target}.new")
    draft.write_text(json.dumps(answer))
    draft.rename(target)


def _measure(pk: str, turns: int) -> dict[str, Any]:
    from foundation.documents.models import Document
    from foundation.documents.tasks import settle_in

    settle_in()  # what the first document of a worker does
    document = Document.objects.unguarded("the benchmark's own document").get(pk=pk)
    with translation.override(document.language):
        sheet = document.described.sheet(document)
        reason = document.described.reason(document)
        ours, floor = _ours(sheet, reason), _floor(sheet)
        if turns > 1:  # a long one comes last, in a worker that is warm by then
            ours()
            floor()
        found: dict[str, list[float]] = {"ours": [], "floor": []}
        last = b""
        for turn in range(turns):
            pair = [("ours", ours), ("floor", floor)]
            for name, job in reversed(pair) if turn % 2 else pair:
                seconds, data = _cpu_seconds(job)
                found[name].append(seconds)
                if name == "ours":
                    last = data
                    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _check(last)
    return {**found, "pages": _pages(last), "megabytes": memory / 1024}


def _pages(data: bytes) -> int:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def _ours(sheet: Any, reason: str) -> Callable[[], bytes]:
    """What a worker does between the HTML and the sealed bytes."""
    from foundation.documents.provider import seal_provider
    from foundation.documents.rendering import render_pdf
    from foundation.documents.sealing import seal

    return lambda: seal(render_pdf(sheet), seal_provider().identity(), reason)


def _floor(sheet: Any) -> Callable[[], bytes]:
    """WeasyPrint alone: the same HTML, variant, fonts, font configuration and parsed style sheet."""
    from weasyprint import HTML

    from foundation.documents.fonts import font_configuration, style
    from foundation.documents.rendering import VARIANT

    look = style(sheet.css)

    def bare() -> bytes:
        data: bytes = HTML(string=sheet.html, media_type="print").write_pdf(
            pdf_variant=VARIANT,
            font_config=font_configuration(),
            counter_style=look.counters.copy(),
            stylesheets=[look.css],
        )
        return data

    return bare


def _check(sealed: bytes) -> None:
    """What is measured must be what is handed out: a file whose seal is ours."""
    from foundation.documents.provider import seal_provider
    from foundation.documents.verification import verify

    verdict = verify(sealed, lambda file_hash: "", seal_provider().known())
    if not verdict.unchanged:
        raise AssertionError("the sealed letter does not verify")


def _cpu_seconds(job: Callable[[], bytes]) -> tuple[float, bytes]:
    """CPU seconds of the whole process, its threads included, and what the job made.

    The garbage of the turn before is taken out first: when Python would do that by itself depends
    on what ran before, and the same side would pay for both every time.
    """
    gc.collect()
    begin = time.process_time()
    data = job()
    return time.process_time() - begin, data
