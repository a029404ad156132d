"""See to it that the browser tests have a Chromium and Chinese fonts, or say by name what is missing.

On Debian as root both are installed. Elsewhere nothing is changed: the tests that need them are skipped with the
sentence printed here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

PACKAGES = ("chromium", "fonts-noto-cjk")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser's path: ``QIHOU_CHROMIUM`` first, then the usual names."""
    return os.environ.get("QIHOU_CHROMIUM") or next((p for n in NAMES if (p := shutil.which(n))), None)


def chinese_fonts() -> bool:
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh-cn"], capture_output=True, text=True, check=False).stdout.strip())


def main() -> int:
    if chromium() and chinese_fonts():
        return 0
    debian = Path("/etc/debian_version").exists() and shutil.which("apt-get")
    if debian and os.geteuid() == 0:
        print(f"browser: installing {' and '.join(PACKAGES)} (Debian)")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=env, check=False, stdout=subprocess.DEVNULL)
        command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES, "fontconfig"]
        done = subprocess.run(command, env=env, check=False, stdout=subprocess.DEVNULL)
        if done.returncode == 0 and chromium():
            return 0
    print(
        "browser: no Chromium with Chinese fonts here and none could be installed; the tests marked `browser` will be "
        "skipped. Install Chromium and Noto Sans CJK, or set QIHOU_CHROMIUM to a Chromium's path."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
