"""Jobs: schedules in school time; knows no table of ours."""
