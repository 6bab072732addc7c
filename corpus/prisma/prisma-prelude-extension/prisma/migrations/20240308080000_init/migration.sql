-- CreateTable
CREATE TABLE "Nick" (
    "id" SERIAL NOT NULL,
    "nick" CITEXT NOT NULL,
    "at" BIGINT NOT NULL DEFAULT util.now_ms(),

    CONSTRAINT "Nick_pkey" PRIMARY KEY ("id")
);
