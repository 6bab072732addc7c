-- CreateTable
CREATE TABLE "Author" (
    "id" SERIAL NOT NULL,

    CONSTRAINT "Author_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Book" (
    "id" SERIAL NOT NULL,
    "authorId" INTEGER,
    "pages" INTEGER,

    CONSTRAINT "Book_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "Book_pages_check" CHECK ("pages" > 0)
);
