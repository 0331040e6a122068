"""What all tests share: how hypothesis looks for counterexamples."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A slow machine is no fault of the code; pytest's own timeout stops what hangs.
settings.register_profile(
    "whiteboard", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
# HYPOTHESIS_PROFILE=thorough looks longer, by night or before a release.
settings.register_profile("thorough", settings.get_profile("whiteboard"), max_examples=5000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "whiteboard"))
