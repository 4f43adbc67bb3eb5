"""Object storage: raw bytes, facts and documents in a local folder, S3, GCS or Azure."""

from gradeline.lake.copies import CopyResult
from gradeline.lake.facts import FactWriter
from gradeline.lake.hybrid import HybridLake, open_hybrid
from gradeline.lake.keys import (
    apart,
    course_folder,
    digest_of,
    document_key,
    fact_key,
    raw_key,
    unescape,
    validate_key,
)
from gradeline.lake.lake import Lake, open_lake
from gradeline.lake.lease import Lease, LeaseTimes, hold_lease
from gradeline.lake.versions import ObjectVersion

__all__ = [
    "CopyResult",
    "FactWriter",
    "HybridLake",
    "Lake",
    "Lease",
    "LeaseTimes",
    "ObjectVersion",
    "apart",
    "course_folder",
    "digest_of",
    "document_key",
    "fact_key",
    "hold_lease",
    "open_hybrid",
    "open_lake",
    "raw_key",
    "unescape",
    "validate_key",
]
