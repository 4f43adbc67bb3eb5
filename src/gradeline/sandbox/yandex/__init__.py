"""The twin of Yandex ID."""
