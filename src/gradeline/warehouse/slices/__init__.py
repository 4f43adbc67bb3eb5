"""The ledger of slices, their claims and their quarantine."""
