-- Words that the queries of this folder share; each file says what one row of it is.

-- The course of an activity: all of one school are its one category.
CREATE MACRO activity_course(course) AS 'school/' || course;
