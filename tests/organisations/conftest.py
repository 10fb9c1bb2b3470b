"""An invented area whose lists are imported."""

import pytest

from auditapp.core.transactions import transaction
from auditapp.organisations.agencies import read_agencies
from auditapp.organisations.gias import read_establishments
from auditapp.organisations.importing import apply_import
from auditapp.organisations.links import read_links
from tests.organisations.lists import LA, content


@pytest.fixture
def area(make):
    """The partnership whose local authority the lists are of; another one stands by as noise."""
    make.organisation(partnership=make.partnership(), code="990003")
    return make.partnership(key="exampleshire", la_codes=sorted(LA))


@pytest.fixture
def bring_in(session, area):
    """Import a list as the system's command does; returns what was applied."""

    def bring_in(name, links="", partnership=None):
        owner = partnership or area
        if name.startswith("agencies"):
            reading = read_agencies(content(name), owner.key)
        else:
            reading = read_establishments(content(name), LA)
        found = read_links(content(links))[0] if links else []
        with transaction(session, locking=owner):
            return apply_import(session, None, owner, reading, found)

    return bring_in
