"""Nothing grows past what can be read in one go. There are no exceptions to add to."""

import ast

import pytest

from tests.site.checkout import files, name_of

MOST_LINES = {".py": 400, ".html": 120, ".js": 400}
MOST_STATEMENT_LINES = 60
SOURCES = [path for suffix in MOST_LINES for path in files(suffix)]


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function, its docstring not counted."""
    assert function.end_lineno is not None
    documented = ast.get_docstring(function) is not None
    body = function.body[1:] if documented else function.body
    return function.end_lineno - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_a_file_stays_short(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES[path.suffix]


@pytest.mark.parametrize("path", files(".py", "auditapp"), ids=name_of)
def test_a_function_stays_short(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = {f.name: code_lines(f) for f in functions if code_lines(f) > MOST_STATEMENT_LINES}

    assert long == {}
