"""The vocabulary bot in the warehouse: learners, dictionary, quizzes, figures."""
