"""Fixtures: the world that the tests of access knock at, built once on each kind of database."""

from collections.abc import Iterator

import pytest

from tests.site.access_asking import World, world_on


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def built_world(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[World]:
    with world_on(request.param, request, tmp_path_factory.mktemp("world")) as world:
        yield world


@pytest.fixture
def world(built_world: World) -> World:
    """The world as it was built: whatever an earlier test changed is undone."""
    built_world.restore()
    return built_world
