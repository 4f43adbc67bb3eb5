"""Amplitude: hourly event exports of a web and a mobile project."""
