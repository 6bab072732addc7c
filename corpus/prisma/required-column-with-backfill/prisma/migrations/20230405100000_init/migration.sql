-- CreateTable
CREATE TABLE "Shelf" (
    "id" SERIAL NOT NULL,

    CONSTRAINT "Shelf_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Book" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "Book_pkey" PRIMARY KEY ("id")
);

INSERT INTO "Book" ("title") VALUES ('Emma'), ('Persuasion');
