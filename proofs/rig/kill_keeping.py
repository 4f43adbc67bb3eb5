"""Runs the command in this process and kills it at a counted place of keeping its database.

`python -m proofs.rig.kill_keeping RECORD AT ARGUMENT…`: as `proofs.rig.kill_points`, with points
around the lease, the dump, the pointer and the journal of a job that has only a bucket.
"""

from __future__ import annotations

import sys

from proofs.rig.kill_points import main

PLACES = (
    "gradeline.flows.upkeep.bucket_database:BucketDatabase.download",
    "gradeline.flows.upkeep.bucket_database:BucketDatabase.opened",
    "gradeline.flows.upkeep.bucket_database:BucketDatabase.save",
    "gradeline.flows.upkeep.bucket_database:write_dump",
    "gradeline.flows.upkeep.bucket_journal:BucketJournal.replay",
    "gradeline.flows.upkeep.bucket_journal:BucketJournal.begin",
    "gradeline.flows.upkeep.bucket_journal:BucketJournal.step",
    "gradeline.flows.upkeep.bucket_journal:BucketJournal.end",
    "gradeline.flows.upkeep.bucket_journal:BucketJournal.forget",
    # The lease and the pointer; the dump and the tries of the journal.
    "gradeline.lake:Lake.write_version",
    "gradeline.lake:Lake.put_new",
    "gradeline.lake:Lake.delete",
)

if __name__ == "__main__":
    sys.exit(main(PLACES))
