create unique index concurrently if not exists visit_path_id on "Visit" (path, id);
