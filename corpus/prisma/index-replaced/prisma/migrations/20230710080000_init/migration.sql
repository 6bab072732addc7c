-- CreateTable
CREATE TABLE "Mail" (
    "id" SERIAL NOT NULL,
    "from" TEXT NOT NULL,
    "to" TEXT NOT NULL,
    "read" BOOLEAN NOT NULL DEFAULT false,

    CONSTRAINT "Mail_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Mail_from_idx" ON "Mail"("from");

-- CreateIndex
CREATE UNIQUE INDEX "Mail_to_key" ON "Mail"("to");
