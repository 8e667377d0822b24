-- The audit chain (H1-H5). Run by the owner of the tables; safe to run again.
-- Row changes are written by statement triggers, sealed once per transaction at commit.

CREATE TABLE IF NOT EXISTS base_audithead (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    number bigint NOT NULL,
    hash text NOT NULL
);
INSERT INTO base_audithead (number, hash) VALUES (0, repeat('0', 64)) ON CONFLICT DO NOTHING;

-- Stable as its parts are, so that the planner writes it into the statement: a call a row costs as much again.
CREATE OR REPLACE FUNCTION guong_entry_hash(
    txid bigint, at timestamptz, actor bigint, tbl text, rw bigint, op text, detail jsonb
) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(concat_ws('|', txid, extract(epoch FROM at)::text,
        coalesce(actor::text, '-'), tbl, coalesce(rw::text, '-'), op, detail::text), 'UTF8')), 'hex')
$$;

-- Only the columns that differ, as {column: [before, after]}.
CREATE OR REPLACE FUNCTION guong_difference(before jsonb, after jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(key, jsonb_build_array(before -> key, value)), '{}')
    FROM jsonb_each(after) WHERE before -> key IS DISTINCT FROM value
$$;

-- Personal tables keep the names of changed columns only, so that erasing a person leaves the chain whole.
CREATE OR REPLACE FUNCTION guong_names(detail jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
    SELECT coalesce(jsonb_object_agg(key, '…'), '{}') FROM jsonb_object_keys(detail) AS key
$$;

CREATE OR REPLACE FUNCTION guong_audit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    tx bigint := pg_current_xact_id()::text::bigint;
    who bigint := nullif(current_setting('guong.actor', true), '')::bigint;
    moment timestamptz := clock_timestamp();
    bare boolean := coalesce(TG_ARGV[0], '') = 'names';
BEGIN
    INSERT INTO base_auditseal (txid, previous, hash) VALUES (tx, '', '') ON CONFLICT (txid) DO NOTHING;
    IF TG_OP = 'INSERT' THEN
        INSERT INTO base_auditentry (txid, at, actor, "table", row, operation, detail, hash)
        SELECT tx, moment, who, TG_TABLE_NAME, n.id, 'insert', d, guong_entry_hash(tx, moment, who, TG_TABLE_NAME, n.id, 'insert', d)
        FROM new_rows n, LATERAL (SELECT CASE WHEN bare THEN guong_names(to_jsonb(n)) ELSE to_jsonb(n) END AS d) AS what
        ORDER BY n.id;
    ELSIF TG_OP = 'UPDATE' THEN
        INSERT INTO base_auditentry (txid, at, actor, "table", row, operation, detail, hash)
        SELECT tx, moment, who, TG_TABLE_NAME, n.id, 'update', d, guong_entry_hash(tx, moment, who, TG_TABLE_NAME, n.id, 'update', d)
        FROM new_rows n JOIN old_rows o USING (id), LATERAL (
            SELECT CASE WHEN bare THEN guong_names(guong_difference(to_jsonb(o), to_jsonb(n)))
                        ELSE guong_difference(to_jsonb(o), to_jsonb(n)) END AS d) AS what
        WHERE d <> '{}' ORDER BY n.id;
    ELSE
        INSERT INTO base_auditentry (txid, at, actor, "table", row, operation, detail, hash)
        SELECT tx, moment, who, TG_TABLE_NAME, o.id, 'delete', d, guong_entry_hash(tx, moment, who, TG_TABLE_NAME, o.id, 'delete', d)
        FROM old_rows o, LATERAL (SELECT CASE WHEN bare THEN guong_names(to_jsonb(o)) ELSE to_jsonb(o) END AS d) AS what
        ORDER BY o.id;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION guong_seal_hash(previous text, number bigint, tx bigint) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT encode(sha256(convert_to(previous || '|' || number || '|' ||
        coalesce((SELECT string_agg(hash, '' ORDER BY id) FROM base_auditentry WHERE txid = tx), ''), 'UTF8')), 'hex')
$$;

-- Deferred to commit: the one-row head is locked for a moment only, not for the whole request.
CREATE OR REPLACE FUNCTION guong_seal() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head base_audithead%ROWTYPE;
    link text;
BEGIN
    SELECT * INTO head FROM base_audithead FOR UPDATE;
    link := guong_seal_hash(head.hash, head.number + 1, NEW.txid);
    UPDATE base_auditseal SET number = head.number + 1, sealed_at = clock_timestamp(), previous = head.hash, hash = link,
        entries = (SELECT count(*) FROM base_auditentry WHERE txid = NEW.txid) WHERE id = NEW.id;
    UPDATE base_audithead SET number = head.number + 1, hash = link;
    RETURN NULL;
END $$;

DROP TRIGGER IF EXISTS guong_seal ON base_auditseal;
CREATE CONSTRAINT TRIGGER guong_seal AFTER INSERT ON base_auditseal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION guong_seal();
