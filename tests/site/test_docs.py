"""What the documents say exists: sources that code cites, links, commands, words of pages."""

import ast
import re
import shlex
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from auditapp.app import create_app
from auditapp.config import Settings
from tests.site.checkout import CHECKOUT, files, name_of

PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
GUIDES = sorted((CHECKOUT / "docs" / "guides").glob("*.md"))
MADE = {"docs/proof.md", "docs/performance.md"}  # by make; a checkout may not have them yet
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (CHECKOUT / "Makefile").read_text(), re.MULTILINE))

# A page, the headings quoted after it, the numbers of its rules: docs/x.md, "A" and "B", rules 1 and 2.
CITATION = re.compile(
    r'(docs/[\w./-]+\.md)((?:(?:,| and) "[^"]+")*)((?:(?:,| and) rules? \d+(?: and \d+)*)?)'
)
HEADING = re.compile(r"^#{1,6} +(.+)$|^\*\*([^*]+?)[.:]?\*\*", re.MULTILINE)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
MAKE = re.compile(r"`make ([a-z][a-z-]*)|^make ([a-z][a-z-]*)", re.MULTILINE)
COMMAND = re.compile(r"flask --app wsgi ([^`\n|#]+)")


class Citation(NamedTuple):
    """A page that code names as the source of a rule, and what of it."""

    where: str
    page: str
    headings: tuple[str, ...]
    rules: tuple[str, ...]


def citations() -> list[Citation]:
    found = []
    for path in files(".py", "auditapp"):
        text = re.sub(r"\s*\n\s*(?:# )?", " ", path.read_text())
        for page, quoted, rules in CITATION.findall(text):
            names = tuple(re.findall(r'"([^"]+)"', quoted))
            found.append(Citation(name_of(path), page, names, tuple(re.findall(r"\d+", rules))))
    return found


def headings(page: Path) -> set[str]:
    """Headings, and the bold words that begin a paragraph, without their stop."""
    return {first or second for first, second in HEADING.findall(page.read_text())}


def without_code(text: str) -> str:
    return re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)


def bold(guide: Path) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", without_code(guide.read_text()))


def squeezed(text: str) -> str:
    """In one line, with the signs that templates and prose may write in two ways made one."""
    plain = unescape(text).replace("’", "'").replace("“", '"').replace("”", '"')
    return re.sub(r"\s+", " ", plain).lower()


def literals(path: Path) -> Iterator[str]:
    """The texts in a module, each as it is once its lines are joined."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@pytest.fixture(scope="module")
def words_of_pages() -> str:
    """Everything that templates and modules can put on a page."""
    templates = (path.read_text() for path in files(".html", "auditapp/templates"))
    modules = (text for path in files(".py", "auditapp") for text in literals(path))
    return squeezed("\n".join([*templates, *modules]))


@pytest.fixture(scope="module")
def cli(tmp_path_factory: pytest.TempPathFactory) -> click.Group:
    folder = tmp_path_factory.mktemp("instance")
    settings = Settings(
        database_url=f"sqlite:///{folder / 'empty.sqlite'}",
        instance_path=folder,
        secret_key="0123456789abcdef" * 4,
    )
    return create_app(settings).cli


def option_names(command: click.Command) -> set[str]:
    return {name for parameter in command.params for name in parameter.opts}


def resolved(cli: click.Group, words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that `words` name, and what follows its name."""
    command: click.Command = cli
    context = click.Context(cli)
    while isinstance(command, click.Group) and words:
        inner = command.get_command(context, words[0])
        assert inner is not None, f"there is no command {words[0]!r} in {command.name!r}"
        command, words = inner, words[1:]
        context = click.Context(command, parent=context)
    return command, words


def commands() -> list[tuple[str, str]]:
    """(page, what follows `flask --app wsgi`) of every command that a page tells people to run."""
    return [
        (name_of(page), told.strip())
        for page in PAGES
        for told in COMMAND.findall(page.read_text())
    ]


def test_code_cites_policy():
    assert len(citations()) > 25, "the pattern finds too few"
    assert any(len(one.headings) == 2 for one in citations())
    assert any(len(one.rules) == 2 for one in citations())


@pytest.mark.parametrize("citation", citations(), ids=lambda c: f"{c.where}:{c.page}")
def test_every_source_that_code_cites_is_a_page_and_a_heading_of_it(citation):
    page = CHECKOUT / citation.page
    assert page.is_file(), f"{citation.where} cites {citation.page}, which is not there"
    missing = set(citation.headings) - headings(page)
    assert not missing, f"{citation.where} cites {missing} of {citation.page}"
    for rule in citation.rules:
        numbered = re.search(rf"^{rule}\. ", page.read_text(), re.MULTILINE)
        assert numbered, f"{citation.where} cites rule {rule} of {citation.page}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_leads_to_something(page):
    for target in LINK.findall(without_code(page.read_text())):
        if re.match(r"[a-z]+:|#", target):
            continue
        path = (page.parent / target.partition("#")[0]).resolve()
        assert path.exists() or name_of(path) in MADE, f"{name_of(page)} links to {target}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_make_target_that_a_page_names_exists(page):
    named = {first or second for first, second in MAKE.findall(page.read_text())}
    assert named <= TARGETS, f"{name_of(page)} names {sorted(named - TARGETS)}"


@pytest.mark.parametrize(("page", "told"), commands(), ids=lambda value: str(value)[:60])
def test_every_command_that_a_page_names_exists_with_its_options(cli, page, told):
    command, rest = resolved(cli, shlex.split(told))
    assert not isinstance(command, click.Group), f"{page}: {told!r} names a group, not a command"
    options = {word.partition("=")[0] for word in rest if word.startswith("--")}
    unknown = options - option_names(command)
    assert not unknown, f"{page}: {told!r} has {sorted(unknown)}"


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.stem)
def test_guides_quote_the_words_of_the_pages(guide, words_of_pages):
    """Bold words stand on a page; "…" in them stands for a name or a number."""
    wrong = []
    for phrase in bold(guide):
        pieces = [piece.strip(" .:") for piece in squeezed(phrase).split("…")]
        wrong += [phrase for piece in pieces if piece and piece not in words_of_pages]
    assert not wrong, f"no page says {wrong}"
