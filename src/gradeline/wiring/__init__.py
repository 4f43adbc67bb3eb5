"""From settings to opened parts; every entry point starts here, tests too.

Each step opens only what it names, so import the module of the step that is needed: `database`
(nothing but PostgreSQL), `lake`, or `run` (everything, with every source).
"""
