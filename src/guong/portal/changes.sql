-- One number that grows with every committed change of what the public may see.
-- Read it before a page is made: a page kept under that number is never older than the number.

CREATE TABLE IF NOT EXISTS portal_version (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    number bigint NOT NULL
);
INSERT INTO portal_version (number) VALUES (1) ON CONFLICT DO NOTHING;

CREATE OR REPLACE FUNCTION guong_portal_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE portal_version SET number = number + 1;
    RETURN NULL;
END $$;
