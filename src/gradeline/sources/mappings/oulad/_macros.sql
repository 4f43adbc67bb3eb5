-- Words that the queries of this folder share; each file says what one row of it is.

-- What the publishers write for "we do not know": nothing, NaN, or a question mark.
CREATE MACRO oulad_given(x) AS CASE WHEN trim(x::VARCHAR) IN ('', 'NaN', 'nan', '?') THEN NULL ELSE x END;

-- A whole number, whether a file holds it as text or, as the Parquet files do, as a float.
CREATE MACRO oulad_number(x) AS TRY_CAST(x AS BIGINT);

-- An id is text and never `11391.0`.
CREATE MACRO oulad_id(x) AS oulad_number(x)::VARCHAR;

-- The course of a presentation, e.g. AAA/2013J.
CREATE MACRO oulad_course(code_module, code_presentation) AS code_module || '/' || code_presentation;

-- The group of a learner: course × region, e.g. AAA/2013J/Scotland.
CREATE MACRO oulad_group(code_module, code_presentation, region) AS code_module || '/' || code_presentation || '/' || region;

-- Day 0 of a presentation: B starts on 1 February, J on 1 October.
CREATE MACRO oulad_start(code_presentation) AS
    make_date(TRY_CAST(code_presentation[1:4] AS INTEGER), CASE code_presentation[5:] WHEN 'B' THEN 2 WHEN 'J' THEN 10 END, 1);

-- Day number `day` of a presentation, null where none is given or it is no number;
-- a query gives the day as the file has it too, as `_at` or so, for the check of the row to name.
CREATE MACRO oulad_day(code_presentation, day) AS oulad_start(code_presentation) + TRY_CAST(day AS INTEGER);
