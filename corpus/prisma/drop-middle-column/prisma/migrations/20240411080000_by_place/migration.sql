insert into triple values (2, '2024-02-02');
create view triple_view as select * from triple;
create function triples() returns setof triple language sql as 'select * from triple';
