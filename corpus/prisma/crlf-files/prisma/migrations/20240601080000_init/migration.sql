-- CreateTable
CREATE TABLE "Memo" (
    "id" SERIAL NOT NULL,
    "text" TEXT NOT NULL DEFAULT 'one
two',

    CONSTRAINT "Memo_pkey" PRIMARY KEY ("id")
);
