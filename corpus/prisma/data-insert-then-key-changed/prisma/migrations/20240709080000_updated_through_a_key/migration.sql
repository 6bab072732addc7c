insert into sticker values ('q', 'pink');
insert into owned values ('q', 1);
update sticker set title = 'qq' where title = 'q';
