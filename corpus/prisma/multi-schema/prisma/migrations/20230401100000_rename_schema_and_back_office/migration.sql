create schema back_office
  create table note (id int primary key, body text not null)
  create view short_note as select id, left(body, 20) as body from note;
insert into back_office.note values (1, 'Call the accountant about the March invoice');
alter schema back_office rename to office;
