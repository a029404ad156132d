"""What slices declare is read when a server process starts."""

from __future__ import annotations

from unittest.mock import patch

from qihou.domains.inventory.methods import scheme as schemes
from qihou.record.api import warming


def test_the_inventory_declares_its_scheme_and_factors():
    with patch.object(schemes, "scheme") as put_together:
        warming.start().join(60)
    put_together.assert_called_once()
