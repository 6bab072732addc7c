-- AlterEnum
ALTER TYPE "auth"."State" ADD VALUE 'BLOCKED';
