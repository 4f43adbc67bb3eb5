-- One row is one page.
SELECT oulad_number(id_site) AS number, activity_type FROM vle
