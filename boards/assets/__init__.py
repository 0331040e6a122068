"""Pictures and documents on boards: looked at, stored once by content, counted, swept away."""
