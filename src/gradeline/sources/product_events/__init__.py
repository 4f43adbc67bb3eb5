"""Product events: the field mapping that Amplitude and AppMetrica share."""
