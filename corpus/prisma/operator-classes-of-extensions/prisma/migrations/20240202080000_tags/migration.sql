create extension intarray;
create index room_tags on room using gist (tags);
create index room_words on room using gin (to_tsvector('simple', label));
create index room_span on room using gist (daterange(lower(during), upper(during)));
