-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "pgcrypto";

-- CreateExtension
CREATE EXTENSION IF NOT EXISTS "uuid-ossp";

-- CreateTable
CREATE TABLE "Key" (
    "id" UUID NOT NULL DEFAULT uuid_generate_v4(),
    "secret" TEXT NOT NULL DEFAULT encode(gen_random_bytes(8), 'hex'),

    CONSTRAINT "Key_pkey" PRIMARY KEY ("id")
);
INSERT INTO "Key" DEFAULT VALUES;
