DO $$ BEGIN
 CREATE TYPE "Colour" AS ENUM ('RED', 'BLUE');
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

DO $$ BEGIN
 CREATE TYPE "Size" AS ENUM ('XS', 'XL');
EXCEPTION
 WHEN duplicate_object THEN null;
END $$;

-- AlterTable
ALTER TABLE "Shirt" ADD COLUMN     "colour" "Colour";
