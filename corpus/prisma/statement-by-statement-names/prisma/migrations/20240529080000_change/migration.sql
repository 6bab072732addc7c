ALTER TABLE ONLY "Mixed" ADD COLUMN "w" character varying(10) DEFAULT 'a'::character varying;
ALTER TABLE public."Mixed" ALTER "n" TYPE double precision;
CREATE INDEX "Mixed_v_idx" ON public."Mixed" USING btree ("v");
COMMENT ON COLUMN public."Mixed"."v" IS 'v';
