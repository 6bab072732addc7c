INSERT INTO "Worker" ("name") VALUES ('Kim'), ('Lou');
INSERT INTO "Task" ("title", "isDone", "isArchived", "assigneeId")
SELECT 'Task ' || n, n % 2 = 0, n % 5 = 0, 1 + n % 2
FROM generate_series(1, 40) AS n;
