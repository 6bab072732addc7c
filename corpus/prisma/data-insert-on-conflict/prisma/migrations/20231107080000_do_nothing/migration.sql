INSERT INTO "Flag" ("key") VALUES ('beta'), ('chat') ON CONFLICT DO NOTHING;
