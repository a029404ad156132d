"""Work the notebooks of docs/ without Jupyter: code cells in order, in one process in which Django cannot be imported.

python tools/notebooks.py           say which stored outputs differ from what the cells print
python tools/notebooks.py --write   store what they print
"""

from __future__ import annotations

import contextlib
import io
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = ROOT / "docs" / "notebooks"


class _Barred:
    """Refuses to find what a notebook must do without."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.partition(".")[0] in ("django", "sqlite3"):
            raise ImportError(f"{name} is barred: the kernel works without a database")


def worked(path: Path) -> list[str]:
    """What each code cell prints, worked in a process of its own.

    Raises:
        RuntimeError: a cell fails; the message is the cell's traceback.
    """
    done = subprocess.run([sys.executable, __file__, "--cells", str(path)], capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"{path.name}: {done.stderr}")
    found: list[str] = json.loads(done.stdout)
    return found


def stored(path: Path) -> list[str]:
    """The outputs kept in the file."""
    return ["".join(text for out in cell["outputs"] for text in out["text"]) for cell in _code(json.loads(path.read_text(encoding="utf-8")))]  # fmt: skip


def write(path: Path) -> None:
    """Store what the cells print."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for number, (cell, text) in enumerate(zip(_code(notebook), worked(path), strict=True), 1):
        cell["execution_count"] = number
        lines = text.splitlines(keepends=True)
        cell["outputs"] = [{"name": "stdout", "output_type": "stream", "text": lines}] if text else []
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _code(notebook: dict) -> list[dict]:  # type: ignore[type-arg]
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def _work_cells(path: Path) -> None:
    sys.meta_path.insert(0, _Barred())  # type: ignore[arg-type]
    names: dict[str, object] = {"__name__": "__main__"}
    found = []
    for number, cell in enumerate(_code(json.loads(path.read_text(encoding="utf-8"))), 1):
        told = io.StringIO()
        with contextlib.redirect_stdout(told):
            exec(compile("".join(cell["source"]), f"{path.name}, cell {number}", "exec"), names)
        found.append(told.getvalue())
    print(json.dumps(found))


def main() -> int:
    match sys.argv[1:]:
        case ["--cells", path]:
            _work_cells(Path(path))
            return 0
        case ["--write"]:
            for path in sorted(NOTEBOOKS.glob("*.ipynb")):
                write(path)
            return 0
        case _:
            differing = [path.name for path in sorted(NOTEBOOKS.glob("*.ipynb")) if worked(path) != stored(path)]
            print("\n".join(differing) or "all outputs are as stored")
            return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
