"""Groups that people write into a file of theirs, as plain values that any package may hold."""

from __future__ import annotations

#: The source of the groups in people's file: their ids begin with it, `groups:Evening A`.
PEOPLES_GROUPS = "groups"
#: The names that file may have, in the home or the bucket.
GROUP_FILES = ("groups.csv", "groups.xlsx")
