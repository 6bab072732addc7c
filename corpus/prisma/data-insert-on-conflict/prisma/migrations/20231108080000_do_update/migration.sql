INSERT INTO "Flag" AS f ("key", "on") VALUES ('dark', true), ('voice', true)
ON CONFLICT ("key") DO UPDATE SET "on" = EXCLUDED."on", "hits" = f."hits" + 1;
