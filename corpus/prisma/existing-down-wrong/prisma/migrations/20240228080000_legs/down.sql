-- forgets the index
ALTER TABLE "Animal" DROP COLUMN "legs";
