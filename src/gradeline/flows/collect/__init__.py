"""From a source to the lake, the warehouse and the ledger, slice by slice."""
