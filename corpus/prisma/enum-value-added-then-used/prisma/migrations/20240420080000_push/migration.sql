-- AlterEnum
ALTER TYPE "Channel" ADD VALUE 'PUSH';
