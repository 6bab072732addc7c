-- In batches, so that no single UPDATE holds too many row locks.
DO $$
DECLARE
  batch_size CONSTANT integer := 15;
  touched integer;
BEGIN
  LOOP
    UPDATE "Task" t
    SET "status" = CASE
          WHEN t."isArchived" THEN 'ARCHIVED'::"TaskStatus"
          WHEN t."isDone" THEN 'DONE'::"TaskStatus"
          ELSE 'OPEN'::"TaskStatus"
        END
    WHERE t."id" IN (
      SELECT "id" FROM "Task" WHERE "status" IS NULL ORDER BY "id" LIMIT batch_size
    );
    GET DIAGNOSTICS touched = ROW_COUNT;
    EXIT WHEN touched = 0;
    RAISE NOTICE 'moved % rows', touched;
  END LOOP;
END $$;
