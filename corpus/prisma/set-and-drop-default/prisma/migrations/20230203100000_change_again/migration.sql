ALTER TABLE "Prefs" ALTER "code" SET DEFAULT upper(substr(md5(random()::text), 1, 6));
alter table "Prefs" alter column seen set default (now() at time zone 'utc' + interval '1 hour');
alter table "Prefs" alter column extra set default null;
INSERT INTO "Prefs" ("theme") VALUES ('dark');
