-- CreateIndex
CREATE INDEX "Doc_title_idx" ON "Doc"("title");

-- CreateIndex
CREATE INDEX "Doc_lang_at_idx" ON "Doc"("lang", "at" DESC);

-- CreateIndex
CREATE INDEX "Doc_title_hash" ON "Doc" USING HASH ("title");

-- CreateIndex
CREATE INDEX "Doc_data_idx" ON "Doc" USING GIN ("data" jsonb_path_ops);

-- CreateIndex
CREATE INDEX "Doc_tags_idx" ON "Doc" USING GIN ("tags");

-- CreateIndex
CREATE INDEX "Doc_title_trgm" ON "Doc" USING GIN ("title" gin_trgm_ops);

-- CreateIndex
CREATE INDEX "Doc_title_pattern" ON "Doc"("title" text_pattern_ops);

-- CreateIndex
CREATE INDEX "Doc_ip_idx" ON "Doc" USING GIST ("ip" inet_ops);

-- CreateIndex
CREATE INDEX "Doc_ip_sp" ON "Doc" USING SPGIST ("ip" inet_ops);

-- CreateIndex
CREATE INDEX "Doc_at_brin" ON "Doc" USING BRIN ("at") WITH (pages_per_range = 32, autosummarize = on);

create unique index doc_live_title on "Doc" (lower(title), coalesce(lang, 'en')) where "deletedAt" is null;
create index doc_cover on "Doc" (id) include (title, lang);
create index doc_order on "Doc" (lang desc nulls last, title collate "C" asc nulls first);
create index doc_fill on "Doc" (at) with (fillfactor = 70);
create index if not exists doc_fill on "Doc" (lang);
create unique index doc_nnd on "Doc" (ip, lang) nulls not distinct;
create index doc_siglen on "Doc" using gist (title gist_trgm_ops (siglen = 32));
create index on "Doc" (title, lang);
create index on "Doc" using gist (span);
create index on "Doc" ((data ->> 'kind')) where data ? 'kind';
