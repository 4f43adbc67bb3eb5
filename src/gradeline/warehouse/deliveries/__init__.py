"""The ledger of deliveries: recipients, and the messages that go to them."""
