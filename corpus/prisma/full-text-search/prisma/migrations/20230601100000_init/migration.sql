-- CreateTable
CREATE TABLE "Author" (
    "id" SERIAL NOT NULL,
    "displayName" TEXT NOT NULL,

    CONSTRAINT "Author_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Article" (
    "id" SERIAL NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "authorId" INTEGER,

    CONSTRAINT "Article_pkey" PRIMARY KEY ("id")
);

-- AddForeignKey
ALTER TABLE "Article" ADD CONSTRAINT "Article_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "Author"("id") ON DELETE SET NULL ON UPDATE CASCADE;

INSERT INTO "Author" ("displayName") VALUES ('Ada'), ('Grace');
INSERT INTO "Article" ("title", "body", "authorId") VALUES
    ('Looms and numbers', 'Weaving patterns with cards.', 1),
    ('Debugging', 'There was a moth in the relay.', 2),
    ('Orphan', 'Nobody wrote this.', NULL);
