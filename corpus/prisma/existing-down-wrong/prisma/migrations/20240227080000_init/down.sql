DROP TABLE "Animals";
