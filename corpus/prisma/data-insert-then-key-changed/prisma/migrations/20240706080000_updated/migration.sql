alter table tag add column slug text;
update tag set slug = name || id;
alter table tag add constraint tag_slug_key unique (slug);
insert into tag (name, slug) values ('c', 'c');
update tag set slug = upper(slug);
