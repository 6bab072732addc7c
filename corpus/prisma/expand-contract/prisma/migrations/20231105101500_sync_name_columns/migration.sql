CREATE OR REPLACE FUNCTION customers_sync_name() RETURNS TRIGGER AS $$
BEGIN
    IF TG_OP = 'INSERT' OR NEW.name IS DISTINCT FROM OLD.name THEN
        NEW.first_name := split_part(NEW.name, ' ', 1);
        NEW.last_name := COALESCE(NULLIF(substr(NEW.name, length(split_part(NEW.name, ' ', 1)) + 2), ''), '');
    ELSIF NEW.first_name IS DISTINCT FROM OLD.first_name OR NEW.last_name IS DISTINCT FROM OLD.last_name THEN
        NEW.name := trim(NEW.first_name || ' ' || NEW.last_name);
    END IF;
    RETURN NEW;
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER customers_sync_name
    BEFORE INSERT OR UPDATE ON customers
    FOR EACH ROW
    EXECUTE PROCEDURE customers_sync_name();
