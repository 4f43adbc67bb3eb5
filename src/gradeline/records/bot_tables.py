"""The tables of the vocabulary bot: what belongs together when they are made, kept or restored."""

from __future__ import annotations

from gradeline.records.schema import ColumnLink

#: Tables of the dictionary; each stands after those that it refers to.
DICTIONARY_TABLES = ("study_level", "word_category", "esp2rus_dictionary")
#: Tables of the levels, and of clients and what they practise; in the same order.
CLIENT_TABLES = (
    "study_levels",
    "group_codes",
    "client_info",
    "client_groups",
    "client_activity_log",
    "client_activity_words",
    "client_analytics",
    "level_updates",
    "client_word_memory",
    "word_difficulty",
)
BOT_TABLES = (*DICTIONARY_TABLES, *CLIENT_TABLES)
BOT_VIEWS = ("view_study_level_mapped", "client_level_view")

#: Files of the backup of the day → their tables; a file stands after those that it refers to.
LATEST_FILES = {
    "dictionary_latest.sql": DICTIONARY_TABLES,
    "client_info_latest.sql": CLIENT_TABLES,
}

#: Sequences that number rows and belong to no table: table, column, sequence.
SHARED_SEQUENCES = (
    ("client_activity_log", "number", "client_activity_number"),
    ("level_updates", "number", "client_activity_number"),
)

#: The level of a word is a name that people write, in the dictionary as in the list of levels.
SOFT_LINKS = (
    ColumnLink(
        table="study_levels",
        column="lev_name",
        to_table="study_level",
        to_column="level_word",
        soft=True,
    ),
    ColumnLink(
        table="esp2rus_dictionary",
        column="level",
        to_table="study_level",
        to_column="level_word",
        soft=True,
    ),
)
