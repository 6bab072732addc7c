INSERT INTO "Country" VALUES ('LI', 'Liechtenstein');
