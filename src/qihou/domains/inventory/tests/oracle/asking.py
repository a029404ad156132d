"""Asking the other inventory program, which lives in an environment of its own (``make test-oracle`` makes it)."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from qihou.domains.inventory.tests.oracle.ask_bonsai import MARK

CHECKOUT = Path(__file__).resolve().parents[6]
PYTHON = CHECKOUT / ".venv-oracle" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
WHY_NOT = "bonsai-ipcc is not at hand; `make test-oracle` installs it in .venv-oracle and runs this group"


def is_there() -> bool:
    """Whether the oracle's environment was made here."""
    return PYTHON.exists()


def ask(questions: dict[str, Any]) -> dict[str, Any]:
    """All answers of one run, with ``version`` and ``import_seconds``; half a minute and more passes.

    Args:
        questions: name of a function of ``ask_bonsai`` to its arguments.

    Raises:
        RuntimeError: the oracle's own words, where it did not answer.
    """
    script = Path(__file__).with_name("ask_bonsai.py")
    done = subprocess.run([PYTHON, script], input=json.dumps(questions), capture_output=True, text=True, check=False)
    for line in done.stdout.splitlines():
        if line.startswith(MARK):
            found: dict[str, Any] = json.loads(line.removeprefix(MARK))
            return found
    raise RuntimeError(f"bonsai-ipcc did not answer:\n{done.stderr[-2000:]}")
