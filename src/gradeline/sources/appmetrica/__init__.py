"""AppMetrica: event exports of one mobile application."""
