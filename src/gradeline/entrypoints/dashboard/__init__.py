"""The curator's page: it reads as whoever is signed in, and asks for work through tables."""
