-- DropTable
DROP TABLE "Plant";
