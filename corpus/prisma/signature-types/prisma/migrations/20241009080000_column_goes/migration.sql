DROP TABLE "note";
