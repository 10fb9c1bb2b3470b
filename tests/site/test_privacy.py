"""Every column says what kind of fact it holds."""

from auditapp.core.db import Base
from auditapp.tables import metadata


def test_every_column_has_a_privacy_class_and_every_class_a_column():
    for mapper in Base.registry.mappers:
        columns = {column.name for column in mapper.local_table.columns}

        assert columns == set(mapper.class_.__privacy__), mapper.class_.__name__


def test_every_table_has_a_model():
    assert set(metadata.tables) == {m.local_table.name for m in Base.registry.mappers}
