DELETE FROM "Membership" m USING "Group" g WHERE g."id" = m."groupId" AND g."name" = 'b';
