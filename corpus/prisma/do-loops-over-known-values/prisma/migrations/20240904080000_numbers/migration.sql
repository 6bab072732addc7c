DO $$
BEGIN
  FOR i IN 1..3 LOOP
    EXECUTE format('CREATE TABLE shard_%s (id int primary key)', i);
  END LOOP;
END $$;
