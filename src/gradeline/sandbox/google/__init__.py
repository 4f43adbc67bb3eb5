"""The twin of Google: tokens, Drive and Sheets."""
