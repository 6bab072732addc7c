-- DropIndex
DROP INDEX "Doc_title_idx";

-- DropIndex
DROP INDEX "Doc_title_trgm";

drop index if exists doc_live_title, "Doc_at_brin";
drop index public.doc_order;
DROP INDEX doc_siglen;
DROP INDEX doc_cover;
