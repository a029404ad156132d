"""Make the environment: ``python3 tools/setup.py run|dev|oracle``. Standard library only, since nothing else is there yet.

Installs the hash-locked requirements into ``.venv`` and the front-end libraries from npm, each only when its lock
file has changed since the last time. ``oracle`` installs the program that ours is held against into ``.venv-oracle``.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
ORACLE = ROOT / ".venv-oracle"
INSIDE = "Scripts/python.exe" if os.name == "nt" else "bin/python"
PYTHON = VENV / INSIDE


def stop(sentence: str) -> None:
    print(f"setup: {sentence}", file=sys.stderr)
    raise SystemExit(1)


def call(*command: str | Path, what: str) -> None:
    """Run a step; when it fails, its own output has been shown and one sentence says which step it was."""
    result = subprocess.run([str(c) for c in command], cwd=ROOT, check=False)
    if result.returncode:
        stop(f"{what} failed (see the lines above). Nothing was half-installed that a second run would not repair.")


def digest(*paths: Path) -> str:
    h = hashlib.sha256(sys.version.encode())
    for path in paths:
        h.update(path.read_bytes())
    return h.hexdigest()


def check_python() -> None:
    if sys.version_info[:2] != (3, 11):
        found = ".".join(map(str, sys.version_info[:3]))
        stop(f"Qihou needs Python 3.11 and this is {found}; run `make PYTHON=/path/to/python3.11 run`.")
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        stop("this Python has no pip; install it (Debian: apt-get install python3-pip) and try again.")


def install(venv: Path, lock: Path) -> list[str | Path]:
    """Put the locked requirements into an environment, made where there is none; what installs further things into it."""
    python = venv / INSIDE
    if not python.exists():
        print(f"setup: making the environment in {venv.name}")
        call(sys.executable, "-m", "venv", "--without-pip", venv, what="making the environment")
    print(f"setup: installing the locked requirements ({lock.relative_to(ROOT)}); the first time takes a minute or two")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--disable-pip-version-check"]
    call(*pip, "--require-hashes", "-r", lock, what="installing the requirements")
    return pip


def oracle() -> None:
    """The other inventory program, apart from ours: it needs an older numpy."""
    lock, stamp = ROOT / "requirements" / "oracle.txt", ORACLE / ".installed"
    if not stamp.exists() or stamp.read_text() != digest(lock):
        install(ORACLE, lock)
        stamp.write_text(digest(lock))


def environment(kind: str) -> None:
    lock = ROOT / "requirements" / f"{kind}.txt"
    stamp = VENV / f".installed-{kind}"
    wanted = digest(lock)
    dev_stamp = VENV / ".installed-dev"
    fresh = stamp.exists() and stamp.read_text() == wanted
    if kind == "run" and dev_stamp.exists() and dev_stamp.read_text() == digest(ROOT / "requirements" / "dev.txt"):
        fresh = True  # the larger set holds the smaller
    if fresh:
        return
    pip = install(VENV, lock)
    call(*pip, "--no-deps", "--no-build-isolation", "-e", ROOT, what="installing Qihou itself")
    stamp.write_text(wanted)


def assets() -> None:
    """Front-end libraries; the tool runs in the new environment because npm may come from there."""
    stamp = VENV / ".installed-assets"
    wanted = digest(ROOT / "package-lock.json", ROOT / "tools" / "assets.py")
    vendor = ROOT / "src/qihou/face/static/vendor"
    if stamp.exists() and stamp.read_text() == wanted and vendor.is_dir():
        return
    print("setup: installing the front-end libraries")
    call(PYTHON, ROOT / "tools" / "assets.py", what="installing the front-end libraries")
    stamp.write_text(wanted)


def main() -> None:
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    if kind not in ("run", "dev", "oracle"):
        stop("say `run`, `dev` or `oracle`")
    check_python()
    if kind == "oracle":
        oracle()
        return
    environment(kind)
    assets()
    call(PYTHON, ROOT / "tools" / "messages.py", "compile", what="compiling the translations")


if __name__ == "__main__":
    main()
