"""How many examples hypothesis tries where a test says how many."""

from __future__ import annotations

import os
from typing import Final

SHARE_ON_SERVERS: Final = 3
"""All that people may do is gone through on SQLite; what the same SQL does on PostgreSQL is seen in
a third of it."""


def tries(examples: int) -> int:
    return examples // SHARE_ON_SERVERS if os.environ.get("ON_SERVERS") else examples
