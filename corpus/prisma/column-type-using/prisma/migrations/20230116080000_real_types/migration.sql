ALTER TABLE "Setting" ALTER COLUMN "value" TYPE INTEGER USING "value"::integer;
ALTER TABLE "Setting" ALTER COLUMN "flag" DROP DEFAULT,
    ALTER COLUMN "flag" TYPE BOOLEAN USING ("flag" = 'yes'),
    ALTER COLUMN "flag" SET DEFAULT false;
ALTER TABLE "Setting" ALTER COLUMN "tags" TYPE TEXT[] USING string_to_array("tags", ',');
