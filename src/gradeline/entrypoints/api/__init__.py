"""The HTTP API: figures, exports, files and tables for tools, each as whoever asks may see it."""
