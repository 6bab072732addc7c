DELETE FROM "Group" WHERE "name" = 'a';
