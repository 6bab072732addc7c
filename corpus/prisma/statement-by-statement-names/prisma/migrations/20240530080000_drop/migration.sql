DROP INDEX public."Mixed_v_idx";
ALTER TABLE IF EXISTS public."Mixed" DROP "w";
