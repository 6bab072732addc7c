create table keepsake (id int primary key, what text);
insert into keepsake values (1, 'ring');
create view keepsakes as select * from keepsake;
