-- What the book knows, one query a frame (facts.py). {line}, {work} and {body} are filled with whom it is about.

-- frame: subjects
WITH w AS (SELECT unit_id,
    max(since) FILTER (WHERE record = 'titles') AS titles_from,
    max(since) FILTER (WHERE record = 'initiatives') AS initiatives_from,
    max(since) FILTER (WHERE record = 'disciplines') AS disciplines_from,
    max(since) FILTER (WHERE record = 'leave') AS leave_from FROM records_whole GROUP BY unit_id),
place AS (
    SELECT b.id, (SELECT u.id FROM base_body u WHERE b.path LIKE u.path || '%%'
        AND u.kind IN ('unit', 'private', 'office', 'department') ORDER BY length(u.path) DESC LIMIT 1) AS unit
    FROM base_body b
),
career AS (
    SELECT e.person_id, extract(year FROM min(e.valid_from))::int AS career_from,
        (array_agg(e.category ORDER BY e.valid_from DESC))[1] AS category,
        (array_agg(e.profession ORDER BY e.valid_from DESC))[1] AS profession,
        (array_agg(e.is_leader ORDER BY e.valid_from DESC))[1] AS manager
        , CASE WHEN bool_and(w.titles_from IS NOT NULL) THEN max(w.titles_from) END AS titles_from
        , CASE WHEN bool_and(w.initiatives_from IS NOT NULL) THEN max(w.initiatives_from) END AS initiatives_from
        , CASE WHEN bool_and(w.disciplines_from IS NOT NULL) THEN max(w.disciplines_from) END AS disciplines_from
        , CASE WHEN bool_and(w.leave_from IS NOT NULL) THEN max(w.leave_from) END AS leave_from
    FROM base_employment e JOIN place p ON p.id = e.body_id LEFT JOIN w ON w.unit_id = p.unit
    WHERE {work} AND e.valid_from <= %(day)s GROUP BY e.person_id
)
SELECT c.person_id AS subject, 'individual' AS kind,
    CASE p.gender WHEN 'f' THEN 'female' WHEN 'm' THEN 'male' END AS sex, c.category,
    nullif(c.profession, '') AS profession, c.manager, true AS in_sector, NULL::date AS founded,
    c.career_from, c.titles_from, c.initiatives_from, c.disciplines_from, c.leave_from,
    NULL::boolean AS service_whole
FROM career c JOIN base_person p ON p.id = c.person_id
UNION ALL
SELECT -b.id, 'collective', NULL, b.kind, NULL, NULL, b.in_sector, b.valid_from,
    extract(year FROM b.valid_from)::int, w.titles_from, w.initiatives_from, w.disciplines_from, w.leave_from, NULL
FROM base_body b JOIN place p ON p.id = b.id LEFT JOIN w ON w.unit_id = p.unit
WHERE {body} AND b.kind IN ('unit', 'section', 'office', 'private')

-- frame: ratings
SELECT coalesce(l.person_id, -l.body_id) AS subject, l.year, l.level AS rating FROM records_rating l
WHERE {line} AND l.year BETWEEN %(first)s AND %(year)s

-- frame: titles
SELECT coalesce(l.person_id, -l.body_id) AS subject, l.code, l.year FROM records_honour l
WHERE {line} AND l.revoked_on IS NULL AND (l.decided_on IS NULL OR l.decided_on <= %(day)s)

-- frame: initiatives
SELECT a.person_id AS subject, l.year, l.level
FROM records_authorship a JOIN records_initiative l ON l.id = a.initiative_id
WHERE l.withdrawn_on IS NULL AND (l.decided_on IS NULL OR l.decided_on <= %(day)s)
    AND a.person_id IN (SELECT e.person_id FROM base_employment e WHERE {work})

-- frame: disciplines
SELECT coalesce(l.person_id, -l.body_id) AS subject, CASE l.nature WHEN 'pending' THEN 'pending' ELSE l.kind END AS matter,
    l.begins_on AS since, l.ends_on AS until
FROM records_circumstance l
WHERE {line} AND l.nature IN ('discipline', 'pending') AND l.begins_on <= %(day)s

