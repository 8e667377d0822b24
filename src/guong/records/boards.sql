-- Everybody in force on a day below a body, with unit and post (boards.py). The newest post of a person counts.

WITH place AS MATERIALIZED (
    SELECT b.id, b.path, b.name, b.name_fold, b.sort_key, b.kind, b.valid_from, b.valid_to, u.id AS unit, u.name AS unit_name
    FROM base_body b LEFT JOIN LATERAL (SELECT u.id, u.name FROM base_body u WHERE b.path LIKE u.path || '%%'
        AND u.kind IN ('unit', 'private', 'office', 'department') ORDER BY length(u.path) DESC LIMIT 1) u ON true
    WHERE b.path LIKE %(path)s
)
SELECT * FROM (
    SELECT DISTINCT ON (p.id) p.id AS subject, 'individual' AS kind, p.name, p.name_fold AS fold, p.sort_key AS "order",
        concat_ws(', ', nullif(e.post, ''), b.name) AS place, b.unit, b.unit_name, e.category
    FROM base_employment e JOIN place b ON b.id = e.body_id JOIN base_person p ON p.id = e.person_id
    WHERE e.valid_from <= %(day)s AND (e.valid_to IS NULL OR e.valid_to >= %(day)s)
    ORDER BY p.id, e.valid_from DESC, e.id DESC
) people
UNION ALL
SELECT -b.id, 'collective', b.name, b.name_fold, b.sort_key,
    CASE WHEN b.unit <> b.id THEN b.unit_name ELSE '' END, b.unit, b.unit_name, ''
FROM place b
WHERE b.kind IN ('unit', 'section', 'office', 'private') AND b.valid_from <= %(day)s
    AND (b.valid_to IS NULL OR b.valid_to >= %(day)s)
