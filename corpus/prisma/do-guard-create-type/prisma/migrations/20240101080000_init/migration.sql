CREATE TYPE "Size" AS ENUM ('S', 'M', 'L');

-- CreateTable
CREATE TABLE "Shirt" (
    "id" SERIAL NOT NULL,
    "size" "Size" NOT NULL DEFAULT 'M',

    CONSTRAINT "Shirt_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Shirt" DEFAULT VALUES;
