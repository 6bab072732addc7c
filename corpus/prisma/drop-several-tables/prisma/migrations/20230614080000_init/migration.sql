create table husband (id int primary key, wife_id int);
create table wife (id int primary key, husband_id int references husband);
alter table husband add constraint husband_wife_fkey foreign key (wife_id) references wife;
create table child (id int primary key, mother int references wife, father int references husband);
insert into husband values (1, null);
insert into wife values (1, 1);
update husband set wife_id = 1;
