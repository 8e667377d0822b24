-- What a numbered decision pays stays as it was reckoned; only the payment moves on (K-14).
-- Run by the owner of the tables; safe to run again.

CREATE OR REPLACE FUNCTION guong_bonus_holds() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    held awards_bonus%ROWTYPE := CASE WHEN TG_OP = 'INSERT' THEN NEW ELSE OLD END;
    stage text := (SELECT state FROM awards_decision WHERE id = held.decision_id);
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.award_id, OLD.decision_id, OLD.year, OLD.multiple, OLD.base_salary, OLD.rounding, OLD.amount, OLD.why,
            OLD.rests_on, OLD.unverified, OLD.law_version)
           IS DISTINCT FROM
           (NEW.award_id, NEW.decision_id, NEW.year, NEW.multiple, NEW.base_salary, NEW.rounding, NEW.amount, NEW.why,
            NEW.rests_on, NEW.unverified, NEW.law_version)
           OR (OLD.fund_id IS NOT NULL AND OLD.fund_id IS DISTINCT FROM NEW.fund_id)
        THEN
            RAISE EXCEPTION 'the money of a numbered decision stays as it was reckoned'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF stage IS DISTINCT FROM 'draft' THEN
        RAISE EXCEPTION 'the money of a numbered decision is neither added nor taken away'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN held;
END $$;

CREATE OR REPLACE TRIGGER guong_bonus_holds BEFORE INSERT OR UPDATE OR DELETE ON awards_bonus
    FOR EACH ROW EXECUTE FUNCTION guong_bonus_holds();
