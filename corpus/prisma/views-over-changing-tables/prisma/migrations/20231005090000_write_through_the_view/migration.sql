CREATE FUNCTION active_accounts_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO accounts (title, country) VALUES (NEW.name, NEW.country) RETURNING id INTO NEW.id;
  RETURN NEW;
END $$;

CREATE TRIGGER active_accounts_insert
INSTEAD OF INSERT ON active_accounts
FOR EACH ROW EXECUTE FUNCTION active_accounts_insert();

INSERT INTO active_accounts (name, country) VALUES ('East', 'PL');
