"""What is measured under load, and the figures to reach."""

from __future__ import annotations

from dataclasses import dataclass

GENERATOR_SHARE_MAX = 0.8
"""A generator busier than this measures itself: the run is void."""

WAIT_SHARE_MAX = 0.2
LATENESS_P95_MAX_MS = 10
"""A machine busy with something else makes messages come in heaps, which are cheap: also void.

The first is the share of the time in which the server had work and no core, the second how late
the generator sent.
"""


@dataclass(frozen=True)
class LiveRow:
    """People drawing; each drawer sends two points 30 times a second, a stroke every 2 s."""

    name: str
    title: str
    people: int
    drawers: int
    boards: int = 1
    ratio_max: float | None = None
    """CPU per update at most this many times the relay's; None: not compared."""
    p50_max_ms: float | None = None
    p99_max_ms: float | None = None


LIVE_ROWS = (
    LiveRow("ten", "10 people, all draw", people=10, drawers=10, ratio_max=1.6),
    LiveRow("class", "50 people, 10 draw", people=50, drawers=10, ratio_max=1.8),
    LiveRow("crowd", "50 people, all draw", people=50, drawers=50, ratio_max=0.9),
    # One of each five draws: 3,000 messages a second come in. If all drew, the relay itself would
    # need more than the one core that each system has here.
    LiveRow("boards", "100 boards of 5, 1 draws", people=5, drawers=1, boards=100, ratio_max=3.0),
    LiveRow("quiet", "2 people, 1 draws", people=2, drawers=1, p50_max_ms=3, p99_max_ms=20),
    LiveRow("hall", "400 people, 10 draw", people=400, drawers=10, p99_max_ms=100),
)


@dataclass(frozen=True)
class Limit:
    """A figure to reach elsewhere than in a live row."""

    name: str
    title: str
    at_most: float
    unit: str


RECEIPT_PEOPLE, RECEIPTS_PER_SECOND = 20, 12
OPENING_STROKES = 10_000
IDLE_WARMUP_BOARDS, IDLE_BOARDS, IDLE_PEOPLE = 20, 100, 5
IDLE_SECONDS = 2
"""Of looking at what they cost while nothing happens."""
STROKES_ON_THE_WIRE = 5

LIMITS = (
    Limit("receipt_p95", "receipt p95, 20 people x 12 transactions/s", 20, "ms"),
    Limit("document_plain", "document of 10,000 strokes of 100 points, plain", 3_000_000, "bytes"),
    Limit("document_gzip", "the same, compressed", 1_600_000, "bytes"),
    Limit("document_warm", "document, warm", 25, "ms"),
    Limit("document_cold", "document, cold", 100, "ms"),
    Limit("stroke_bytes", "100-point stroke and viewer, live", 900, "bytes"),
    Limit("idle_socket", "resident memory per idle socket", 33 * 1024, "bytes"),
    Limit("first_view", "first view painted after navigation, 10,000 strokes", 1000, "ms"),
    Limit("pan_p95", "pan at 100 %, frame interval p95", 20, "ms"),
    Limit("pan_far_p95", "pan with all 10,000 in view, frame interval p95", 20, "ms"),
)
