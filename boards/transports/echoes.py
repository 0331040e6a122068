"""Echo links, `POST /live/echo/`: what the connection page measures these transports with."""

from __future__ import annotations

import asyncio

from boards.echo import Echo, places
from boards.outbox import Outbox, Send


class EchoLink(Echo):
    """Sends back what comes; gives its place back at the end."""

    def __init__(self, send: Send, address: str) -> None:
        self.outbox = Outbox(send, asyncio.get_running_loop())
        super().__init__(self.outbox)
        self._address = address

    def end(self) -> None:
        super().end()
        self.outbox.break_off()
        places.give_back(self._address)
