"""The house's own rules: who may import whom, which library has which door, how large a thing may be."""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

PACKAGE = Path(__file__).parent.parent / "microseg"
EVERYWHERE = {"errors", "discovery", "resources", "record", "aside"}
# room -> the rooms (or single modules) it may import; itself is always allowed
LAYERS = {
    "errors": set(),
    "discovery": set(),
    "resources": set(),
    "record": set(),
    "aside": set(),
    "source": set(),
    "criteria": {"source"},
    "model": {"source", "criteria", "config"},
    "config": {"model", "criteria"},
    "words": {"source"},
    "words.context": {"model"},
    "lint": {"model", "config", "source", "words", "criteria"},
    "project": {"lint", "model", "config", "source", "words", "criteria"},
    "rules": {"lint", "model", "words", "criteria", "source"},
    "formats": {"lint.finding", "source.text"},
    "formats._rules": {"lint.rule"},
    "tables": {"source.text"},
    "measure": {"source", "config", "model", "criteria", "tables"},
    "exchange": {"source", "config", "model", "criteria", "tables", "measure"},
    "preview": {"briefs", "project", "lint", "config", "source.text"},
    "briefs": {"model", "config", "criteria", "tables", "lint.finding", "source.text", "source.nearest", "project.writing", "project.workers"},
    "rank": {"model", "tables", "lint.finding", "source.text"},
    "review": {"model", "lint.finding", "source.text"},
    "cli": {"*"},
    "__main__": {"cli", "source.text"},
}
DOORS = {
    "yaml": {"source/nodes.py"},
    "typer": {"cli/"},
    "rich": {"cli/", "tables/text.py"},
    "jinja2": {"briefs/engine.py"},
    "markupsafe": {"briefs/engine.py"},
    "duckdb": {"measure/engines/duckdb.py", "measure/member_files.py"},  # the second writes Parquet
    "psycopg": {"measure/engines/postgres.py"},
    "pyspark": {"measure/engines/spark.py"},
    "subprocess": {"git.py"},
    "pickle": set(),
    "marshal": {"project/pipe.py"},  # from a forked child, never from a file
}
MODULES = sorted(PACKAGE.rglob("*.py"))


class Outline(NamedTuple):
    """What the tests ask of a file: so that its tree of nodes is looked through once and not kept."""

    is_told: bool
    lines: int
    imports: list[str]
    top_imports: list[str]
    long_functions: list[str]


@cache
def outline_of(path: Path) -> Outline:
    """Imports are all that a file has, lazy ones included; the top ones run when it is imported: not those inside functions or for the type checker only."""
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    nodes = list(ast.walk(tree))
    functions = (node for node in nodes if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= 50)
    return Outline(
        bool(ast.get_docstring(tree)),
        len(text.splitlines()),
        [name for node in nodes for name in _imported(node)],
        [name for node in tree.body for name in _imported(node)],
        [node.name for node in functions if not _is_argument_table(node)],
    )


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    return [node.module] if isinstance(node, ast.ImportFrom) and node.module else []


def imports_of(path: Path) -> list[str]:
    return outline_of(path).imports


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def is_allowed(module: str, target: str) -> bool:
    room, inner = room_of(module), target.removeprefix("microseg.")
    allowed = LAYERS[room] | EVERYWHERE | LAYERS.get(module.removeprefix("microseg."), set())
    if "*" in allowed or inner == "microseg" or room_of(target) == room:
        return True
    return any(inner == one or inner.startswith(f"{one}.") for one in allowed)


def module_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_a_module_imports_only_what_its_layer_may():
    modules = [(path, module_of(path)) for path in MODULES if module_of(path) != "microseg"]
    wrong = [f"{module}: {target}" for path, module in modules for target in imports_of(path) if target.split(".")[0] == "microseg" and not is_allowed(module, target)]

    assert wrong == []


def test_a_library_is_imported_only_behind_its_door():
    places = [(path, path.relative_to(PACKAGE).as_posix()) for path in MODULES]
    wrong = [f"{where}: {name}" for path, where in places for name in imports_of(path) if name.split(".")[0] in DOORS and not any(where.startswith(door) for door in DOORS[name.split(".")[0]])]

    assert wrong == []


def test_rules_never_import_each_other():
    wrong = [f"{path.name}: {target}" for path in (PACKAGE / "rules").rglob("*.py") for target in imports_of(path) if target.startswith("microseg.rules")]

    assert wrong == []


def test_no_import_is_circular():
    graph = {module_of(path): {target for target in outline_of(path).top_imports if target.startswith("microseg.")} for path in MODULES}
    names = set(graph)
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join((*trail, name))
        if name in done:
            return
        for target in sorted(graph[name] & names):
            visit(target, (*trail, name))
        done.add(name)

    for name in sorted(names):
        visit(name, ())


def test_files_and_functions_stay_small():
    by_hand = [path for path in MODULES if path.parent.name != "shipped"]  # the rest is templates turned into Python
    long_files = [f"{path.relative_to(PACKAGE)}: {count}" for path in by_hand if (count := outline_of(path).lines) > 400]
    long_functions = [f"{path.relative_to(PACKAGE)}:{name}" for path in by_hand for name in outline_of(path).long_functions]

    assert (long_files, long_functions) == ([], [])


def _is_argument_table(node: ast.FunctionDef) -> bool:
    """A command's options are a table, and so is a call with a keyword a field; such may be long."""
    calls = (one for one in ast.walk(node) if isinstance(one, ast.Call))
    return len(node.args.args) + len(node.args.kwonlyargs) > 7 or any(len(call.keywords) > 20 for call in calls)


def test_every_module_opens_with_a_sentence():
    bare = [str(path.relative_to(PACKAGE)) for path in MODULES if not outline_of(path).is_told]

    assert bare == []


def test_lint_starts_without_heavy_libraries(tmp_path):
    (tmp_path / "segments").mkdir()
    (tmp_path / "segments" / "one.yaml").write_text("name: Online courses\n")
    (tmp_path / "microseg.yaml").write_text("version: 1\n")
    program = (
        "import sys\nfrom microseg.__main__ import main\nsys.argv = ['microseg', 'lint', '-q']\n"
        "try:\n    main()\nexcept SystemExit as stop:\n    print(stop.code or 0)\nelse:\n    print(0)\n"
        "print(sorted({'rich', 'jinja2', 'pydantic', 'duckdb', 'sqlglot', 'hypothesis'} & set(sys.modules)))"
    )

    told = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)

    assert told.stdout.splitlines()[-2:] == ["0", "[]"]


@pytest.mark.slow
@pytest.mark.parametrize("command", [["ruff", "check", "."], ["mypy"]], ids=["ruff", "mypy"])
def test_the_house_is_clean(command):
    told = subprocess.run([sys.executable, "-m", *command], cwd=PACKAGE.parent, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout
