"""The commands of the project: listed, locked, and contracts between packages that hold."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.site.checkout import CHECKOUT

PROGRAMS = Path(sys.executable).parent
MAKEFILE = (CHECKOUT / "Makefile").read_text()
LOCK = tomllib.loads((CHECKOUT / "uv.lock").read_text())


def pins(requirements: str) -> dict[tuple[str, str], set[str]]:
    """(name, version) -> hashes, of a file of requirements."""
    found = {}
    for block in re.split(r"\n(?=\S)", requirements):
        if named := re.match(r"([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", block):
            found[named.group(1), named.group(2)] = set(re.findall(r"sha256:\w+", block))
    return found


def locked() -> dict[tuple[str, str], set[str]]:
    """(name, version) -> hashes, of everything in the lock."""
    return {
        (package["name"], package["version"]): {
            file["hash"] for file in [*package.get("wheels", []), package.get("sdist")] if file
        }
        for package in LOCK["package"]
    }


def runtime_names() -> set[str]:
    """What runs the product, by walking the lock from its own dependencies and extras."""
    by_name = {package["name"]: package for package in LOCK["package"]}
    waiting = [("auditapp", frozenset(["postgres"]))]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in seen:
            continue
        seen.add((name, extras))
        package = by_name[name]
        optional = package.get("optional-dependencies", {})
        needed = package.get("dependencies", []) + [d for e in extras for d in optional.get(e, [])]
        waiting += [(d["name"], frozenset(d.get("extra", []))) for d in needed]
    return {name for name, _extras in seen} - {"auditapp"}


def test_every_target_of_the_makefile_says_what_it_does():
    targets = set(re.findall(r"^([a-z][a-z-]*):(?!=)", MAKEFILE, re.MULTILINE))
    told = subprocess.run(
        ["make", "help"], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    listed = set(re.findall(r"^  make ([a-z-]+)", told.stdout, re.MULTILINE))

    assert listed == targets - {"help"}


def test_make_alone_prints_the_help():
    alone, asked = (
        subprocess.run(["make", *words], cwd=CHECKOUT, capture_output=True, text=True, check=True)
        for words in ([], ["help"])
    )
    assert alone.stdout == asked.stdout


def test_the_requirements_for_pip_are_those_of_the_lock():
    exported = pins((CHECKOUT / "requirements.txt").read_text())
    of_the_lock = locked()

    assert {name for name, _version in exported} == runtime_names()
    assert {pin: of_the_lock.get(pin) for pin in exported} == exported


def test_the_lock_names_only_the_public_registry():
    sources = {str(package["source"]) for package in LOCK["package"]}
    files = [f["url"] for package in LOCK["package"] for f in package.get("wheels", [])]

    assert sources == {"{'editable': '.'}", "{'registry': 'https://pypi.org/simple'}"}
    assert all(url.startswith("https://files.pythonhosted.org/") for url in files)


def test_the_packages_import_each_other_only_as_the_contracts_allow():
    checked = contracts(CHECKOUT)

    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("assessments/rules.py", "import flask", "Rules, life cycles"),
        ("core/clock.py", "import auditapp.policy.roles", "Each layer"),
        ("accounts/queries.py", "from flask import request", "Models, services"),
    ],
)
def test_an_import_that_a_contract_forbids_is_seen(tmp_path, module, line, contract):
    package = shutil.copytree(CHECKOUT / "auditapp", tmp_path / "auditapp", ignore=NOT_PYTHON)
    shutil.copy(CHECKOUT / "pyproject.toml", tmp_path)
    with (package / module).open("a") as planted:
        planted.write(f"\n{line}\n")

    checked = contracts(tmp_path)

    assert checked.returncode == 1
    assert re.search(f"{contract}.* BROKEN", checked.stdout)


NOT_PYTHON = shutil.ignore_patterns("static", "templates", "__pycache__")


def contracts(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [PROGRAMS / "lint-imports", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
