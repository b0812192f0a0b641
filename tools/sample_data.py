"""Writes the data of the samples: `python -m tools.sample_data`; `--check` only compares."""

import sys
from pathlib import Path

from tools import equipment, learning

ROOT = Path(__file__).parent.parent
SAMPLES = {"sample_workspace/data": learning.make, "templates/starters/equipment/data": equipment.make}


def main() -> int:
    """Write the tables that differ, or with --check say which do."""
    stale = []
    for folder, make in SAMPLES.items():
        for name, text in make().files().items():
            path = ROOT / folder / name
            if path.exists() and path.read_bytes() == text.encode():
                continue
            stale.append(f"{folder}/{name}")
            if "--check" not in sys.argv:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8", newline="\n")
    sys.stderr.write("".join(f"{'stale' if '--check' in sys.argv else 'wrote'} {name}\n" for name in stale))
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
