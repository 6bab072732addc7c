-- DropForeignKey
ALTER TABLE "player" DROP CONSTRAINT "player_a_fkey";

-- DropForeignKey
ALTER TABLE "player" DROP CONSTRAINT "player_b_fkey";

-- DropForeignKey
ALTER TABLE "player" DROP CONSTRAINT "player_c_fkey";

-- DropForeignKey
ALTER TABLE "player" DROP CONSTRAINT "player_d_fkey";

alter table player drop constraint player_e_fkey;
