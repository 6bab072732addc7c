-- the editor account has to exist everywhere
INSERT INTO "User" ("id", "email", "name") VALUES (1, 'editor@example.com', 'Editor');
INSERT INTO "User" ("id", "email", "name") VALUES (2, 'guest@example.com', NULL);
SELECT setval(pg_get_serial_sequence('"User"', 'id'), 2);

INSERT INTO "Post" ("title", "content", "authorId", "updatedAt")
VALUES ('Hello', 'It''s a start.', 1, '2023-03-02 09:30:00'),
       ('Drafting', NULL, 1, '2023-03-02 09:31:00');
