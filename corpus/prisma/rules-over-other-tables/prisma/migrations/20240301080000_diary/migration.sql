create table deed (id int primary key, what text);
create table diary (deed int, said text);
create rule noted as on insert to deed do also insert into diary values (new.id, new.what);
