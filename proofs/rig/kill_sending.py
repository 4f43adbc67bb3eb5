"""Runs the command in this process and kills it at a counted place of delivering.

`python -m proofs.rig.kill_sending RECORD AT ARGUMENT…`: as `proofs.rig.kill_points`, with points
around each note in the ledger of deliveries and each piece that goes to a service or comes back.
"""

from __future__ import annotations

import sys

from proofs.rig.kill_points import main

PLACES = (
    "gradeline.warehouse.deliveries.recipients:put",
    "gradeline.warehouse.deliveries.messages:put",
    "gradeline.warehouse.deliveries.messages:begin_try",
    "gradeline.warehouse.deliveries.messages:record_step",
    "gradeline.warehouse.deliveries.messages:end_try",
    # PostgreSQL's client has sockets of its own: these are the services'.
    "socket:socket.send",
    "socket:socket.sendall",
    "socket:socket.recv",
    "socket:socket.recv_into",
)

if __name__ == "__main__":
    sys.exit(main(PLACES))
