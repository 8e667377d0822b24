-- Awards enter the record book by themselves when their decision is issued, and are marked there when they are
-- revoked, whichever way that is written (D-18). Run by the owner of the tables; safe to run again.
-- guong_regime_on is made from the catalogue by awards/record.py. An award knows its code itself; the book calls the
-- commemorative medal KNC-SKND.

CREATE OR REPLACE FUNCTION guong_decision_key(number text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT ltrim(regexp_replace(translate(upper(number), 'Đ', 'D'), '[^0-9A-Z]+', '', 'g'), '0')
$$;

-- A function, not a view: a view would stand in the way of migrations of the tables it reads.
DROP FUNCTION IF EXISTS guong_awards_out(bigint[]);
CREATE FUNCTION guong_awards_out(decisions bigint[]) RETURNS TABLE (
    award_id bigint, decision_id bigint, department_id bigint, unit_id bigint, person_id bigint, body_id bigint,
    code text, year int, kind text, regime text, decision_number text, decided_on date, authority text, form text,
    name_on_paper text, post_on_paper text, achievement text, award_code text, revoked_on date, decision_key text,
    search text
) LANGUAGE sql STABLE AS $$
SELECT a.id AS award_id, a.decision_id, d.department_id, a.unit_id, a.person_id, a.body_id,
    CASE a.title_code WHEN 'KNC' THEN 'KNC-SKND' ELSE a.title_code END AS code,
    coalesce(p.year, d.year) AS year,
    CASE WHEN m.route = 'ad_hoc' THEN 'sudden' WHEN m.route = 'annual' THEN 'merit' WHEN m.id IS NOT NULL THEN 'movement' ELSE 'merit' END AS kind,
    guong_regime_on(d.signed_on) AS regime,
    CASE WHEN d.number < 10 THEN '0' ELSE '' END || d.number || '/' || d.symbol AS decision_number,
    d.signed_on AS decided_on, left(d.authority_line, 200) AS authority, a.form, a.name_on_paper, a.post_on_paper,
    left(a.achievement, 2000) AS achievement, a.code AS award_code,
    coalesce(a.revoked_on, d.revoked_on) AS revoked_on,
    guong_decision_key(d.number || '/' || d.symbol) AS decision_key,
    left(a.search || ' ' || d.search, 900) AS search
FROM awards_award a
JOIN awards_decision d ON d.id = a.decision_id
LEFT JOIN movements_movement m ON m.id = d.movement_id
LEFT JOIN plans_plan p ON p.id = m.plan_id
WHERE d.state IN ('issued', 'revoked') AND (decisions IS NULL OR d.id = ANY (decisions))
$$;
DROP FUNCTION IF EXISTS guong_title_code(text);

CREATE OR REPLACE FUNCTION guong_enter_awards(decisions bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- A line somebody wrote by hand or from a sheet before the decision was issued here becomes this award's line.
    UPDATE records_honour h SET source = 'guong', award_code = f.award_code, version = h.version + 1
    FROM guong_awards_out(decisions) f
    WHERE h.award_code IS NULL AND h.withdrawn_on IS NULL
      AND h.code = f.code AND h.year = f.year AND h.decision_key = f.decision_key
      AND (h.person_id = f.person_id OR h.body_id = f.body_id)
      AND NOT EXISTS (SELECT FROM records_honour o WHERE o.award_code = f.award_code);
    INSERT INTO records_honour (
        department_id, unit_id, source, person_id, body_id, code, year, kind, regime, decision_number, decided_on,
        authority, form, name_on_paper, post_on_paper, achievement, award_code, revoked_on, decision_key, search,
        withdrawn_because, version, created_by_id, created_at)
    SELECT department_id, unit_id, 'guong', person_id, body_id, code, year, kind, regime, decision_number,
        decided_on, authority, form, name_on_paper, post_on_paper, achievement, award_code, revoked_on,
        decision_key, search, '', 1, nullif(current_setting('guong.actor', true), '')::bigint, clock_timestamp()
    FROM guong_awards_out(decisions) ORDER BY award_id
    ON CONFLICT (award_code) DO NOTHING;
    UPDATE records_honour h SET revoked_on = f.revoked_on, name_on_paper = f.name_on_paper,
        post_on_paper = f.post_on_paper, search = f.search, version = h.version + 1
    FROM guong_awards_out(decisions) f
    WHERE h.award_code = f.award_code
      AND (h.revoked_on, h.name_on_paper, h.post_on_paper)
          IS DISTINCT FROM (f.revoked_on, f.name_on_paper, f.post_on_paper);
END $$;

CREATE OR REPLACE FUNCTION guong_award_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM guong_enter_awards(ARRAY(SELECT DISTINCT decision_id FROM new_rows));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guong_decision_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM guong_enter_awards(ARRAY(SELECT id FROM new_rows WHERE state IN ('issued', 'revoked')));
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER guong_record_insert AFTER INSERT ON awards_award
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guong_award_written();
CREATE OR REPLACE TRIGGER guong_record_update AFTER UPDATE ON awards_award
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guong_award_written();
CREATE OR REPLACE TRIGGER guong_record_update AFTER UPDATE ON awards_decision
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION guong_decision_written();

-- What was issued before the book was there.
SELECT guong_enter_awards(ARRAY(
    SELECT DISTINCT f.decision_id FROM guong_awards_out(NULL) f
    WHERE NOT EXISTS (SELECT FROM records_honour h WHERE h.award_code = f.award_code)
));
