"""Limits of requests as answers tell them: `RateLimit` headers, and 429 where one is reached."""

from __future__ import annotations

import math

#: Seconds of the sliding window.
WINDOW_S = 3600


def limit_headers(name: str, *, limit: int, remaining: int, reset_s: float) -> dict[str, str]:
    """Return the headers of the IETF draft `RateLimit`: the limit, and what is left of it.

    Args:
        name: of the limit.
        limit: requests in a window.
        remaining: requests that would be accepted now.
        reset_s: seconds until more of them are.
    """
    return {
        "RateLimit-Policy": f'"{name}";q={limit};w={WINDOW_S}',
        "RateLimit": f'"{name}";r={remaining};t={math.ceil(reset_s)}',
    }
