create table echo (what text, loud boolean);
create rule heard as on update to deed do also insert into echo (what) values (new.what);
create table quiet (id int);
create policy own on quiet using (exists (select from echo where loud));
