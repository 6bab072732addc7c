INSERT INTO auth."User" (email, state) VALUES ('root@example.com', 'ACTIVE');
INSERT INTO billing."Account" ("userId") SELECT id FROM auth."User";
INSERT INTO "Event" (what) VALUES ('seeded');
