-- CreateTable
CREATE TABLE "Visit" (
    "id" SERIAL NOT NULL,
    "path" TEXT NOT NULL,

    CONSTRAINT "Visit_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Visit" ("path") VALUES ('/'), ('/about');