-- frame: leave
SELECT coalesce(l.person_id, -l.body_id) AS subject, y.year,
    CASE l.kind WHEN 'maternity' THEN 'maternity' WHEN 'training' THEN 'study' ELSE 'other' END AS kind,
    (SELECT count(*) FROM generate_series(
        greatest(l.begins_on, make_date(y.year, 1, 1)), least(l.ends_on, make_date(y.year, 12, 31)),
        interval '1 day') AS d (day) WHERE extract(isodow FROM d.day) < 6) AS days,
    (extract(year FROM age(l.ends_on + 1, l.begins_on)) * 12
        + extract(month FROM age(l.ends_on + 1, l.begins_on)))::int AS months
FROM records_circumstance l, LATERAL generate_series(
    extract(year FROM l.begins_on)::int, extract(year FROM l.ends_on)::int) AS y (year)
WHERE {line} AND l.nature = 'leave' AND l.begins_on <= %(day)s

-- frame: employment
SELECT e.person_id AS subject, CASE e.category WHEN 'NLD' THEN 'contract' ELSE 'recruited' END AS basis,
    e.valid_from AS since, e.valid_to AS until
FROM base_employment e WHERE {work} AND e.valid_from <= %(day)s

-- frame: service
SELECT e.person_id AS subject, CASE WHEN e.is_direct_worker THEN 'direct' ELSE 'sector' END AS work,
    e.valid_from AS since, e.valid_to AS until
FROM base_employment e WHERE {work} AND e.valid_from <= %(day)s

-- frame: members
WITH b AS (SELECT b.id, b.path FROM base_body b WHERE {body} AND b.kind IN ('unit', 'section', 'office')),
staff AS (
    SELECT DISTINCT e.person_id, e.body_id, y.year
    FROM base_employment e JOIN base_body o ON o.id = e.body_id
    CROSS JOIN generate_series(%(year)s - 1, %(year)s) AS y (year)
    WHERE e.valid_from <= make_date(y.year, 12, 31)
        AND (e.valid_to IS NULL OR e.valid_to >= make_date(y.year, 12, 31))
        AND EXISTS (SELECT FROM b WHERE o.path LIKE b.path || '%%')
),
counted AS (
    SELECT s.body_id, s.year, count(*) AS members,
        count(*) FILTER (WHERE r.level IN ('HT', 'HTT', 'HTXS')) AS ht,
        count(*) FILTER (WHERE t.ldtt) AS ldtt, count(*) FILTER (WHERE t.cstdcs) AS cstdcs,
        count(*) FILTER (WHERE d.person_id IS NOT NULL) AS disciplined, count(r.level) AS rated
    FROM staff s
    LEFT JOIN records_rating r ON r.person_id = s.person_id AND r.year = s.year AND r.withdrawn_on IS NULL
    LEFT JOIN (
        SELECT h.person_id, h.year, bool_or(h.code = 'LDTT') AS ldtt, bool_or(h.code = 'CSTDCS') AS cstdcs
        FROM records_honour h WHERE h.code IN ('LDTT', 'CSTDCS') AND h.withdrawn_on IS NULL
            AND h.revoked_on IS NULL AND h.year >= %(year)s - 1 AND h.person_id IS NOT NULL
        GROUP BY h.person_id, h.year
    ) t ON t.person_id = s.person_id AND t.year = s.year
    LEFT JOIN (
        SELECT DISTINCT c.person_id, extract(year FROM c.begins_on)::int AS year FROM records_circumstance c
        WHERE c.nature = 'discipline' AND c.withdrawn_on IS NULL AND c.person_id IS NOT NULL
    ) d ON d.person_id = s.person_id AND d.year = s.year
    GROUP BY s.body_id, s.year
)
SELECT -b.id AS subject, c.year, sum(c.members) AS members,
    CASE WHEN sum(c.rated) = sum(c.members) THEN sum(c.ht) END AS "members_HT",
    sum(c.ldtt) AS "members_LDTT", sum(c.cstdcs) AS "members_CSTDCS", sum(c.disciplined) AS members_disciplined
FROM b JOIN base_body o ON o.path LIKE b.path || '%%' JOIN counted c ON c.body_id = o.id
GROUP BY b.id, c.year
