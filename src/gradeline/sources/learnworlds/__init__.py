"""LearnWorlds: courses, learners, grades and responses of a school."""
