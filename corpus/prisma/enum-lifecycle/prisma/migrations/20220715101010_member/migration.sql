-- USER reads badly beside GUEST; the column defaults follow by themselves
ALTER TYPE "Role" RENAME VALUE 'USER' TO 'MEMBER';
