"""Pictures and documents over HTTP: brought to boards, and shown on them."""
