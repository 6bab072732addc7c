CREATE FUNCTION greet() RETURNS TRIGGER LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN INSERT INTO public."Profile" (id) VALUES (NEW.id); RETURN NEW; END $$;
DROP TRIGGER IF EXISTS on_holder_created ON account.holder;
CREATE TRIGGER on_holder_created AFTER INSERT ON account.holder FOR EACH ROW EXECUTE FUNCTION greet();
CREATE POLICY look ON files.file FOR SELECT USING (folder = 'faces');
CREATE INDEX holder_email ON account.holder (email);
