"""Charts: Vega-Lite specifications, their data, and a child process that draws them."""
