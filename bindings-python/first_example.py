"""The first example of the README, run by the wheel in dist/ alone: in a venv of its own, where
nothing of this tree can be found."""

import re
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

HERE = Path(__file__).resolve().parent
SAYS = "evt_1 invoice.paid"


def main() -> None:
    (wheel,) = (HERE / "dist").glob("*.whl")
    readme = (HERE / "README.md").read_text("utf-8")
    example = re.findall(r"```python\n(.*?)```", readme, re.DOTALL)[0]
    with tempfile.TemporaryDirectory() as place:
        venv.create(f"{place}/venv", with_pip=True)
        folder = "Scripts" if sys.platform == "win32" else "bin"
        python = [str(Path(place, "venv", folder, "python")), "-I"]
        install = [*python, "-m", "pip", "install", "--quiet", "--no-index"]
        subprocess.run([*install, "--disable-pip-version-check", str(wheel)], check=True, cwd=place)
        run = [*python, "-c", f"{example}\nprint(hookseal.__file__)"]
        said = subprocess.run(run, check=True, cwd=place, stdout=subprocess.PIPE, text=True).stdout
        first, _, where = said.partition("\n")
        is_there = Path(where.strip()).resolve().is_relative_to(Path(place).resolve())
        if first != SAYS or not is_there:
            sys.exit(f"the first example said, and where it was imported from: {said}")
    print(f"the first example runs with {wheel.name}")


if __name__ == "__main__":
    main()
