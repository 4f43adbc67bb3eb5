"""Runs the command in this process and kills it at a counted place of an install.

`python -m proofs.rig.kill_installing RECORD AT ARGUMENT…`: as `proofs.rig.kill_points`, with points
around every dump, its proof, the drop, what is made and what is restored.
"""

from __future__ import annotations

import signal
import sys

from proofs.rig.kill_points import main

PLACES = (
    "os:link",
    "os:fsync",
    "psycopg:Transaction.__exit__",
    "gradeline.entrypoints.cli.install:run_stages",
    "gradeline.flows.install.stages:keep_latest",
    "gradeline.flows.install.remove:lock_tables",
    "gradeline.flows.install.remove:make_dumps",
    "gradeline.flows.install.remove:drop_tables",
    "gradeline.flows.install.create:make_tables",
    "gradeline.flows.install.create:raise_numbers",
    "gradeline.flows.install.create:make_links",
    "gradeline.flows.install.create:make_views",
    "gradeline.flows.install.restore:restore_files",
    "gradeline.flows.install.restore:restore_rows",
    "gradeline.flows.install.restore:note_restore",
    "gradeline.flows.install.verify:find_mismatches",
    "gradeline.flows.install.finish:find_dumps",
    "gradeline.flows.install.finish:replace_latest",
    "gradeline.warehouse.install.dumps:dump_tables",
    "gradeline.warehouse.install.dumps:compare",
    "gradeline.warehouse.install.latest:dump_tables",
    "gradeline.warehouse.install.scratch:replace_database",
    "gradeline.warehouse.install.scratch:restore_sql",
    "gradeline.warehouse.install.scratch:drop_database",
)

if __name__ == "__main__":
    # Whoever runs proofs in the background has it ignored, and so would this process.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.exit(main(PLACES))
