DROP TABLE "odd";
