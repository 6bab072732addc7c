ALTER TYPE "Role" RENAME TO "AccountRole";
