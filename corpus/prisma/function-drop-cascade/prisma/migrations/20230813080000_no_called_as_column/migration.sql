DROP FUNCTION length_of(page) CASCADE;
