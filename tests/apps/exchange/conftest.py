from pathlib import Path

import pytest

from tests.apps.exchange.small_record import SmallRecord


@pytest.fixture
def small(tmp_path: Path) -> SmallRecord:
    """A record of a few rows as files in a folder of its own."""
    return SmallRecord(tmp_path / "record")
