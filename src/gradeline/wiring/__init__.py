"""From settings to parts, in one place: every door starts here, tests too."""

from gradeline.wiring.parts import Say, home_ready, place_of, terms_of, wire_run
from gradeline.wiring.systems import limits_of, wired_sources

__all__ = ["Say", "home_ready", "limits_of", "place_of", "terms_of", "wire_run", "wired_sources"]
