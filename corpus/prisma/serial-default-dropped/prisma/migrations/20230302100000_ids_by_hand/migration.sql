-- AlterTable
ALTER TABLE "Country" ALTER COLUMN "id" DROP DEFAULT;
DROP SEQUENCE "Country_id_seq";
