-- What the book knows, one scan a table (facts.py makes frames of it). {place}, {work}, {line} and {author} are
-- filled with whom it is about. A path is made of the ids from the root down, so what lies below a body is a
-- range of paths: ':' follows the digits. `year + 0` keeps the planner from reading all lines of two years.

-- read: bodies
SELECT b.id, b.path, b.kind, b.in_sector, b.valid_from, b.valid_to, w.*,
    EXISTS (SELECT FROM base_bodychange c WHERE c.after_id = b.id AND c.on <= b.valid_from) AS made_of_others,
    {asked} AS asked
FROM base_body b
LEFT JOIN LATERAL (
    SELECT u.id FROM base_body u
    WHERE u.id = ANY (string_to_array(trim(BOTH '/' FROM b.path), '/')::bigint[])
        AND u.kind IN ('unit', 'private', 'office', 'department')
    ORDER BY length(u.path) DESC LIMIT 1
) u ON true
LEFT JOIN LATERAL (
    SELECT max(w.since) FILTER (WHERE w.record = 'titles') AS titles_from,
        max(w.since) FILTER (WHERE w.record = 'initiatives') AS initiatives_from,
        max(w.since) FILTER (WHERE w.record = 'disciplines') AS disciplines_from,
        max(w.since) FILTER (WHERE w.record = 'leave') AS leave_from
    FROM records_whole w WHERE w.unit_id = u.id
) w ON true
WHERE {place}

-- read: work
SELECT e.id, e.person_id AS person, e.body_id AS body, p.gender, e.category, e.profession,
    e.is_leader AS manager, e.is_direct_worker AS direct, e.valid_from AS since, e.valid_to AS until
FROM base_employment e JOIN base_person p ON p.id = e.person_id
WHERE {work} AND e.valid_from <= %(day)s

-- read: ratings
SELECT coalesce(l.person_id, -l.body_id) AS subject, l.year, l.level AS rating
FROM records_rating l
WHERE ({line} OR (l.person_id = ANY (%(members)s) AND l.year + 0 >= %(year)s - 1))
    AND l.withdrawn_on IS NULL AND l.year BETWEEN %(first)s AND %(year)s

-- read: titles
SELECT coalesce(l.person_id, -l.body_id) AS subject, l.code, l.year
FROM records_honour l
WHERE ({line} OR (l.person_id = ANY (%(members)s) AND l.year + 0 >= %(year)s - 1))
    AND l.kind NOT IN ('sudden', 'movement') -- no ground for an award for regular merit, N152 Đ.4(3)
    AND l.withdrawn_on IS NULL AND l.revoked_on IS NULL AND (l.decided_on IS NULL OR l.decided_on <= %(day)s)

-- read: initiatives
SELECT a.person_id AS subject, l.year, l.level
FROM records_authorship a JOIN records_initiative l ON l.id = a.initiative_id
WHERE {author} AND l.withdrawn_on IS NULL AND (l.decided_on IS NULL OR l.decided_on <= %(day)s)

-- read: circumstances
SELECT coalesce(l.person_id, -l.body_id) AS subject, l.nature, l.kind, l.begins_on AS since, l.ends_on AS until
FROM records_circumstance l
WHERE ({line} OR (l.person_id = ANY (%(members)s) AND l.begins_on >= make_date(%(year)s - 1, 1, 1)))
    AND l.withdrawn_on IS NULL AND l.begins_on <= %(day)s

-- read: names
SELECT DISTINCT ON (e.person_id) e.person_id AS subject, p.name, e.body_id AS place
FROM base_employment e JOIN base_person p ON p.id = e.person_id JOIN base_body o ON o.id = e.body_id
WHERE starts_with(o.path, %(path)s) AND e.valid_from <= %(day)s AND (e.valid_to IS NULL OR e.valid_to >= %(day)s)
ORDER BY e.person_id, e.valid_from DESC, e.id DESC

-- read: places
SELECT b.id AS place, b.name AS section, b.kind, u.code AS unit, u.name AS unit_name
FROM base_body b LEFT JOIN LATERAL (
    SELECT u.code, u.name FROM base_body u
    WHERE u.id = ANY (string_to_array(trim(BOTH '/' FROM b.path), '/')::bigint[])
        AND u.kind IN ('unit', 'private', 'office', 'department')
    ORDER BY length(u.path) DESC LIMIT 1
) u ON true
WHERE starts_with(b.path, %(path)s) AND b.valid_from <= %(day)s AND (b.valid_to IS NULL OR b.valid_to >= %(day)s)
